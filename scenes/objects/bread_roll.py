"""Bread rolls: round or long, with a cut, some with seeds' dark crust."""

import numpy as np

from scenes import draw
from scenes.craft.build import lathe, part, tube
from scenes.craft.finishes import finish, vary
from scenes.craft.fruit import skin_profile
from scenes.craft.style import Style
from scenes.model import ObjectSpec
from scenes.shapes import Displace

__all__ = ["CATEGORY", "PLACE", "make"]

CATEGORY = "bread roll"
PLACE = "shop"
_PROFILE = ((0, 0), (0.8, 0), (0.95, 0.12), (1, 0.35), (0.9, 0.72), (0.62, 1.0), (0.25, 1.13), (0, 1.15))


def make(rng: np.random.Generator, style: Style) -> ObjectSpec:
    """Draw a bread roll."""
    radius, stretch = draw.uniform(rng, 0.036, 0.046), draw.choice(rng, [1.0, 1.45])
    profile = skin_profile(_PROFILE, 40, radius, radius)
    profile[:, 1] = np.maximum(profile[:, 1], 0.0)
    color = vary(rng, ((0.8, 0.57, 0.3), (0.58, 0.38, 0.2), (0.86, 0.68, 0.42))[draw.integer(rng, 3)], 0.05)
    crust = finish(rng, "bread_crust", "crust", color, accent=vary(rng, (0.52, 0.3, 0.14), 0.06), scale=0.03)
    pale = finish(rng, "bread_crust", "crumb", (0.9, 0.77, 0.56), accent=(0.85, 0.7, 0.5), scale=0.03)
    half_cut, height = 0.55 * radius * stretch, 1.15 * radius
    cut = tube(
        [(-half_cut, 0, 0.84 * height), (0, 0, 0.985 * height), (half_cut, 0, 0.84 * height)],
        [0.001, 0.005, 0.005, 0.001],
        count=16,
        aspect=0.5,
        segments=10,
    )
    bumpy = (Displace(strength=0.0018, scale=0.03, seed=draw.integer(rng, 1000)),)
    parts = (
        part("roll", lathe(profile, segments=48), crust, scale=(stretch, 1.0, 1.0), modifiers=bumpy),
        part("cut", cut, pale),
    )
    return ObjectSpec(category=CATEGORY, parts=parts)
