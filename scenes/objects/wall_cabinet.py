"""Kitchen cupboards for the wall; the back is at +y."""

import numpy as np

from scenes import draw
from scenes.craft.style import Style
from scenes.furnish.kitchen import sample_kitchen, wall_unit
from scenes.model import ObjectSpec

__all__ = ["CATEGORY", "PLACE", "make"]

CATEGORY = "wall cabinet"
PLACE = "wall"


def make(rng: np.random.Generator, style: Style) -> ObjectSpec:
    """Draw a wall cabinet in the style of its scene."""
    return wall_unit(sample_kitchen(rng, style), draw.uniform(rng, 0.4, 0.9), draw.uniform(rng, 0.6, 0.75))
