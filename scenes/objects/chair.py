"""Dining chairs: turned wood with slats or spindles, padded, or a moulded shell."""

from dataclasses import dataclass

import numpy as np

from scenes import draw
from scenes.colors import sample_color
from scenes.craft.build import part, slab, tube
from scenes.craft.finishes import finish, metal, visible_material, wood
from scenes.craft.outline import corners
from scenes.craft.soft import cushion
from scenes.craft.style import Style
from scenes.furnish.upholstery import cover
from scenes.material import Material
from scenes.model import ObjectSpec, Part, PartRole

__all__ = ["CATEGORY", "PLACE", "make"]

CATEGORY = "chair"
PLACE = "floor"


def make(rng: np.random.Generator, style: Style) -> ObjectSpec:
    """Draw a chair in the style of its scene."""
    kind = draw.choice(rng, ["slats", "spindles", "padded", "shell"], p=[0.28, 0.22, 0.25, 0.25])
    return _shell(rng, style) if kind == "shell" else _framed(rng, style, kind)


def _frame(rng: np.random.Generator, style: Style) -> tuple[Material, str]:
    if draw.chance(rng, 0.3):
        color_name = style.color_name(rng, allowed=("white", "black", "gray", "green", "blue", "teal", "yellow"))
        return finish(
            rng, "painted_wood", "wood", sample_color(rng, color_name), roughness=0.4, wear=style.wear
        ), color_name
    return wood(rng, style.wood, scale=0.12, wear=style.wear), ""


def _framed(rng: np.random.Generator, style: Style, kind: str) -> ObjectSpec:
    """Four legs, the hind ones running up into the back."""
    material, color_name = _frame(rng, style)
    width, depth = draw.uniform(rng, 0.42, 0.48), draw.uniform(rng, 0.4, 0.45)
    seat_height, height = draw.uniform(rng, 0.44, 0.47), draw.uniform(rng, 0.8, 0.98)
    splay, lean, thickness = draw.uniform(rng, 0.0, 0.035), draw.uniform(rng, 0.05, 0.1), 0.022
    half_width, half_depth = width / 2 - 0.035, depth / 2 - 0.03
    pad, pad_color_name = cover(rng, style, leather=0.25) if kind == "padded" else (material, color_name)
    parts = [
        part(
            PartRole.SEAT,
            slab(width, depth, thickness, corner=0.05, edge=0.007),
            material,
            at=(0, 0, seat_height - thickness),
        )
    ]
    if kind == "padded":
        parts.append(
            cushion(PartRole.PAD, (width - 0.015, depth - 0.015, 0.055), pad, at=(0, 0, seat_height - 0.004), crown=0.3)
        )
    for k, side in enumerate((-1, 1), 1):
        x = side * half_width
        foot = (x + side * splay, -half_depth - splay, 0)
        parts.append(
            part(
                f"front leg {k}", tube([foot, (x, -half_depth, seat_height - 0.004)], [0.013, 0.019], count=3), material
            )
        )
        post = [
            (x + side * splay, half_depth + splay + 0.03, 0),
            (x, half_depth, seat_height - 0.01),
            (x, half_depth + lean, height),
        ]
        parts.append(part(f"post {k}", tube(post, [0.013, 0.018, 0.013], count=14), material))
        rail = [(x + 0.4 * side * splay, -half_depth, 0.2), (x + 0.4 * side * splay, half_depth + 0.012, 0.2)]
        parts.append(part(f"side rail {k}", tube(rail, 0.009, count=2), material))
    parts += _back(rng, kind, material, pad, _BackFrame(half_width, half_depth, seat_height, height, lean))
    return ObjectSpec(category=CATEGORY, parts=tuple(parts), color=pad_color_name, material=visible_material(pad))


@dataclass(frozen=True)
class _BackFrame:
    """The hind posts: half the distance between them, `y` at the seat, their top, how far back that leans; metres."""

    half_width: float
    y: float
    seat_height: float
    top: float
    lean: float

    def y_at(self, z: float) -> float:
        """Where the posts are at height `z`."""
        return self.y + self.lean * (z - self.seat_height) / (self.top - self.seat_height)


def _back(rng: np.random.Generator, kind: str, material: Material, pad: Material, frame: _BackFrame) -> list[Part]:
    half_width, seat_height, top = frame.half_width, frame.seat_height, frame.top

    def rail(name: str, z: float, radius: float) -> Part:
        y = frame.y_at(z)
        path = [(-half_width - 0.012, y, z), (0, y + 0.025, z), (half_width + 0.012, y, z)]
        return part(name, tube(path, radius, count=12, aspect=0.38), material)

    if kind == "slats":
        count = draw.integer(rng, 2, 4)
        levels = np.linspace(seat_height + 0.14, top - 0.03, count)
        return [_slat(f"slat {k}", half_width, frame.y_at(z), float(z), material) for k, z in enumerate(levels, 1)]
    if kind == "padded":
        height = top - seat_height - 0.13
        tilt = float(np.arctan2(frame.lean, top - seat_height))
        middle = frame.y + frame.lean * (0.13 + height / 2) / (top - seat_height) + 0.005
        size = (2 * half_width + 0.03, height, 0.05)
        rotation = (np.pi / 2 - tilt, 0.0, 0.0)
        return [
            cushion("back", size, pad, at=(0, middle, seat_height + 0.13 + height / 2), rotation=rotation, crown=0.25)
        ]
    parts = [rail("top rail", top - 0.012, 0.02)]
    for k, x in enumerate(np.linspace(-half_width, half_width, draw.integer(rng, 6, 9))[1:-1], 1):
        bow = 0.025 * (1 - (x / half_width) ** 2)
        ends = [(0.85 * x, frame.y - 0.01, seat_height - 0.006), (x, frame.y + frame.lean + bow, top - 0.012)]
        parts.append(part(f"spindle {k}", tube(ends, 0.006, count=2, segments=10), material))
    return parts


def _slat(name: str, half_width: float, y: float, z: float, material: Material) -> Part:
    """A curved board across the back: a sweep that is taller than it is thick."""
    path = [
        (-half_width - 0.004, y, z),
        (-0.5 * half_width, y + 0.018, z),
        (0.5 * half_width, y + 0.018, z),
        (half_width + 0.004, y, z),
    ]
    return part(name, tube(path, 0.0085, count=14, aspect=3.6, segments=16), material)


def _shell(rng: np.random.Generator, style: Style) -> ObjectSpec:
    """A plastic or bent-wood shell on four thin legs."""
    if draw.chance(rng, 0.3):
        shell_material, color_name = wood(rng, style.wood, scale=0.3), ""
    else:
        color_name = style.color_name(
            rng, allowed=("white", "gray", "black", "teal", "yellow", "red", "green", "blue", "orange")
        )
        shell_material = finish(rng, "matte_plastic", "plastic", sample_color(rng, color_name), roughness=0.45)
    seat_height, height, half_width = (
        draw.uniform(rng, 0.44, 0.46),
        draw.uniform(rng, 0.78, 0.86),
        draw.uniform(rng, 0.21, 0.235),
    )
    path = [
        (0, -0.22, seat_height - 0.015),
        (0, -0.17, seat_height + 0.012),
        (0, 0.02, seat_height),
        (0, 0.14, seat_height + 0.01),
    ]
    path += [(0, 0.205, seat_height + 0.1), (0, 0.235, seat_height + 0.22), (0, 0.27, height)]
    shell = tube(
        path,
        [
            0.8 * half_width,
            0.97 * half_width,
            half_width,
            half_width,
            0.96 * half_width,
            0.95 * half_width,
            0.68 * half_width,
        ],
        count=30,
        aspect=0.055,
        segments=32,
    )
    leg_material = (
        wood(rng, style.wood) if draw.chance(rng, 0.6) else metal(rng, "black" if draw.chance(rng, 0.6) else "steel")
    )
    leg_radius = 0.016 if leg_material.kind == "wood" else 0.009
    parts = [part(PartRole.SHELL, shell, shell_material)]
    feet, tops = corners(half_width - 0.005, 0.21), corners(0.12, 0.11)
    for k, (foot, top) in enumerate(zip(feet, tops, strict=True), 1):
        leg = [(*foot, 0), (*top, seat_height - 0.012)]
        parts.append(part(f"leg {k}", tube(leg, [0.75 * leg_radius, leg_radius], count=3, segments=14), leg_material))
    for k, side in enumerate((-1, 1), 1):
        ends = [(-0.125, side * 0.112, seat_height - 0.013), (0.125, side * 0.112, seat_height - 0.013)]
        parts.append(part(f"strut {k}", tube(ends, 0.009, count=2, segments=12), leg_material))
    return ObjectSpec(
        category=CATEGORY, parts=tuple(parts), color=color_name, material=visible_material(shell_material)
    )
