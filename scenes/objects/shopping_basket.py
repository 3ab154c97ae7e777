"""Shopping baskets: a ribbed plastic tub with two handles folded down or up."""

import numpy as np

from scenes import draw
from scenes.base import Vec3
from scenes.colors import sample_color
from scenes.craft.build import part
from scenes.craft.finishes import finish
from scenes.craft.steel import bar
from scenes.craft.style import Style
from scenes.craft.vessels import Level, hollow
from scenes.model import ObjectSpec
from scenes.shapes import Array, Box

__all__ = ["CATEGORY", "PLACE", "make"]

CATEGORY = "shopping basket"
PLACE = "shop"


def make(rng: np.random.Generator, style: Style) -> ObjectSpec:
    """Draw a shopping basket."""
    color_name = draw.choice(rng, ["red", "blue", "green", "black", "gray", "orange"])
    shell = finish(rng, "plastic", "plastic", sample_color(rng, color_name), roughness=0.4)
    grip = finish(
        rng, "matte_plastic", "grip", sample_color(rng, "black" if color_name != "black" else "gray"), roughness=0.6
    )
    x, y, z = draw.uniform(rng, 0.4, 0.47), draw.uniform(rng, 0.28, 0.32), draw.uniform(rng, 0.2, 0.25)
    wall = 0.004
    levels = [
        Level(0.82 * x, 0.8 * y, 0.03, 0.0),
        Level(x - 0.02, y - 0.02, 0.04, z - 0.02),
        Level(x, y, 0.04, z - 0.018),
        Level(x, y, 0.04, z),
    ]
    levels += [Level(x - 0.026, y - 0.026, 0.036, z)]
    levels += [Level(0.82 * x - 2 * wall, 0.8 * y - 2 * wall, 0.026, wall)]
    parts = [part("tub", hollow(levels), shell)]
    ribs = 12
    step = 0.72 * x / (ribs - 1)
    for k, side in enumerate((-1, 1), 1):
        rib = Array(shape=Box(size=(0.006, 0.012, 0.8 * z)), counts=(ribs, 1, 1), step=(step, 0.0, 0.0))
        lean = float(np.arctan((0.1 * y - 0.01) / z))
        parts.append(
            part(
                f"ribs {k}",
                rib,
                shell,
                at=(-0.36 * x, side * (0.405 * y + 0.002), 0.06 * z),
                rotation=(-side * lean, 0, 0),
            )
        )
    up = draw.chance(rng, 0.5)
    for k, side in enumerate((-1, 1), 1):
        low, half = z - 0.008, 0.3 * x
        peak, out = (z + 0.13, side * 0.02) if up else (z + 0.006, side * 0.46 * y)
        path: list[Vec3] = [
            (-half, side * (y / 2 - 0.008), low),
            (-half, out, peak),
            (half, out, peak),
            (half, side * (y / 2 - 0.008), low),
        ]
        if not up:
            path = [
                (-half, side * (y / 2 - 0.008), low),
                (-half, side * (y / 2 + 0.004), peak),
                (half, side * (y / 2 + 0.004), peak),
                (half, side * (y / 2 - 0.008), low),
            ]
        parts.append(bar(f"handle {k}", path, 0.006, grip))
    return ObjectSpec(category=CATEGORY, parts=tuple(parts), color=color_name, material="plastic")
