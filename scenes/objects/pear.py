"""Pears: a full belly, a narrow leaning neck, a stalk."""

import numpy as np

from scenes import draw
from scenes.base import Rgb
from scenes.colors import color_name_of
from scenes.craft.build import lathe, part
from scenes.craft.finishes import finish, tint, vary
from scenes.craft.fruit import skin_profile, stem
from scenes.craft.style import Style
from scenes.model import ObjectSpec
from scenes.shapes import Displace

__all__ = ["CATEGORY", "make"]

CATEGORY = "pear"
_PROFILE = (
    (0, 0.06),
    (0.14, 0.05),
    (0.34, 0.0),
    (0.72, 0.18),
    (0.98, 0.62),
    (0.96, 1.05),
    (0.72, 1.55),
    (0.48, 2.0),
    (0.37, 2.3),
    (0.2, 2.48),
    (0.06, 2.49),
    (0, 2.46),
)
_SKINS: tuple[tuple[Rgb, Rgb], ...] = (
    ((0.6, 0.66, 0.24), (0.55, 0.45, 0.18)),
    ((0.8, 0.7, 0.3), (0.72, 0.4, 0.2)),
    ((0.58, 0.42, 0.2), (0.42, 0.3, 0.15)),
    ((0.52, 0.2, 0.13), (0.7, 0.45, 0.22)),
)


def make(rng: np.random.Generator, style: Style) -> ObjectSpec:
    """Draw a pear."""
    radius = draw.uniform(rng, 0.03, 0.039)
    height = draw.uniform(rng, 0.9, 1.06)
    profile = skin_profile(_PROFILE, 60, radius, radius * height)
    main, speckles = draw.choice(rng, _SKINS)
    color = vary(rng, main, 0.05)
    skin = finish(rng, "fruit_skin", "skin", color, accent=tint(color, speckles, 0.4), scale=0.025)
    twig = finish(rng, "matte_plastic", "stem", (0.25, 0.17, 0.09), roughness=0.85)
    top = 2.46 * radius * height
    lean = rng.uniform(-0.006, 0.006, 2)
    stalk = stem(top, lean, bend=0.006, length=draw.uniform(rng, 0.014, 0.022), radii=(0.0016, 0.0012, 0.002))
    bumpy = (Displace(strength=0.0015, scale=0.05, seed=draw.integer(rng, 1000)),)
    parts = (part("skin", lathe(profile), skin, modifiers=bumpy), part("stem", stalk, twig))
    return ObjectSpec(category=CATEGORY, parts=parts, color=color_name_of(color))
