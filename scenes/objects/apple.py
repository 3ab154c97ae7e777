"""Apples, red, green or yellow, with a stem in the dimple."""

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

CATEGORY = "apple"
_SKINS: tuple[tuple[Rgb, Rgb], ...] = (
    ((0.64, 0.08, 0.08), (0.78, 0.55, 0.2)),
    ((0.72, 0.14, 0.1), (0.85, 0.7, 0.3)),
    ((0.5, 0.66, 0.2), (0.66, 0.74, 0.35)),
    ((0.88, 0.74, 0.28), (0.8, 0.36, 0.18)),
    ((0.45, 0.05, 0.07), (0.6, 0.2, 0.12)),
)
_PROFILE = (
    (0, 0.1),
    (0.16, 0.075),
    (0.36, 0.0),
    (0.68, 0.13),
    (0.94, 0.5),
    (1.0, 0.95),
    (0.9, 1.4),
    (0.62, 1.68),
    (0.34, 1.69),
    (0.13, 1.55),
    (0, 1.4),
)


def make(rng: np.random.Generator, style: Style) -> ObjectSpec:
    """Draw an apple."""
    radius = draw.uniform(rng, 0.034, 0.043)
    height = draw.uniform(rng, 0.92, 1.08)
    profile = skin_profile(_PROFILE, 56, radius, radius * height)
    main, blush = draw.choice(rng, _SKINS)
    color = vary(rng, main, 0.05)
    skin = finish(rng, "fruit_skin", "skin", color, accent=tint(color, blush, 0.65), scale=0.03)
    top = 1.4 * radius * height
    lean = rng.uniform(-0.3, 0.3, 2) * radius
    stalk = stem(top, lean, bend=0.005, length=draw.uniform(rng, 0.013, 0.02), radii=(0.0013, 0.001, 0.0016))
    twig = finish(rng, "matte_plastic", "stem", (0.27, 0.19, 0.1), roughness=0.8)
    bumpy = (Displace(strength=0.0012, scale=0.05, seed=draw.integer(rng, 1000)),)
    width = (draw.uniform(rng, 0.97, 1.03), draw.uniform(rng, 0.97, 1.03), 1.0)
    parts = (part("skin", lathe(profile), skin, scale=width, modifiers=bumpy), part("stem", stalk, twig))
    return ObjectSpec(category=CATEGORY, parts=parts, color=color_name_of(color))
