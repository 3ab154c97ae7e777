"""Tables: dining, round, coffee, desk, kitchen counter, sideboard."""

from dataclasses import dataclass

import numpy as np

from scenes import draw
from scenes.colors import sample_color
from scenes.craft.build import part, plate_of, slab, tube
from scenes.craft.finishes import METALS, finish, metal, visible_material, wood
from scenes.craft.outline import circle, rounded_rectangle
from scenes.craft.style import Style
from scenes.furnish.cabinets import cabinet
from scenes.material import Material
from scenes.mesh import Floats
from scenes.model import ObjectSpec, Part, PartRole
from scenes.shapes import Box, Cylinder

__all__ = ["Table", "sample_table", "seats"]

# Kind: (x, y, z) ranges in metres; the round one's x is its diameter.
_SIZES = {
    "dining": ((1.2, 2.0), (0.72, 0.95), (0.72, 0.76)),
    "round": ((0.7, 1.2), (0.7, 1.2), (0.7, 0.76)),
    "coffee": ((0.8, 1.25), (0.48, 0.65), (0.4, 0.48)),
    "desk": ((1.1, 1.6), (0.58, 0.75), (0.71, 0.76)),
    "counter": ((1.5, 2.5), (0.6, 0.66), (0.86, 0.94)),
    "sideboard": ((1.1, 1.8), (0.38, 0.48), (0.7, 0.86)),
}


@dataclass(frozen=True, eq=False)
class Table:
    """A table with its top at `height`; `outline` is the top's edge, counter-clockwise [n, 2], round the origin."""

    kind: str
    model: ObjectSpec
    height: float
    outline: Floats

    @property
    def against_wall(self) -> bool:
        """Whether tables of this kind stand with their back to a wall."""
        return self.kind in ("counter", "sideboard")


def sample_table(rng: np.random.Generator, style: Style, kinds: tuple[str, ...]) -> Table:
    """A table of one of the `kinds`."""
    kind = draw.choice(rng, kinds)
    (x, y, z) = (draw.uniform(rng, *limits) for limits in _SIZES[kind])
    top, color_name = _top_material(rng, style, kind)
    thickness = draw.uniform(rng, 0.018, 0.05)
    if kind == "round":
        outline, board = circle(x / 2, count=96), plate_of(circle(x / 2, count=96), thickness)
        parts = [part(PartRole.TOP, board, top, at=(0, 0, z - thickness), bevel=min(0.3 * thickness, 0.008))]
    else:
        corner = draw.choice(rng, [0.004, 0.012, 0.04])
        outline = rounded_rectangle(x, y, corner, steps=5)
        edge = draw.uniform(rng, 0.002, min(0.009, 0.4 * thickness))
        parts = [
            part(
                PartRole.TOP,
                slab(x, y, thickness, corner=max(corner, edge + 0.001), edge=edge),
                top,
                at=(0, 0, z - thickness),
            )
        ]
    parts += _under(rng, style, kind, (x, y, z - thickness), top)
    model = ObjectSpec(category="table", parts=tuple(parts), color=color_name, material=visible_material(top))
    return Table(kind, model, z, outline)


def _top_material(rng: np.random.Generator, style: Style, kind: str) -> tuple[Material, str]:
    """The top's material and its colour name."""
    chance = rng.random()
    if kind == "counter" and chance < 0.65:
        pale = tuple(float(v) for v in np.clip(draw.uniform(rng, 0.2, 0.9) + rng.normal(0, 0.015, 3), 0, 1))
        color = (pale[0], pale[1], pale[2])
        if chance < 0.3:
            return finish(rng, "marble", "marble", (0.9, 0.89, 0.87), accent=(0.45, 0.44, 0.44), scale=0.4), ""
        return finish(rng, "stone", "stone", color, accent=(0.25, 0.24, 0.23), scale=0.03, roughness=0.25), ""
    if chance < 0.7:
        return wood(rng, style.wood, scale=0.25, wear=style.wear), ""
    if chance < 0.76:
        return finish(rng, "marble", "marble", (0.92, 0.91, 0.89), accent=(0.5, 0.48, 0.46), scale=0.35), ""
    color_name = draw.choice(rng, ["white", "white", "black", "gray", "teal", "beige"])
    return finish(
        rng, "painted_wood", "wood", sample_color(rng, color_name), wear=style.wear, roughness=0.35
    ), color_name


def _under(
    rng: np.random.Generator, style: Style, kind: str, size: tuple[float, float, float], top: Material
) -> list[Part]:
    """What carries the top."""
    x, y, z = size
    if kind in ("counter", "sideboard"):
        return cabinet(rng, style, x, y, z, raised=kind == "sideboard")
    if kind == "round" and draw.chance(rng, 0.55):
        return _pedestal(rng, style, x, z, top)
    half = (0.33 * x, 0.33 * x) if kind == "round" else (x / 2 - 0.06, y / 2 - 0.06)
    legs = _legs(rng, style, half, z, top)
    if kind != "round" and draw.chance(rng, 0.6):
        legs += _apron(half, z, top)
    return legs


def _apron(half: tuple[float, float], z: float, material: Material) -> list[Part]:
    """Rails between the legs under the top."""
    (hx, hy), depth = half, 0.08
    length, short = Box(size=(2 * hx, 0.02, depth)), Box(size=(0.02, 2 * hy, depth))
    spots = [(length, (0.0, -hy)), (length, (0.0, hy)), (short, (-hx, 0.0)), (short, (hx, 0.0))]
    return [
        part(f"rail {k}", box, material, at=(px, py, z - depth), bevel=0.002)
        for k, (box, (px, py)) in enumerate(spots, 1)
    ]


def _legs(rng: np.random.Generator, style: Style, half: tuple[float, float], z: float, top: Material) -> list[Part]:
    """Four legs: square, turned and splayed, or hairpins."""
    kind = draw.choice(rng, ["square", "tapered", "hairpin"])
    bare = top if top.kind in ("wood", "painted_wood") else wood(rng, style.wood)
    iron = metal(rng, "black" if draw.chance(rng, 0.7) else style.metal)
    parts = []
    for number, (sx, sy) in enumerate(((-1, -1), (1, -1), (1, 1), (-1, 1)), 1):
        cx, cy = sx * half[0], sy * half[1]
        match kind:
            case "square":
                parts.append(
                    part(f"leg {number}", Box(size=(0.055, 0.055, z + 0.002)), bare, at=(cx, cy, 0), bevel=0.004)
                )
            case "tapered":
                shape = tube([(cx + 0.03 * sx, cy + 0.03 * sy, 0), (cx, cy, z + 0.004)], [0.014, 0.025], count=6)
                parts.append(part(f"leg {number}", shape, bare))
            case _:
                foot, spread = (cx + 0.02 * sx, cy + 0.02 * sy, 0.006), 0.05
                path = [(cx - spread * sx, cy, z + 0.003), foot, (cx, cy - spread * sy, z + 0.003)]
                for end, corner in enumerate((path[0], path[2])):
                    parts.append(
                        part(f"leg {number}{'ab'[end]}", tube([foot, corner], 0.006, count=2, segments=12), iron)
                    )
    return parts


def _pedestal(rng: np.random.Generator, style: Style, x: float, z: float, top: Material) -> list[Part]:
    iron = finish(rng, "painted_metal", "metal", METALS["black"], roughness=0.4)
    body = iron if draw.chance(rng, 0.5) else top
    return [
        part("foot", Cylinder(radius=0.28 * x, height=0.018), body, bevel=0.004),
        part("column", Cylinder(radius=0.045, height=z - 0.01, top_radius=0.035), body, at=(0, 0, 0.012)),
        part("flange", Cylinder(radius=0.05, height=0.03, top_radius=0.12), body, at=(0, 0, z - 0.0295)),
    ]


def seats(table: Table) -> list[tuple[Floats, float]]:
    """(point on the table's edge, turn of a chair there) in the table's own axes."""
    x, y = (float(side) for side in table.outline.max(0))
    if table.kind == "round":
        count = 4 if x > 0.45 else 2
        angles = np.linspace(0, 2 * np.pi, count, endpoint=False) + np.pi / 4
        return [(x * np.array([np.cos(a), np.sin(a)]), float(a) + 1.5 * np.pi + np.pi) for a in angles]
    each = 2 if x < 0.85 else 3
    across = np.linspace(-1, 1, each) * (x - 0.62 * x / each) * 0.82
    seats = [(np.array([float(a), -y]), np.pi) for a in across] + [(np.array([float(a), y]), 0.0) for a in across]
    return seats + ([(np.array([-x, 0.0]), np.pi / 2), (np.array([x, 0.0]), -np.pi / 2)] if x > 0.8 else [])
