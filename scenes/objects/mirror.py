"""Wall mirrors: rectangular in a frame, round, or bare with a polished edge; the back is at +y."""

import numpy as np

from scenes import draw
from scenes.craft.build import part, plate_of
from scenes.craft.finishes import finish, metal, wood
from scenes.craft.outline import circle, rounded_rectangle
from scenes.craft.style import Style
from scenes.material import Material
from scenes.model import ObjectSpec

__all__ = ["CATEGORY", "PLACE", "make", "of_size"]

CATEGORY = "mirror"
PLACE = "wall"


def make(rng: np.random.Generator, style: Style) -> ObjectSpec:
    """Draw a mirror in the style of its scene."""
    return of_size(rng, style, draw.uniform(rng, 0.45, 0.9), draw.uniform(rng, 0.6, 1.1))


def of_size(rng: np.random.Generator, style: Style, width: float, height: float) -> ObjectSpec:
    """A mirror `width` by `height` metres, or a round one of the smaller width."""
    silver = finish(rng, "polished_metal", "mirror", (0.93, 0.94, 0.94), roughness=0.01)
    frame = _frame(rng, style)
    if draw.chance(rng, 0.35):
        outer, inner = circle(min(width, height) / 2, count=96), circle(min(width, height) / 2 - 0.014, count=96)
    else:
        corner = draw.choice(rng, [0.004, 0.03])
        bar = draw.uniform(rng, 0.006, 0.03)
        outer = rounded_rectangle(width, height, corner)
        inner = rounded_rectangle(width - 2 * bar, height - 2 * bar, max(corner - bar, 0.003))
    rotation = (np.pi / 2, 0.0, 0.0)
    parts = (
        part("frame", plate_of(outer, 0.022), frame, rotation=rotation, bevel=0.002),
        part("glass", plate_of(inner, 0.004), silver, at=(0, -0.0205, 0), rotation=rotation, bevel=0.0008),
    )
    return ObjectSpec(category=CATEGORY, parts=parts, material="glass")


def _frame(rng: np.random.Generator, style: Style) -> Material:
    chance = rng.random()
    if chance < 0.4:
        return metal(rng, "black" if draw.chance(rng, 0.6) else style.metal)
    return wood(rng, style.wood) if chance < 0.75 else finish(rng, "painted_wood", "wood", (0.92, 0.91, 0.9))
