"""Table forks: a flat handle, a neck, four tines that curve up."""

import numpy as np

from scenes import draw
from scenes.craft.build import part, tube
from scenes.craft.cutlery import cutlery_metal, handle
from scenes.craft.style import Style
from scenes.model import ObjectSpec

__all__ = ["CATEGORY", "make"]

CATEGORY = "fork"


def make(rng: np.random.Generator, style: Style) -> ObjectSpec:
    """Draw a fork in the style of its scene."""
    size = draw.uniform(rng, 0.168, 0.208)
    material, grip = cutlery_metal(rng, style)
    palm, prong = 0.26 * size, 0.23 * size
    start = size - palm - prong + 0.012
    parts = [handle(rng, start, grip, material)]
    lift = 0.0045
    head = [
        (start - 0.012, 0, lift + 0.001),
        (start + 0.3 * palm, 0, lift - 0.001),
        (start + 0.75 * palm, 0, 0.002),
        (start + palm, 0, 0.0022),
    ]
    width = draw.uniform(rng, 0.0105, 0.0125)
    parts.append(
        part("neck", tube(head, [0.0034, 0.0042, 0.8 * width, width], count=16, aspect=0.13, segments=20), material)
    )
    for number, y in enumerate(np.linspace(-0.78, 0.78, 4) * width, 1):
        tip = (start + palm + 0.68 * prong, 0.94 * y, 0.0075)
        tine = [(start + palm - 0.008, y, 0.0021), (start + palm + 0.3 * prong, y, 0.0028), tip]
        parts.append(
            part(f"tine {number}", tube(tine, [0.0017, 0.0016, 0.0008], count=10, aspect=0.7, segments=10), material)
        )
    return ObjectSpec(category=CATEGORY, parts=tuple(parts), material="metal")
