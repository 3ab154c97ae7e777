"""Extractor hoods on the wall: a flat canopy or a pyramid under a chimney; the back is at +y."""

import numpy as np

from scenes import draw
from scenes.craft.build import part
from scenes.craft.finishes import finish, metal, visible_material
from scenes.craft.style import Style
from scenes.craft.vessels import Level, hollow
from scenes.furnish.casework import box_part
from scenes.model import ObjectSpec

__all__ = ["CATEGORY", "PLACE", "make", "of_height"]

CATEGORY = "extractor hood"
PLACE = "wall"


def make(rng: np.random.Generator, style: Style) -> ObjectSpec:
    """Draw an extractor hood."""
    return of_height(rng, draw.uniform(rng, 0.7, 1.1))


def of_height(rng: np.random.Generator, height: float) -> ObjectSpec:
    """A hood whose chimney ends `height` metres above its lower edge."""
    if draw.chance(rng, 0.75):
        shell = metal(rng, "steel", polished=False)
    else:
        shell = finish(rng, "painted_metal", "metal", (0.04, 0.04, 0.042), roughness=0.4)
    width, depth = 0.596, 0.46
    dark = finish(rng, "brushed_metal", "steel", (0.35, 0.35, 0.36))
    parts = [box_part("filter", (-0.24, -0.19, 0), (0.24, 0.19, 0.006), dark)]
    if draw.chance(rng, 0.5):
        parts.append(
            box_part("canopy", (-width / 2, -depth / 2, 0.005), (width / 2, depth / 2, 0.06), shell, bevel=0.002)
        )
        base = 0.059
    else:
        levels = [Level(width, depth, 0.004, 0.005), Level(width, depth, 0.004, 0.05), Level(0.28, 0.27, 0.004, 0.25)]
        shape = hollow(levels, offset=[(0, 0), (0, 0), (0, (depth - 0.27) / 2)], steps=2)
        parts.append(part("canopy", shape, shell))
        base = 0.249
    parts.append(box_part("chimney", (-0.13, depth / 2 - 0.25, base), (0.13, depth / 2, height), shell, bevel=0.002))
    knob = metal(rng, "steel", polished=True)
    for k in range(3):
        at = -0.04 + 0.04 * k
        parts.append(
            box_part(
                f"button {k + 1}", (at - 0.01, -depth / 2 - 0.003, 0.02), (at + 0.01, -depth / 2 + 0.001, 0.034), knob
            )
        )
    return ObjectSpec(category=CATEGORY, parts=tuple(parts), material=visible_material(shell))
