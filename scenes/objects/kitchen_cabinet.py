"""Base cabinets of a fitted kitchen, without their worktop."""

import numpy as np

from scenes import draw
from scenes.craft.style import Style
from scenes.furnish.kitchen import base_unit, sample_kitchen
from scenes.model import ObjectSpec

__all__ = ["CATEGORY", "PLACE", "make"]

CATEGORY = "kitchen cabinet"
PLACE = "floor"


def make(rng: np.random.Generator, style: Style) -> ObjectSpec:
    """Draw a kitchen cabinet in the style of its scene."""
    return base_unit(rng, sample_kitchen(rng, style), draw.uniform(rng, 0.45, 1.0))
