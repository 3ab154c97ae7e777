"""Planters of timber or concrete with a bush in them."""

import numpy as np

from scenes.base import Rgb
from scenes.craft.build import part
from scenes.craft.finish import finish, vary, wood
from scenes.craft.style import Style
from scenes.model import ObjectSpec
from scenes.shapes import Array, Box, Group, Leaves, Placed

__all__ = ["CATEGORY", "PLACE", "make"]

CATEGORY = "street planter"
PLACE = "street"
_GREENS: tuple[Rgb, ...] = ((0.25, 0.37, 0.14), (0.33, 0.42, 0.18), (0.3, 0.36, 0.22))


def make(rng: np.random.Generator, style: Style) -> ObjectSpec:
    w, d, h = float(rng.uniform(0.9, 1.5)), float(rng.uniform(0.5, 0.75)), float(rng.uniform(0.42, 0.6))
    soil = finish(rng, "soil", "soil", (0.2, 0.15, 0.11), scale=0.1)
    green = finish(rng, "leaf", "leaf", vary(rng, _GREENS[int(rng.integers(3))], 0.1), scale=0.1)
    if rng.random() < 0.5:
        stuff = wood(rng, "oak", wear=max(style.wear, 0.2))
        rows = Array(shape=Box(size=(w, d, h / 4 - 0.01)), counts=(1, 1, 4), step=(0, 0, h / 4))
        box = Group(members=(Placed(shape=rows), Placed(shape=Box(size=(w - 0.02, d - 0.02, h - 0.02)))))
    else:
        stuff = finish(rng, "concrete", "concrete", vary(rng, (0.6, 0.59, 0.57)), scale=0.25, wear=0.3)
        box = Group(members=(Placed(shape=Box(size=(w, d, h))),))
    balls = []
    for k in range(5):
        x = (k / 4 - 0.5) * (w - 0.35)
        size = float(rng.uniform(0.16, 0.27))
        balls.append((round(x, 3), round(float(rng.normal(0, 0.05)), 3), round(h + 0.6 * size, 3), round(size, 3)))
    bush = Leaves(balls=tuple(balls), count=900, length=0.1, width=0.055, seed=int(rng.integers(2**31)))
    stems = Array(shape=Box(size=(0.015, 0.015, 0.2)), counts=(5, 1, 1), step=((w - 0.35) / 4, 0, 0))
    parts = (
        part("box", box, stuff, bevel=0.01),
        part("earth", Box(size=(w - 0.1, d - 0.1, 0.03)), soil, at=(0, 0, h - 0.005)),
        part("stems", stems, soil, at=(-(w - 0.35) / 2, 0, h)),
        part("leaves", bush, green),
    )
    return ObjectSpec(category=CATEGORY, parts=parts, material=stuff.name)
