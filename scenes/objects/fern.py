"""Ferns: a rosette of arching feathered fronds."""

import numpy as np

from scenes import draw
from scenes.craft.build import part
from scenes.craft.finishes import finish, vary
from scenes.craft.style import Style
from scenes.model import ObjectSpec
from scenes.nature.specs import Petals

__all__ = ["CATEGORY", "PLACE", "make"]

CATEGORY = "fern"
PLACE = "outdoors"


def make(rng: np.random.Generator, style: Style) -> ObjectSpec:
    """Draw a fern."""
    green = finish(
        rng,
        "leaves",
        "leaf",
        vary(rng, (0.27, 0.4, 0.13), 0.12),
        accent=(0.5, 0.4, 0.16),
        scale=0.3,
        wear=draw.uniform(rng, 0, 0.15),
    )
    length = draw.uniform(rng, 0.4, 0.85)
    fronds = Petals(
        seed=draw.integer(rng, 2**31),
        count=draw.integer(rng, 14, 24),
        long=round(length, 3),
        broad=round(0.34 * length, 3),
        lift=draw.uniform(rng, 0.9, 1.15),
        bend=draw.uniform(rng, 0.8, 1.3),
        whorls=2,
        jitter=0.16,
        feathered=True,
    )
    return ObjectSpec(category=CATEGORY, parts=(part("fronds", fronds, green),), color="green")
