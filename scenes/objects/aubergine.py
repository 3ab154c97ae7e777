"""Aubergines, lying: nearly black and glossy, with a green cap."""

import numpy as np

from scenes import draw
from scenes.craft.build import lathe, part
from scenes.craft.finishes import finish, vary
from scenes.craft.fruit import skin_profile
from scenes.craft.style import Style
from scenes.model import ObjectSpec

__all__ = ["CATEGORY", "PLACE", "make"]

CATEGORY = "aubergine"
PLACE = "shop"
_PROFILE = ((0, 0), (0.5, 0.02), (0.9, 0.14), (1, 0.3), (0.9, 0.52), (0.68, 0.75), (0.52, 0.92), (0.4, 0.99), (0, 1))
_CAP = (
    (0, 0.985),
    (0.44, 0.97),
    (0.6, 0.9),
    (0.68, 0.83),
    (0.58, 0.95),
    (0.3, 1.03),
    (0.17, 1.1),
    (0.2, 1.17),
    (0, 1.18),
)


def make(rng: np.random.Generator, style: Style) -> ObjectSpec:
    """Draw an aubergine."""
    length, radius = draw.uniform(rng, 0.16, 0.23), draw.uniform(rng, 0.035, 0.045)
    skin = finish(
        rng,
        "fruit_skin",
        "skin",
        vary(rng, (0.14, 0.06, 0.15), 0.08),
        accent=(0.25, 0.1, 0.22),
        scale=0.1,
        roughness=0.12,
    )
    green = finish(rng, "matte_plastic", "cap", vary(rng, (0.32, 0.42, 0.18), 0.08), roughness=0.7)
    body = skin_profile(_PROFILE, 52, radius, length)
    lying = (0.0, np.pi / 2, 0.0)
    parts = (
        part("skin", lathe(body), skin, rotation=lying),
        part("cap", lathe(np.array(_CAP) * [radius, length], segments=40), green, rotation=lying),
    )
    return ObjectSpec(category=CATEGORY, parts=parts)
