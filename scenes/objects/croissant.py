"""Croissants: a crescent of rolled dough with ridges."""

import numpy as np

from scenes import draw
from scenes.craft.build import part
from scenes.craft.curve import points3
from scenes.craft.finishes import finish, vary
from scenes.craft.style import Style
from scenes.model import ObjectSpec
from scenes.shapes import Displace, Sweep

__all__ = ["CATEGORY", "PLACE", "make"]

CATEGORY = "croissant"
PLACE = "shop"


def make(rng: np.random.Generator, style: Style) -> ObjectSpec:
    """Draw a croissant."""
    length, radius = draw.uniform(rng, 0.13, 0.16), draw.uniform(rng, 0.027, 0.033)
    bend, rolls = draw.uniform(rng, 0.6, 1.2), draw.integer(rng, 3, 5)
    crust = finish(
        rng,
        "bread_crust",
        "crust",
        vary(rng, (0.78, 0.5, 0.23), 0.06),
        accent=vary(rng, (0.5, 0.26, 0.1), 0.06),
        scale=0.03,
        roughness=0.45,
    )
    along = np.linspace(-1, 1, 61)
    girth = (1 - 0.72 * np.abs(along) ** 1.5) * (1 - 0.11 * np.abs(np.sin(np.pi * (rolls + 0.5) * along)) ** 4)
    heading = bend * along
    step = length / 60
    x, y = np.cumsum(np.cos(heading)) * step, np.cumsum(np.sin(heading)) * step
    path = np.stack([x, y, radius * (0.35 + 0.55 * girth)], 1)
    flaky = (Displace(strength=0.0015, scale=0.02, seed=draw.integer(rng, 1000)),)
    roll = Sweep(path=points3(path), radii=tuple(float(value) for value in radius * girth), aspect=0.85, segments=20)
    return ObjectSpec(category=CATEGORY, parts=(part("dough", roll, crust, modifiers=flaky),))
