"""Melons: dark striped watermelons, netted cantaloupes, smooth yellow ones."""

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
_SORTS: dict[str, tuple[Rgb, Rgb, tuple[float, float], float]] = {
    "watermelon": ((0.13, 0.25, 0.1), (0.4, 0.52, 0.25), (0.1, 0.135), 1.2),
    "cantaloupe": ((0.72, 0.62, 0.42), (0.5, 0.52, 0.3), (0.07, 0.085), 1.0),
    "honeydew": ((0.9, 0.74, 0.2), (0.85, 0.66, 0.15), (0.07, 0.08), 1.35),
}


def make(rng: np.random.Generator, style: Style) -> ObjectSpec:
    """Draw a melon."""
    sort = draw.choice(rng, list(_SORTS))
    main, second, sizes, stretch = _SORTS[sort]
    radius = draw.uniform(rng, *sizes)
    rind = finish(
        rng,
        "fruit_skin",
        "rind",
        vary(rng, main, 0.05),
        accent=vary(rng, second, 0.05),
        scale=0.06 if sort == "watermelon" else 0.01,
        roughness=0.4,
    )
    stalk = finish(rng, "matte_plastic", "stalk", (0.4, 0.36, 0.2), roughness=0.9)
    bumpy = (Displace(strength=0.003, scale=0.06, seed=draw.integer(rng, 1000)),)
    parts = (
        part("rind", Sphere(radii=(stretch * radius, radius, 0.97 * radius), segments=56), rind, modifiers=bumpy),
        part(
            "stalk",
            dot(0.1 * radius, 0.006),
            stalk,
            at=(stretch * radius - 0.003, 0, 0.97 * radius),
            rotation=(0, np.pi / 2, 0),
        ),
    )
    return ObjectSpec(
        category=CATEGORY, parts=parts, color={"watermelon": "", "cantaloupe": "", "honeydew": "yellow"}[sort]
    )
