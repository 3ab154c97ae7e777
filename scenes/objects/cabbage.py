"""Cabbages: a ball of leaves that lie over one another, white, red or savoy."""

import numpy as np

from scenes import draw
from scenes.base import Rgb
from scenes.craft.build import part
from scenes.craft.finishes import finish, tint, vary
from scenes.craft.style import Style
from scenes.model import ObjectSpec
from scenes.shapes import Cylinder, Displace, Sphere

__all__ = ["CATEGORY", "PLACE", "make"]

CATEGORY = "cabbage"
PLACE = "shop"
_LEAVES: dict[str, Rgb] = {"white": (0.68, 0.78, 0.5), "savoy": (0.28, 0.45, 0.18), "red": (0.36, 0.16, 0.3)}


def make(rng: np.random.Generator, style: Style) -> ObjectSpec:
    """Draw a cabbage."""
    sort = draw.choice(rng, list(_LEAVES), p=(0.45, 0.35, 0.2))
    radius, color = draw.uniform(rng, 0.07, 0.1), vary(rng, _LEAVES[sort], 0.05)
    crinkled = 0.007 if sort == "savoy" else 0.003
    parts = [
        part(
            "stump",
            Cylinder(radius=0.2 * radius, height=0.3 * radius, segments=20),
            finish(rng, "matte_plastic", "stump", (0.8, 0.8, 0.62)),
        )
    ]
    for k in range(8):
        # Balls of nearly one size about different middles: each shows as a leaf over those before.
        leaf = finish(
            rng,
            "leaf",
            "leaf",
            tint(vary(rng, color, 0.07), (0.85, 0.88, 0.7), 0.25 if k % 3 == 0 else 0.0),
            scale=0.12,
        )
        x, y, z = rng.normal(0, 0.05 * radius, 3)
        shape = Sphere(radii=(radius, radius * draw.uniform(rng, 0.94, 1.0), 0.9 * radius), segments=40)
        parts.append(
            part(
                f"leaf {k + 1}",
                shape,
                leaf,
                at=(x, y, 0.08 * radius + z),
                rotation=(0.0, 0.0, draw.uniform(rng, 0, 6)),
                modifiers=(Displace(strength=crinkled, scale=0.035, seed=draw.integer(rng, 1000)),),
            )
        )
    return ObjectSpec(category=CATEGORY, parts=tuple(parts), color="green" if sort == "savoy" else "")
