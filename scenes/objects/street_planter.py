"""Planters of timber or concrete with a bush in them."""

import numpy as np

from scenes import draw
from scenes.base import Rgb
from scenes.craft.build import part
from scenes.craft.finishes import finish, vary, wood
from scenes.craft.style import Style
from scenes.model import ObjectSpec
from scenes.nature.specs import Growth, Leafage, Wood
from scenes.shapes import Array, Box, Group, Placed

__all__ = ["CATEGORY", "PLACE", "make"]

CATEGORY = "street planter"
PLACE = "street"
PLANTS = 3
_GREENS: tuple[Rgb, ...] = ((0.25, 0.37, 0.14), (0.33, 0.42, 0.18), (0.3, 0.36, 0.22))


def make(rng: np.random.Generator, style: Style) -> ObjectSpec:
    """Draw a street planter in the style of its scene."""
    width, depth, height = draw.uniform(rng, 0.9, 1.5), draw.uniform(rng, 0.5, 0.75), draw.uniform(rng, 0.42, 0.6)
    soil = finish(rng, "soil", "soil", (0.2, 0.15, 0.11), scale=0.1)
    green = finish(rng, "leaves", "leaf", vary(rng, _GREENS[draw.integer(rng, 3)], 0.1), scale=0.4)
    bark = finish(rng, "bark", "bark", vary(rng, (0.3, 0.24, 0.18), 0.1), scale=0.3)
    if draw.chance(rng, 0.5):
        material = wood(rng, "oak", wear=max(style.wear, 0.2))
        rows = Array(shape=Box(size=(width, depth, height / 4 - 0.01)), counts=(1, 1, 4), step=(0, 0, height / 4))
        box = Group(members=(Placed(shape=rows), Placed(shape=Box(size=(width - 0.02, depth - 0.02, height - 0.02)))))
    else:
        material = finish(rng, "concrete", "concrete", vary(rng, (0.6, 0.59, 0.57)), scale=0.25, wear=0.3)
        box = Group(members=(Placed(shape=Box(size=(width, depth, height))),))
    parts = [
        part("box", box, material, bevel=0.01),
        part("earth", Box(size=(width - 0.1, depth - 0.1, 0.03)), soil, at=(0, 0, height - 0.025)),
    ]
    for k in range(PLANTS):
        growth = Growth(
            form="bush",
            seed=draw.integer(rng, 2**31),
            height=round(draw.uniform(rng, 0.3, 0.5), 3),
            spread=round(0.34 * depth + 0.06, 3),
            radius=0.008,
        )
        at = ((k / (PLANTS - 1) - 0.5) * (width - 0.5), draw.normal(rng, 0, 0.02), height)
        parts.append(part(f"stems {k + 1}", Wood(growth=growth), bark, at=at))
        leafage = Leafage(growth=growth, count=1500, long=0.05, broad=0.55, loose=1.0)
        parts.append(part(f"leaves {k + 1}", leafage, green, at=at))
    return ObjectSpec(category=CATEGORY, parts=tuple(parts), material=material.name)
