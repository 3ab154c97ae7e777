"""Worktops by the metre."""

import numpy as np

from scenes import draw
from scenes.craft.style import Style
from scenes.furnish.kitchen import sample_kitchen, worktop
from scenes.model import ObjectSpec

__all__ = ["CATEGORY", "PLACE", "make"]

CATEGORY = "countertop"
PLACE = "furniture"


def make(rng: np.random.Generator, style: Style) -> ObjectSpec:
    """Draw a countertop in the style of its scene."""
    return worktop(sample_kitchen(rng, style), draw.uniform(rng, 0.6, 3.0), draw.uniform(rng, 0.6, 0.65))
