"""Spoons: a shallow oval bowl on a slim handle, lying on its back."""

import numpy as np

from scenes import draw
from scenes.craft.build import lathe, part, tube
from scenes.craft.curve import spline
from scenes.craft.cutlery import cutlery_metal, handle
from scenes.craft.style import Style
from scenes.model import ObjectSpec, PartRole

__all__ = ["CATEGORY", "make"]

CATEGORY = "spoon"


def make(rng: np.random.Generator, style: Style) -> ObjectSpec:
    """Draw a spoon in the style of its scene."""
    size = draw.uniform(rng, 0.135, 0.205)
    material, grip = cutlery_metal(rng, style)
    length, width = 0.145 * size, 0.105 * size
    depth = 0.36 * width
    start = size - 2 * length
    outer = spline([(0.0, 0.0), (0.5, 0.16), (0.86, 0.6), (1.0, 1.0)], 18) * [width, depth]
    outer[0, 0] = 0.0
    inner = outer[::-1] * [0.955, 0.93] + [0, 0.0011]
    inner[0, 1] = outer[-1, 1] + 0.0001
    inner[-1, 0] = 0.0
    bowl = part(
        PartRole.BOWL,
        lathe(np.concatenate([outer, inner]), segments=48),
        material,
        at=(size - length, 0, 0),
        scale=(length / width, 1.0, 1.0),
    )
    neck = [(start - 0.014, 0, depth + 0.002), (start - 0.004, 0, depth + 0.0012), (start + 0.005, 0, depth - 0.0012)]
    parts = (
        handle(rng, start - 0.002, grip, material, z=depth + 0.0022),
        part("neck", tube(neck, [0.0034, 0.0036, 0.0044], count=10, aspect=0.4, segments=14), material),
        bowl,
    )
    return ObjectSpec(category=CATEGORY, parts=parts, material="metal")
