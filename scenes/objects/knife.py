"""Table knives lying on the flat of the blade."""

import numpy as np

from scenes import draw
from scenes.craft.build import part, plate_of
from scenes.craft.curve import spline
from scenes.craft.cutlery import cutlery_metal, handle
from scenes.craft.style import Style
from scenes.model import ObjectSpec

__all__ = ["CATEGORY", "make"]

CATEGORY = "knife"


def make(rng: np.random.Generator, style: Style) -> ObjectSpec:
    """Draw a knife in the style of its scene."""
    size = draw.uniform(rng, 0.19, 0.24)
    material, grip = cutlery_metal(rng, style)
    start, width = size * draw.uniform(rng, 0.42, 0.5), draw.uniform(rng, 0.0085, 0.0105)
    back = spline(
        [
            (start - 0.012, 0.0042),
            (start + 0.01, 0.0052),
            (0.7 * size, 0.9 * width),
            (size - 0.012, 0.85 * width),
            (size, 0.2 * width),
        ],
        24,
    )
    edge = spline(
        [
            (size, 0.2 * width),
            (size - 0.01, -0.62 * width),
            (0.75 * size, -width),
            (start + 0.012, -0.0052),
            (start - 0.012, -0.0042),
        ],
        24,
    )
    blade = plate_of(np.concatenate([back, edge[1:]])[::-1], 0.0016)
    parts = (
        handle(rng, start, grip, material, z=0.0032),
        part("blade", blade, material, at=(0, 0, 0.0024), bevel=0.0006),
    )
    return ObjectSpec(category=CATEGORY, parts=parts, material="metal")
