"""Roller blinds before a window; the wall is at +y."""

import numpy as np

from scenes import draw
from scenes.colors import sample_color
from scenes.craft.build import part, tube
from scenes.craft.finishes import finish
from scenes.craft.style import Style
from scenes.furnish.casework import box_part
from scenes.model import ObjectSpec

__all__ = ["CATEGORY", "PLACE", "make", "of_size"]

CATEGORY = "blind"
PLACE = "wall"


def make(rng: np.random.Generator, style: Style) -> ObjectSpec:
    """Draw a blind in the style of its scene."""
    return of_size(rng, style, draw.uniform(rng, 0.8, 1.6), draw.uniform(rng, 0.3, 0.8))


def of_size(rng: np.random.Generator, style: Style, width: float, drop: float) -> ObjectSpec:
    """A blind `width` metres wide, drawn down by `drop`."""
    color_name = draw.choice(
        rng, ["white", "white", "beige", "beige", "gray", style.color_name(rng, allowed=("blue", "green", "teal"))]
    )
    cloth = finish(rng, "fabric", "fabric", sample_color(rng, color_name), scale=0.06, roughness=0.95)
    white = finish(rng, "plastic", "plastic", (0.92, 0.92, 0.91))
    half_width, top = width / 2, drop + 0.03
    parts = (
        box_part("bar", (-half_width + 0.01, -0.052, 0), (half_width - 0.01, -0.04, 0.022), white, bevel=0.003),
        box_part("cloth", (-half_width + 0.012, -0.0467, 0.01), (half_width - 0.012, -0.0455, top), cloth, bevel=0),
        part(
            "roll",
            tube([(-half_width + 0.006, -0.028, top), (half_width - 0.006, -0.028, top)], 0.021, count=2, segments=24),
            cloth,
        ),
        box_part("bracket 1", (-half_width, -0.05, top - 0.025), (-half_width + 0.008, 0, top + 0.025), white),
        box_part("bracket 2", (half_width - 0.008, -0.05, top - 0.025), (half_width, 0, top + 0.025), white),
    )
    return ObjectSpec(category=CATEGORY, parts=parts, color=color_name, material="fabric")
