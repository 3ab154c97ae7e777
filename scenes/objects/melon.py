"""Melons: dark striped watermelons, netted cantaloupes, smooth yellow ones."""

from dataclasses import dataclass

import numpy as np

from scenes import draw
from scenes.base import Rgb
from scenes.craft.build import dot, part
from scenes.craft.finishes import finish, vary
from scenes.craft.style import Style
from scenes.model import ObjectSpec
from scenes.shapes import Displace, Sphere

__all__ = ["CATEGORY", "PLACE", "make"]

CATEGORY = "melon"
PLACE = "shop"


@dataclass(frozen=True)
class _MelonSort:
    """Rind of two colours; radius across in metres, and the length as a multiple of it."""

    color: Rgb
    accent: Rgb
    radius: tuple[float, float]
    stretch: float
    color_name: str = ""


_SORTS = {
    "watermelon": _MelonSort((0.13, 0.25, 0.1), (0.4, 0.52, 0.25), (0.1, 0.135), 1.2),
    "cantaloupe": _MelonSort((0.72, 0.62, 0.42), (0.5, 0.52, 0.3), (0.07, 0.085), 1.0),
    "honeydew": _MelonSort((0.9, 0.74, 0.2), (0.85, 0.66, 0.15), (0.07, 0.08), 1.35, "yellow"),
}


def make(rng: np.random.Generator, style: Style) -> ObjectSpec:
    """Draw a melon."""
    name = draw.choice(rng, list(_SORTS))
    sort = _SORTS[name]
    radius = draw.uniform(rng, *sort.radius)
    rind = finish(
        rng,
        "fruit_skin",
        "rind",
        vary(rng, sort.color, 0.05),
        accent=vary(rng, sort.accent, 0.05),
        scale=0.06 if name == "watermelon" else 0.01,
        roughness=0.4,
    )
    stalk = finish(rng, "matte_plastic", "stalk", (0.4, 0.36, 0.2), roughness=0.9)
    bumpy = (Displace(strength=0.003, scale=0.06, seed=draw.integer(rng, 1000)),)
    parts = (
        part("rind", Sphere(radii=(sort.stretch * radius, radius, 0.97 * radius), segments=56), rind, modifiers=bumpy),
        part(
            "stalk",
            dot(0.1 * radius, 0.006),
            stalk,
            at=(sort.stretch * radius - 0.003, 0, 0.97 * radius),
            rotation=(0, np.pi / 2, 0),
        ),
    )
    return ObjectSpec(category=CATEGORY, parts=parts, color=sort.color_name)
