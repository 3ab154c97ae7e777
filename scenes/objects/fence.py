"""A length of wooden fence: posts with two or three rails, or split rails."""

import numpy as np

from scenes import draw
from scenes.craft.build import part, tube
from scenes.craft.finishes import finish, vary
from scenes.craft.style import Style
from scenes.model import ObjectSpec, Part
from scenes.shapes import Box

__all__ = ["CATEGORY", "PLACE", "make"]

CATEGORY = "fence"
PLACE = "outdoors"


def make(rng: np.random.Generator, style: Style) -> ObjectSpec:
    """Draw a fence."""
    gray = finish(
        rng,
        "wood",
        "wood",
        vary(rng, (0.47, 0.41, 0.34), 0.1),
        accent=(0.3, 0.26, 0.22),
        scale=0.12,
        roughness=0.9,
        wear=0.5,
    )
    bays, width, height = draw.integer(rng, 2, 4), draw.uniform(rng, 1.8, 2.4), draw.uniform(rng, 1.0, 1.3)
    round_posts = draw.chance(rng, 0.5)
    parts: list[Part] = []
    for k in range(bays + 1):
        x = (k - bays / 2) * width
        if round_posts:
            parts.append(
                part(f"post {k + 1}", tube([(x, 0, 0), (x, 0, height)], [0.06, 0.052], count=3, segments=12), gray)
            )
        else:
            parts.append(part(f"post {k + 1}", Box(size=(0.1, 0.1, height)), gray, at=(x, 0, 0), bevel=0.006))
    rails = draw.integer(rng, 2, 4)
    for row, z in enumerate(np.linspace(0.36, height - 0.14, rails)):
        for k in range(bays):
            x, tip = (k - bays / 2 + 0.5) * width, draw.normal(rng, 0, 0.012)
            if round_posts:
                ends = [(x - 0.515 * width, 0, z - tip), (x, 0, z - 0.01), (x + 0.515 * width, 0, z + tip)]
                parts.append(
                    part(f"rail {row + 1}-{k + 1}", tube(ends, [0.04, 0.045, 0.038], count=5, segments=10), gray)
                )
            else:
                board = Box(size=(1.02 * width, 0.03, 0.11))
                parts.append(
                    part(f"rail {row + 1}-{k + 1}", board, gray, at=(x, -0.06, float(z) - 0.05 + tip), bevel=0.004)
                )
    return ObjectSpec(category=CATEGORY, parts=tuple(parts), material="wood")
