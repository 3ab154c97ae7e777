"""Cucumbers, lying: dark green, a little bent, paler at one end."""

import numpy as np

from scenes import draw
from scenes.craft.build import part, tube
from scenes.craft.finishes import finish, tint, vary
from scenes.craft.style import Style
from scenes.model import ObjectSpec
from scenes.shapes import Displace

__all__ = ["CATEGORY", "PLACE", "make"]

CATEGORY = "cucumber"
PLACE = "shop"


def make(rng: np.random.Generator, style: Style) -> ObjectSpec:
    """Draw a cucumber."""
    length, radius = draw.uniform(rng, 0.24, 0.34), draw.uniform(rng, 0.019, 0.025)
    bend = draw.uniform(rng, 0.0, 0.025)
    green = vary(rng, (0.13, 0.27, 0.09), 0.08)
    skin = finish(rng, "fruit_skin", "skin", green, accent=tint(green, (0.5, 0.6, 0.25), 0.35), scale=0.03)
    along = np.linspace(-1, 1, 9)
    path = np.stack([0.5 * length * along, bend * (1 - along**2), np.full(9, radius)], 1)
    girth = radius * np.array([0.3, 0.72, 0.93, 1, 1, 1, 0.96, 0.84, 0.4])
    bumpy = (Displace(strength=0.0008, scale=0.012, seed=draw.integer(rng, 1000)),)
    parts = (
        part("skin", tube(path, girth, count=40, segments=18), skin, modifiers=bumpy),
        part("tip", tube([path[0] + [0.002, 0, 0], path[0] - [0.006, 0, 0]], 0.2 * radius, count=4, segments=8), skin),
    )
    return ObjectSpec(category=CATEGORY, parts=parts, color="green")
