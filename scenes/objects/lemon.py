"""Lemons and limes lying on their side."""

import numpy as np

from scenes import draw
from scenes.colors import color_name_of
from scenes.craft.build import lathe, part
from scenes.craft.finishes import finish, vary
from scenes.craft.fruit import skin_profile
from scenes.craft.style import Style
from scenes.model import ObjectSpec
from scenes.shapes import Displace

__all__ = ["CATEGORY", "make"]

CATEGORY = "lemon"
_PROFILE = (
    (0, -1.3),
    (0.1, -1.28),
    (0.24, -1.12),
    (0.62, -0.86),
    (0.93, -0.4),
    (1, 0.02),
    (0.9, 0.48),
    (0.58, 0.88),
    (0.28, 1.08),
    (0.19, 1.24),
    (0.1, 1.36),
    (0, 1.39),
)


def make(rng: np.random.Generator, style: Style) -> ObjectSpec:
    """Draw a lemon."""
    radius = draw.uniform(rng, 0.0265, 0.0365)
    color = vary(rng, (0.95, 0.8, 0.14), 0.03)
    peel = finish(rng, "citrus_skin", "peel", color, accent=(0.85, 0.7, 0.1), scale=0.003)
    bumpy = (Displace(strength=0.001, scale=0.03, seed=draw.integer(rng, 1000)),)
    tilt = draw.normal(rng, 0, 0.06)
    fruit = part(
        "peel",
        lathe(skin_profile(_PROFILE, 52, radius, radius)),
        peel,
        rotation=(0, np.pi / 2 + tilt, 0),
        modifiers=bumpy,
    )
    return ObjectSpec(category=CATEGORY, parts=(fruit,), color=color_name_of(color))
