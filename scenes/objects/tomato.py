"""Tomatoes: round and a little flat, with a green star at the stalk."""

import numpy as np

from scenes import draw
from scenes.base import Rgb
from scenes.craft.build import lathe, part, plate_of, tube
from scenes.craft.finishes import finish, tint, vary
from scenes.craft.fruit import skin_profile
from scenes.craft.style import Style
from scenes.model import ObjectSpec
from scenes.shapes import Displace

__all__ = ["CATEGORY", "PLACE", "make"]

CATEGORY = "tomato"
PLACE = "shop"
_PROFILE = (
    (0, 0.1),
    (0.3, 0.02),
    (0.55, 0.12),
    (0.9, 0.45),
    (1, 0.85),
    (0.9, 1.28),
    (0.6, 1.55),
    (0.2, 1.56),
    (0, 1.5),
)
_GREEN: Rgb = (0.22, 0.36, 0.12)


def make(rng: np.random.Generator, style: Style) -> ObjectSpec:
    """Draw a tomato."""
    radius = draw.uniform(rng, 0.03, 0.045)
    profile = skin_profile(_PROFILE, 48, radius, radius)
    red = vary(rng, (0.76, 0.11, 0.07), 0.05)
    skin = finish(rng, "fruit_skin", "skin", red, accent=tint(red, (0.85, 0.3, 0.08), 0.4), scale=0.05, roughness=0.25)
    leaf = finish(rng, "matte_plastic", "stalk", vary(rng, _GREEN, 0.08), roughness=0.7)
    top = 1.5 * radius
    angle = np.arange(10) * np.pi / 5
    tip_radii = radius * np.where(np.arange(10) % 2, 0.16, draw.uniform(rng, 0.5, 0.62))
    star = np.stack([tip_radii * np.cos(angle), tip_radii * np.sin(angle)], 1)
    stalk = tube([(0, 0, top), (0.001, 0, top + 0.005), (0.003, 0.001, top + 0.011)], 0.0018, count=8, segments=8)
    parts = (
        part(
            "skin",
            lathe(profile),
            skin,
            modifiers=(Displace(strength=0.0012, scale=0.05, seed=draw.integer(rng, 999)),),
        ),
        part("leaves", plate_of(star, 0.0015), leaf, at=(0, 0, 1.545 * radius)),
        part("stalk", stalk, leaf),
    )
    return ObjectSpec(category=CATEGORY, parts=parts, color="red")
