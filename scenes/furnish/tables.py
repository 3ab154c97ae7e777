"""Tables: dining, round, coffee, desk, kitchen counter, sideboard."""

from dataclasses import dataclass

import numpy as np

from scenes import draw
from scenes.base import Vec3
from scenes.colors import sample_color
from scenes.craft.build import part, plate_of, slab, tube
from scenes.craft.finishes import METALS, finish, metal, visible_material, wood
from scenes.craft.outline import circle, corners, rounded_rectangle
from scenes.craft.style import Style
from scenes.furnish.cabinets import cabinet
from scenes.material import Material
from scenes.mesh import Floats
from scenes.model import ObjectSpec, Part, PartRole
from scenes.shapes import Box, Cylinder

__all__ = ["Table", "sample_table", "seats"]

# Kind: ranges of width, depth and height in metres; the round one's width is its diameter.
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
    width, depth, height = (draw.uniform(rng, *limits) for limits in _SIZES[kind])
    top, color_name = _top_material(rng, style, kind)
    thickness = draw.uniform(rng, 0.018, 0.05)
    if kind == "round":
        outline, board = circle(width / 2, count=96), plate_of(circle(width / 2, count=96), thickness)
        parts = [part(PartRole.TOP, board, top, at=(0, 0, height - thickness), bevel=min(0.3 * thickness, 0.008))]
    else:
        corner = draw.choice(rng, [0.004, 0.012, 0.04])
        outline = rounded_rectangle(width, depth, corner, steps=5)
        edge = draw.uniform(rng, 0.002, min(0.009, 0.4 * thickness))
        parts = [
            part(
                PartRole.TOP,
                slab(width, depth, thickness, corner=max(corner, edge + 0.001), edge=edge),
                top,
                at=(0, 0, height - thickness),
            )
        ]
    parts += _under(rng, style, kind, (width, depth, height - thickness), top)
    model = ObjectSpec(category="table", parts=tuple(parts), color=color_name, material=visible_material(top))
    return Table(kind, model, height, outline)


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


def _under(rng: np.random.Generator, style: Style, kind: str, size: Vec3, top: Material) -> list[Part]:
    """What carries the top."""
    width, depth, height = size
    if kind in ("counter", "sideboard"):
        return cabinet(rng, style, width, depth, height, raised=kind == "sideboard")
    if kind == "round" and draw.chance(rng, 0.55):
        return _pedestal(rng, style, width, height, top)
    half = (0.33 * width, 0.33 * width) if kind == "round" else (width / 2 - 0.06, depth / 2 - 0.06)
    legs = _legs(rng, style, half, height, top)
    if kind != "round" and draw.chance(rng, 0.6):
        legs += _apron(half, height, top)
    return legs


def _apron(half: tuple[float, float], z: float, material: Material) -> list[Part]:
    """Rails between the legs under the top."""
    (half_width, half_depth), height = half, 0.08
    length, short = Box(size=(2 * half_width, 0.02, height)), Box(size=(0.02, 2 * half_depth, height))
    rails = [
        (length, (0.0, -half_depth)),
        (length, (0.0, half_depth)),
        (short, (-half_width, 0.0)),
        (short, (half_width, 0.0)),
    ]
    return [
        part(f"rail {k}", box, material, at=(x, y, z - height), bevel=0.002) for k, (box, (x, y)) in enumerate(rails, 1)
    ]


def _legs(rng: np.random.Generator, style: Style, half: tuple[float, float], z: float, top: Material) -> list[Part]:
    """Four legs: square, turned and splayed, or hairpins."""
    kind = draw.choice(rng, ["square", "tapered", "hairpin"])
    wood_material = top if top.kind in ("wood", "painted_wood") else wood(rng, style.wood)
    hairpin_material = metal(rng, "black" if draw.chance(rng, 0.7) else style.metal)
    parts = []
    for number, (side_x, side_y) in enumerate(corners(1, 1), 1):
        x, y = side_x * half[0], side_y * half[1]
        match kind:
            case "square":
                parts.append(
                    part(f"leg {number}", Box(size=(0.055, 0.055, z + 0.002)), wood_material, at=(x, y, 0), bevel=0.004)
                )
            case "tapered":
                shape = tube([(x + 0.03 * side_x, y + 0.03 * side_y, 0), (x, y, z + 0.004)], [0.014, 0.025], count=6)
                parts.append(part(f"leg {number}", shape, wood_material))
            case _:
                foot, spread = (x + 0.02 * side_x, y + 0.02 * side_y, 0.006), 0.05
                path = [(x - spread * side_x, y, z + 0.003), foot, (x, y - spread * side_y, z + 0.003)]
                for end, corner in enumerate((path[0], path[2])):
                    parts.append(
                        part(
                            f"leg {number}{'ab'[end]}",
                            tube([foot, corner], 0.006, count=2, segments=12),
                            hairpin_material,
                        )
                    )
    return parts


def _pedestal(rng: np.random.Generator, style: Style, width: float, height: float, top: Material) -> list[Part]:
    black = finish(rng, "painted_metal", "metal", METALS["black"], roughness=0.4)
    body = black if draw.chance(rng, 0.5) else top
    return [
        part("foot", Cylinder(radius=0.28 * width, height=0.018), body, bevel=0.004),
        part("column", Cylinder(radius=0.045, height=height - 0.01, top_radius=0.035), body, at=(0, 0, 0.012)),
        part("flange", Cylinder(radius=0.05, height=0.03, top_radius=0.12), body, at=(0, 0, height - 0.0295)),
    ]


def seats(table: Table) -> list[tuple[Floats, float]]:
    """(point on the table's edge, turn of a chair there) in the table's own axes."""
    x, y = (float(side) for side in table.outline.max(0))
    if table.kind == "round":
        count = 4 if x > 0.45 else 2
        angles = np.linspace(0, 2 * np.pi, count, endpoint=False) + np.pi / 4
        return [(x * np.array([np.cos(angle), np.sin(angle)]), float(angle) + 1.5 * np.pi + np.pi) for angle in angles]
    count_along = 2 if x < 0.85 else 3
    across = np.linspace(-1, 1, count_along) * (x - 0.62 * x / count_along) * 0.82
    seats = [(np.array([float(angle), -y]), np.pi) for angle in across] + [
        (np.array([float(angle), y]), 0.0) for angle in across
    ]
    return seats + ([(np.array([-x, 0.0]), np.pi / 2), (np.array([x, 0.0]), -np.pi / 2)] if x > 0.8 else [])
