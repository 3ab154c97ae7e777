"""People on foot: standing, walking, waiting; see `scenes.people`."""

import numpy as np

from scenes import draw
from scenes.craft.style import Style
from scenes.model import ObjectSpec
from scenes.people.person import CATEGORY, make_person

__all__ = ["CATEGORY", "PLACE", "make"]

PLACE = "street"
_POSES = {"stand": 0.25, "walk": 0.4, "phone": 0.12, "carry": 0.08, "pockets": 0.1, "folded": 0.05}


def make(rng: np.random.Generator, style: Style) -> ObjectSpec:
    """Draw a person in the style of its scene."""
    del style
    return make_person(rng, draw.choice(rng, list(_POSES), p=list(_POSES.values())))
