"""Cabinets with doors and drawers, under kitchen counters and sideboards."""

import itertools

import numpy as np

from scenes import draw
from scenes.base import Vec3
from scenes.colors import sample_color
from scenes.craft.build import part, tube
from scenes.craft.finishes import finish, metal, wood
from scenes.craft.style import Style
from scenes.material import Material
from scenes.model import Part
from scenes.shapes import Box, Cylinder

__all__ = ["cabinet"]


def cabinet(
    rng: np.random.Generator, style: Style, width: float, depth: float, height: float, *, raised: bool
) -> list[Part]:
    """A carcass with fronts toward -y, under a top of these sides; on a plinth, or `raised` on short legs."""
    if raised or draw.chance(rng, 0.3):
        body = wood(rng, style.wood, scale=0.2, wear=style.wear)
    else:
        color_name = draw.choice(rng, ["white", "gray", "blue", "green", "beige", "black"])
        body = finish(rng, "painted_wood", "wood", sample_color(rng, color_name), roughness=0.4, wear=0.5 * style.wear)
    base = 0.14 if raised else 0.1
    depth, width = depth - 0.03, width - 0.02  # the top overhangs
    parts = [part("carcass", Box(size=(width, depth, height - base + 0.001)), body, at=(0, 0.005, base), bevel=0.002)]
    parts += (
        _feet(rng, style, width, depth, base)
        if raised
        else [part("plinth", Box(size=(width - 0.04, depth - 0.06, base + 0.002)), body, at=(0, 0.02, 0))]
    )
    return parts + _fronts(rng, style, body, width, 0.005 - depth / 2, bottom_edge=base, top_edge=height)


def _feet(rng: np.random.Generator, style: Style, width: float, depth: float, height: float) -> list[Part]:
    material = wood(rng, style.wood) if draw.chance(rng, 0.6) else metal(rng, "black")
    shape = Cylinder(radius=0.011, height=height + 0.003, top_radius=0.019, segments=24)
    centers = itertools.product((0.06 - width / 2, width / 2 - 0.06), (0.05 - depth / 2, depth / 2 - 0.05))
    return [part(f"foot {k}", shape, material, at=(x, y + 0.005, 0)) for k, (x, y) in enumerate(centers, 1)]


def _fronts(
    rng: np.random.Generator,
    style: Style,
    body: Material,
    width: float,
    y: float,
    *,
    bottom_edge: float,
    top_edge: float,
) -> list[Part]:
    """A row of doors in the plane `y`, from `bottom_edge` to `top_edge`, each maybe with a drawer over it."""
    count = max(2, round(width / draw.uniform(rng, 0.4, 0.6)))
    door_width, gap = width / count, 0.003
    drawers = draw.chance(rng, 0.5)
    handle = metal(rng, style.metal)
    parts = []
    for k in range(count):
        x = -width / 2 + (k + 0.5) * door_width
        split = top_edge - 0.2 if drawers else top_edge
        rows = [("door", bottom_edge, split)] + ([("drawer", split, top_edge)] if drawers else [])
        for name, bottom, top in rows:
            face = Box(size=(door_width - gap, 0.018, top - bottom - gap))
            parts.append(part(f"{name} {k + 1}", face, body, at=(x, y - 0.0085, bottom + gap / 2), bevel=0.0015))
            height = top - 0.05 if name == "door" else (bottom + top) / 2
            bar = tube(_bar(x, y, height), 0.005, count=18, segments=10)
            parts.append(part(f"{name} handle {k + 1}", bar, handle))
    return parts


def _bar(x: float, y: float, z: float) -> list[Vec3]:
    """The path of a level bar handle about (x, z) on a front with its face at `y`; more points keep its corners."""
    left, right, near, far = x - 0.05, x + 0.05, y - 0.015, y - 0.045
    corners = [(left, far + 0.006, z), (left + 0.006, far, z), (right - 0.006, far, z), (right, far + 0.006, z)]
    return [(left, near, z), *corners, (right, near, z)]
