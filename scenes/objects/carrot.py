"""Carrots, lying, with the stub of their leaves."""

import numpy as np

from scenes import draw
from scenes.craft.build import lathe, part
from scenes.craft.finishes import finish, vary
from scenes.craft.fruit import skin_profile
from scenes.craft.style import Style
from scenes.model import ObjectSpec
from scenes.shapes import Displace

__all__ = ["CATEGORY", "PLACE", "make"]

CATEGORY = "carrot"
PLACE = "shop"
_PROFILE = (
    (0, 0),
    (0.25, 0.004),
    (0.42, 0.03),
    (0.66, 0.3),
    (0.85, 0.65),
    (1, 0.93),
    (0.85, 0.985),
    (0.4, 1),
    (0, 0.99),
)


def make(rng: np.random.Generator, style: Style) -> ObjectSpec:
    """Draw a carrot."""
    length, radius = draw.uniform(rng, 0.14, 0.22), draw.uniform(rng, 0.014, 0.02)
    profile = skin_profile(_PROFILE, 48, radius, length)
    orange = vary(rng, (0.9, 0.43, 0.09), 0.05)
    skin = finish(rng, "fruit_skin", "skin", orange, accent=(0.7, 0.3, 0.06), scale=0.02, roughness=0.5)
    leaf = finish(rng, "matte_plastic", "stalk", vary(rng, (0.3, 0.42, 0.14), 0.08), roughness=0.7)
    lying = (0.0, np.pi / 2, draw.normal(rng, 0, 0.06))
    ringed = (Displace(strength=0.0012, scale=0.012, seed=draw.integer(rng, 1000)),)
    stub = lathe([(0, -0.004), (0.3 * radius, -0.004), (0.36 * radius, 0.016), (0, 0.018)], segments=12)
    end = length * 0.99
    parts = (
        part("root", lathe(profile, segments=32), skin, rotation=lying, modifiers=ringed),
        part("stalk", stub, leaf, at=(end * np.cos(lying[2]), end * np.sin(lying[2]), 0), rotation=lying),
    )
    return ObjectSpec(category=CATEGORY, parts=parts, color="orange")
