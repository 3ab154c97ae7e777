"""Flat televisions on two feet or a foot plate, mostly off."""

import numpy as np

from scenes import draw
from scenes.craft.build import part, slab, tube
from scenes.craft.finishes import finish
from scenes.craft.style import Style
from scenes.furnish.casework import box_part
from scenes.model import ObjectSpec

__all__ = ["CATEGORY", "PLACE", "make"]

CATEGORY = "television"
PLACE = "furniture"


def make(rng: np.random.Generator, style: Style) -> ObjectSpec:
    """Draw a television."""
    width = draw.uniform(rng, 0.9, 1.45)
    height, thickness = width * 0.575, draw.uniform(rng, 0.03, 0.05)
    shell = finish(rng, "plastic", "plastic", (0.03, 0.03, 0.033), roughness=0.3)
    screen = finish(rng, "plastic", "screen", (0.012, 0.012, 0.015), roughness=0.07)
    lift, rim = draw.uniform(rng, 0.05, 0.09), draw.uniform(rng, 0.006, 0.014)
    half_thickness = thickness / 2
    parts = [
        box_part(
            "body",
            (-width / 2, -half_thickness, lift),
            (width / 2, half_thickness * 0.2, lift + height),
            shell,
            bevel=0.003,
        ),
        box_part(
            "bulge",
            (-0.4 * width, 0, lift + 0.06),
            (0.4 * width, half_thickness + 0.02, lift + 0.6 * height),
            shell,
            bevel=0.012,
        ),
        box_part(
            "screen",
            (-width / 2 + rim, -half_thickness - 0.0008, lift + rim + 0.008),
            (width / 2 - rim, -half_thickness + 0.001, lift + height - rim),
            screen,
            bevel=0.0003,
        ),
    ]
    if draw.chance(rng, 0.6):
        for k, side in enumerate((-1, 1), 1):
            x = side * 0.36 * width
            for number, end in enumerate((-0.12, 0.12), 1):
                foot = [(x, 0, lift + 0.012), (x + 0.02 * side, 0.6 * end, 0.4 * lift), (x + 0.03 * side, end, 0.006)]
                parts.append(part(f"foot {k}{number}", tube(foot, 0.006, count=10, segments=10), shell))
    else:
        parts.append(part("foot", slab(0.32 * width, 0.22, 0.012, corner=0.05, edge=0.004), shell))
        parts.append(box_part("neck", (-0.05, -0.015, 0.01), (0.05, 0.015, lift + 0.02), shell))
    return ObjectSpec(category=CATEGORY, parts=tuple(parts), color="black", material="plastic")
