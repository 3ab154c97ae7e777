"""Potatoes: lumpy, yellow or brown, with specks."""

import numpy as np

from scenes import draw
from scenes.craft.build import part
from scenes.craft.finishes import finish, tint, vary
from scenes.craft.style import Style
from scenes.model import ObjectSpec
from scenes.shapes import Displace, Sphere

__all__ = ["CATEGORY", "PLACE", "make"]

CATEGORY = "potato"
PLACE = "shop"


def make(rng: np.random.Generator, style: Style) -> ObjectSpec:
    """Draw a potato."""
    size = draw.uniform(rng, 0.03, 0.05)
    radii = (size, size * draw.uniform(rng, 0.68, 0.85), size * draw.uniform(rng, 0.6, 0.72))
    color = vary(rng, ((0.72, 0.57, 0.36), (0.6, 0.45, 0.29), (0.78, 0.66, 0.43))[draw.integer(rng, 3)], 0.05)
    skin = finish(
        rng,
        "fruit_skin",
        "skin",
        color,
        accent=tint(color, (0.35, 0.24, 0.14), 0.5),
        scale=0.02,
        roughness=0.8,
        wear=0.5,
    )
    lumpy = (
        Displace(strength=0.006, scale=0.04, seed=draw.integer(rng, 1000)),
        Displace(strength=0.001, scale=0.008, seed=draw.integer(rng, 1000)),
    )
    return ObjectSpec(category=CATEGORY, parts=(part("skin", Sphere(radii=radii, segments=40), skin, modifiers=lumpy),))
