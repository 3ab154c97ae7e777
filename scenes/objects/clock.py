"""Desk clocks: a round case on feet or a block, a white or dark dial with marks and hands."""

import numpy as np

from scenes import draw
from scenes.base import Vec2, Vec3
from scenes.colors import sample_color
from scenes.craft.build import dot, lathe, part, tube
from scenes.craft.finishes import finish, metal, visible_material, wood
from scenes.craft.style import Style
from scenes.material import Material
from scenes.model import ObjectSpec, Part
from scenes.shapes import Box

__all__ = ["CATEGORY", "make"]

CATEGORY = "clock"


def make(rng: np.random.Generator, style: Style) -> ObjectSpec:
    """Draw a clock in the style of its scene."""
    radius, depth = draw.uniform(rng, 0.045, 0.085), draw.uniform(rng, 0.035, 0.05)
    color_name, case = _case(rng, style)
    foot = radius * 0.16 if draw.chance(rng, 0.6) else 0.004
    center = radius + foot
    soft = 0.006
    shell = [
        (0, 0),
        (radius - soft, 0),
        (radius - 0.3 * soft, 0.3 * soft),
        (radius, soft),
        (radius, depth - soft),
        (radius - 0.3 * soft, depth - 0.3 * soft),
        (radius - soft, depth),
        (0.9 * radius, depth),
        (0.885 * radius, depth - 0.001),
        (0.88 * radius, depth - 0.006),
        (0, depth - 0.006),
    ]
    # Turned about x by 90 degrees the case's z runs toward -y, the front.
    parts = [part("case", lathe(shell, segments=80), case, at=(0, depth / 2, center), rotation=(np.pi / 2, 0, 0))]
    parts += _dial(rng, 0.885 * radius, depth / 2 - depth + 0.006, center)
    parts += (
        _feet(radius, depth, center, metal(rng, style.metal))
        if foot > 0.005
        else [part("stand", Box(size=(0.9 * radius, depth * 0.9, 0.3 * radius)), case, bevel=0.003)]
    )
    if draw.chance(rng, 0.35):
        parts += _bells(rng, radius, center)
    return ObjectSpec(
        category=CATEGORY,
        parts=tuple(parts),
        color=color_name,
        material=visible_material(case),
    )


def _case(rng: np.random.Generator, style: Style) -> tuple[str, Material]:
    chance = rng.random()
    if chance < 0.25:
        return "", wood(rng, style.wood, scale=0.08)
    if chance < 0.4:
        return "", metal(rng, draw.choice(rng, ["brass", "copper", "steel"]))
    color_name = style.color_name(
        rng, allowed=("black", "white", "red", "teal", "green", "blue", "yellow", "pink", "gray"), stray=0.3
    )
    return color_name, finish(rng, "painted_metal", "metal", sample_color(rng, color_name), roughness=0.25)


def _dial(rng: np.random.Generator, radius: float, y: float, z: float) -> list[Part]:
    """Face, hour marks and three hands; `y` is the face's plane."""
    dark = draw.chance(rng, 0.2)
    paper = finish(rng, "paper", "dial", (0.06, 0.06, 0.06) if dark else (0.95, 0.94, 0.91), roughness=0.6)
    ink = finish(rng, "matte_plastic", "ink", (0.92, 0.92, 0.9) if dark else (0.05, 0.05, 0.05))
    red = finish(rng, "matte_plastic", "second hand", (0.75, 0.12, 0.08))
    disc = lathe([(0, 0), (radius, 0), (radius, 0.001), (0, 0.001)], segments=64)
    parts = [part("dial", disc, paper, at=(0, y + 0.0006, z), rotation=(np.pi / 2, 0, 0))]
    for hour in range(12):
        size = (0.05 * radius, 0.0008, 0.16 * radius) if hour % 3 == 0 else (0.03 * radius, 0.0008, 0.1 * radius)
        parts.append(
            _hand(f"mark {hour + 1}", size, hour * np.pi / 6, (y - 0.0004, z), ink, start=0.92 * radius - size[2])
        )
    hours, minutes = draw.integer(rng, 12), draw.integer(rng, 60)
    headings = ((hours + minutes / 60) * np.pi / 6, minutes * np.pi / 30, draw.uniform(rng, 0, 6.28))
    sizes = (
        (0.055 * radius, 0.0007, 0.58 * radius),
        (0.04 * radius, 0.0007, 0.82 * radius),
        (0.014 * radius, 0.0006, 0.92 * radius),
    )
    for k, (heading, size) in enumerate(zip(headings, sizes, strict=True)):
        name = ("hour hand", "minute hand", "second hand")[k]
        parts.append(
            _hand(name, size, heading, (y - 0.0014 - 0.0008 * k, z), red if k == 2 else ink, start=-0.12 * radius)
        )
    pin = dot(0.05 * radius, 0.0045, segments=16)
    return [*parts, part("pin", pin, ink, at=(0, y, z), rotation=(np.pi / 2, 0, 0))]


def _hand(
    name: str,
    size: Vec3,
    heading: float,
    at: Vec2,
    material: Material,
    *,
    start: float,
) -> Part:
    """A bar from `start` along `heading` (radians clockwise from 12); `at` is the (y, z) of its axle."""
    y, z = at
    x, rise = start * np.sin(heading), start * np.cos(heading)
    return part(name, Box(size=size), material, at=(float(x), y, z + float(rise)), rotation=(0.0, float(heading), 0.0))


def _feet(radius: float, depth: float, center: float, material: Material) -> list[Part]:
    parts = []
    for k, side in enumerate((-1, 1), 1):
        x = side * 0.55 * radius
        path = [(0.85 * x, 0, center - 0.8 * radius), (1.15 * x, 0, 0.0035)]
        parts.append(part(f"foot {k}", tube(path, [0.005, 0.0035], count=4), material))
    back = tube([(0, 0.4 * depth, center - 0.85 * radius), (0, 0.62 * depth, 0.0035)], [0.005, 0.0035], count=4)
    return [*parts, part("foot 3", back, material)]


def _bells(rng: np.random.Generator, radius: float, center: float) -> list[Part]:
    """Two bells on stalks over the case, and a bow."""
    brass = metal(rng, draw.choice(rng, ["brass", "steel", "copper"]), polished=True)
    parts = []
    for k, side in enumerate((-1, 1), 1):
        lean = side * 0.55
        root = np.array([np.sin(lean), 0, np.cos(lean)])
        foot, tip = root * 0.95 * radius, root * (1.16 * radius)
        parts.append(
            part(
                f"stalk {k}",
                tube([(foot[0], 0, center + foot[2]), (tip[0], 0, center + tip[2])], 0.003, count=2),
                brass,
            )
        )
        bell = dot(0.36 * radius, 0.26 * radius, segments=40)
        bell_center = root * 1.1 * radius
        parts.append(
            part(
                f"bell {k}",
                bell,
                brass,
                at=(float(bell_center[0]), 0, center + float(bell_center[2])),
                rotation=(0, lean, 0),
            )
        )
    return parts
