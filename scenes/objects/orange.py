"""Oranges: pitted, a little flat, with the green star of the stem."""

import numpy as np

from scenes import draw
from scenes.craft.build import dot, lathe, part
from scenes.craft.finishes import finish, vary
from scenes.craft.fruit import skin_profile
from scenes.craft.style import Style
from scenes.model import ObjectSpec
from scenes.shapes import Displace

__all__ = ["CATEGORY", "make"]

CATEGORY = "orange"
_PROFILE = (
    (0, 0.012),
    (0.2, 0.0),
    (0.6, 0.17),
    (0.92, 0.56),
    (1.0, 0.96),
    (0.9, 1.4),
    (0.6, 1.74),
    (0.25, 1.9),
    (0.06, 1.89),
    (0, 1.87),
)


def make(rng: np.random.Generator, style: Style) -> ObjectSpec:
    """Draw an orange."""
    radius = draw.uniform(rng, 0.033, 0.046)
    peel = finish(rng, "citrus_skin", "peel", vary(rng, (0.93, 0.5, 0.08), 0.04), accent=(0.8, 0.36, 0.04), scale=0.003)
    star = finish(rng, "matte_plastic", "stem", (0.36, 0.42, 0.18), roughness=0.8)
    bumpy = (Displace(strength=0.0008, scale=0.03, seed=draw.integer(rng, 1000)),)
    width = (draw.uniform(rng, 0.97, 1.03), draw.uniform(rng, 0.97, 1.03), 1.0)
    parts = (
        part("peel", lathe(skin_profile(_PROFILE, 52, radius, radius)), peel, scale=width, modifiers=bumpy),
        part("stem", dot(0.09 * radius, 0.0016, segments=10), star, at=(0, 0, 1.868 * radius)),
    )
    return ObjectSpec(category=CATEGORY, parts=parts, color="orange")
