"""Woven baskets: for laundry, toys or a throw."""

import numpy as np

from scenes import draw
from scenes.craft.build import lathe, part, tube
from scenes.craft.finishes import finish, vary
from scenes.craft.outline import corners
from scenes.craft.style import Style
from scenes.craft.vessels import Level, hollow
from scenes.model import ObjectSpec
from scenes.shapes import Lathe, Loft

__all__ = ["CATEGORY", "PLACE", "make"]

CATEGORY = "basket"
PLACE = "floor"


def make(rng: np.random.Generator, style: Style) -> ObjectSpec:
    """Draw a basket."""
    colors = ((0.7, 0.55, 0.36), (0.55, 0.4, 0.26), (0.82, 0.76, 0.65), (0.4, 0.38, 0.36))
    color, size = vary(rng, colors[draw.integer(rng, 4)], 0.06), draw.uniform(rng, 0.1, 0.2)
    straw = finish(rng, "wicker", "wicker", color, scale=size)
    width, height = draw.uniform(rng, 0.28, 0.42), draw.uniform(rng, 0.24, 0.55)
    rim_z, wall = height - 0.008, 0.012
    body: Loft | Lathe
    if draw.chance(rng, 0.55):
        radius, foot = width / 2, 0.85 * width / 2
        body = lathe([(0, 0), (foot, 0), (radius, height), (radius - wall, height), (foot - wall, 0.012), (0, 0.012)])
        angle = np.linspace(0, 2 * np.pi, 40, endpoint=False)
        path = np.stack([(radius - 0.005) * np.cos(angle), (radius - 0.005) * np.sin(angle), np.full(40, rim_z)], 1)
    else:
        depth = 0.7 * width
        levels = [Level(0.9 * width, 0.9 * depth, 0.05, 0.0), Level(width, depth, 0.06, height)]
        levels += [
            Level(width - 2 * wall, depth - 2 * wall, 0.05, height),
            Level(0.9 * width - 2 * wall, 0.9 * depth - 2 * wall, 0.04, 0.012),
        ]
        body = hollow(levels)
        ring = np.array(corners(width / 2 - 0.006, depth / 2 - 0.006))
        flat = np.concatenate(
            [
                np.linspace(start, end, 10, endpoint=False)[1:]
                for start, end in zip(ring, np.roll(ring, -1, 0), strict=True)
            ]
        )
        path = np.concatenate([flat, np.full((len(flat), 1), rim_z)], 1)
    parts = [part("body", body, straw), part("rim", tube(path, 0.011, count=72, segments=10, closed=True), straw)]
    for k, side in enumerate((-1, 1), 1):
        x = side * (width / 2 - 0.004)
        loop = [
            (x, -0.05, height - 0.006),
            (x, -0.04, height + 0.04),
            (x, 0.04, height + 0.04),
            (x, 0.05, height - 0.006),
        ]
        parts.append(part(f"handle {k}", tube(loop, 0.008, count=20, segments=10), straw))
    return ObjectSpec(category=CATEGORY, parts=tuple(parts), material="wicker")
