"""Waste bins: round with a pedal, or an open tapered one."""

import numpy as np

from scenes import draw
from scenes.colors import sample_color
from scenes.craft.build import lathe, part
from scenes.craft.finishes import finish, metal, visible_material
from scenes.craft.style import Style
from scenes.furnish.casework import box_part
from scenes.model import ObjectSpec

__all__ = ["CATEGORY", "PLACE", "make"]

CATEGORY = "waste bin"
PLACE = "floor"


def make(rng: np.random.Generator, style: Style) -> ObjectSpec:
    """Draw a waste bin in the style of its scene."""
    color_name = style.color_name(rng, allowed=("black", "white", "gray", "red", "teal", "green"))
    paint = finish(rng, "painted_metal", "metal", sample_color(rng, color_name), roughness=0.35)
    radius, height = draw.uniform(rng, 0.11, 0.15), draw.uniform(rng, 0.26, 0.42)
    if draw.chance(rng, 0.5):
        foot = 0.8 * radius
        shape = [(0, 0), (foot, 0), (radius, height), (radius - 0.003, height), (foot - 0.003, 0.006), (0, 0.006)]
        return ObjectSpec(category=CATEGORY, parts=(part("bin", lathe(shape), paint),), color=color_name)
    shell = metal(rng, "steel", polished=False) if draw.chance(rng, 0.5) else paint
    dark = finish(rng, "matte_plastic", "plastic", (0.05, 0.05, 0.05))
    height *= 1.3
    dome = [
        (0, height - 0.04),
        (radius + 0.002, height - 0.04),
        (radius + 0.002, height - 0.02),
        (0.75 * radius, height),
        (0, height + 0.008),
    ]
    parts = (
        part("base", lathe([(0, 0), (radius, 0), (radius, 0.03), (0, 0.03)]), dark),
        part(
            "body",
            lathe([(0, 0.029), (radius - 0.002, 0.029), (radius - 0.002, height - 0.039), (0, height - 0.039)]),
            shell,
        ),
        part("lid", lathe(dome), shell),
        box_part("pedal", (-0.03, -radius - 0.04, 0.008), (0.03, -radius + 0.01, 0.018), dark, bevel=0.003),
    )
    return ObjectSpec(
        category=CATEGORY, parts=parts, color=color_name if shell is paint else "", material=visible_material(shell)
    )
