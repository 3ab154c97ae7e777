"""Tumblers and highball glasses with a thick base, empty or filled."""

import numpy as np

from scenes import draw
from scenes.base import Rgb
from scenes.craft.build import part
from scenes.craft.finishes import finish
from scenes.craft.style import Style
from scenes.craft.vessels import vessel
from scenes.model import ObjectSpec

__all__ = ["CATEGORY", "make"]

CATEGORY = "drinking glass"
_FORMS = (
    ((0.84, 0), (0.865, 0.08), (0.9, 0.4), (0.95, 0.7), (1, 1)),
    ((0.97, 0), (1, 0.05), (1, 0.35), (1, 0.7), (1, 1)),
    ((0.68, 0), (0.76, 0.1), (0.86, 0.4), (0.94, 0.72), (1, 1)),
    ((0.86, 0), (1.02, 0.14), (1.06, 0.4), (1.03, 0.72), (0.97, 1)),
)
_DRINKS: dict[str, Rgb] = {
    "orange juice": (0.95, 0.55, 0.1),
    "milk": (0.94, 0.92, 0.88),
    "cola": (0.1, 0.04, 0.02),
    "tomato juice": (0.62, 0.1, 0.06),
    "smoothie": (0.78, 0.42, 0.5),
}


def make(rng: np.random.Generator, style: Style) -> ObjectSpec:
    """Draw a drinking glass."""
    form = draw.choice(rng, _FORMS)
    radius = draw.uniform(rng, 0.03, 0.042)
    height = draw.uniform(rng, 0.08, 0.105) if draw.chance(rng, 0.5) else draw.uniform(rng, 0.115, 0.16)
    body = vessel(
        np.array(form) * [radius, height],
        wall=draw.uniform(rng, 0.0018, 0.0032),
        floor=draw.uniform(rng, 0.006, 0.014),
    )
    clear = draw.chance(rng, 0.8)
    color = (
        (0.98, 0.99, 0.985)
        if clear
        else ((0.5, 0.72, 0.75), (0.75, 0.62, 0.4), (0.62, 0.75, 0.55))[draw.integer(rng, 3)]
    )
    parts = [part("glass", body.shape(), finish(rng, "glass", "glass", color))]
    if draw.chance(rng, 0.45):
        drink = draw.choice(rng, list(_DRINKS))
        level = body.height * draw.uniform(rng, 0.5, 0.88)
        parts.append(part(drink, body.filling(level), finish(rng, "liquid", drink, _DRINKS[drink])))
    return ObjectSpec(category=CATEGORY, parts=tuple(parts), material="glass")
