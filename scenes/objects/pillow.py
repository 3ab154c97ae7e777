"""Pillows for beds and scatter cushions for sofas, lying flat."""

import numpy as np

from scenes import draw
from scenes.colors import sample_color
from scenes.craft.soft import pillow
from scenes.craft.style import Style
from scenes.craft.textiles import THROWS, textile
from scenes.model import ObjectSpec

__all__ = ["CATEGORY", "PLACE", "make", "of_size"]

CATEGORY = "pillow"
PLACE = "furniture"
_COLOR_NAMES = ("white", "beige", "blue", "green", "teal", "orange", "yellow", "gray", "pink", "red", "brown")


def make(rng: np.random.Generator, style: Style) -> ObjectSpec:
    """Draw a pillow in the style of its scene."""
    if draw.chance(rng, 0.4):
        return of_size(
            rng, style, (draw.uniform(rng, 0.62, 0.74), draw.uniform(rng, 0.42, 0.5), draw.uniform(rng, 0.13, 0.18))
        )
    side = draw.uniform(rng, 0.38, 0.5)
    return of_size(rng, style, (side, side * draw.uniform(rng, 0.7, 1.0), draw.uniform(rng, 0.12, 0.16)))


def of_size(
    rng: np.random.Generator, style: Style, size: tuple[float, float, float], *, color_name: str = ""
) -> ObjectSpec:
    """A pillow of the given size, in a colour of the style."""
    color_name = color_name or style.color_name(rng, allowed=_COLOR_NAMES, stray=0.35)
    material = textile(rng, sample_color(rng, color_name), THROWS)
    x, y, z = (float(side) for side in size)
    return ObjectSpec(
        category=CATEGORY, parts=(pillow("pillow", (x, y, z), material),), color=color_name, material="fabric"
    )
