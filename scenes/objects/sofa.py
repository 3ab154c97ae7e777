"""Sofas for two or three: block, slim or rolled arms, loose cushions, cloth or leather."""

import numpy as np

from scenes import draw
from scenes.craft.style import Style
from scenes.furnish.upholstery import seat
from scenes.model import ObjectSpec

__all__ = ["CATEGORY", "PLACE", "make"]

CATEGORY = "sofa"
PLACE = "floor"


def make(rng: np.random.Generator, style: Style) -> ObjectSpec:
    """Draw a sofa in the style of its scene."""
    return seat(rng, style, CATEGORY, draw.choice(rng, [2, 2, 3]))
