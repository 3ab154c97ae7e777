"""Filled sacks lying flat, of paper or woven cloth, with sewn ends."""

import numpy as np

from scenes import draw
from scenes.base import Rgb
from scenes.colors import color_name_of
from scenes.craft.finishes import finish, vary
from scenes.craft.soft import pillow
from scenes.craft.style import Style
from scenes.furnish.casework import box_part
from scenes.model import ObjectSpec

__all__ = ["CATEGORY", "PLACE", "make"]

CATEGORY = "sack"
PLACE = "floor"


def make(rng: np.random.Generator, style: Style) -> ObjectSpec:
    """Draw a sack."""
    width, depth, height = draw.uniform(rng, 0.55, 0.78), draw.uniform(rng, 0.36, 0.46), draw.uniform(rng, 0.12, 0.19)
    color: Rgb = ((0.8, 0.72, 0.58), (0.88, 0.88, 0.85), (0.62, 0.5, 0.34), (0.52, 0.58, 0.5))[draw.integer(rng, 4)]
    woven = draw.chance(rng, 0.5)
    shade = vary(rng, color, 0.05)
    material = finish(
        rng, "fabric" if woven else "paper", "fabric" if woven else "paper", shade, scale=0.2, roughness=0.85
    )
    thread = finish(rng, "fabric", "thread", (0.5, 0.12, 0.1) if draw.chance(rng, 0.5) else (0.85, 0.83, 0.78))
    parts = [pillow("sack", (width, depth, height), material)]
    for k, side in enumerate((-1, 1), 1):
        low = (side * 0.485 * width - 0.006, -0.34 * depth, 0.5 * height - 0.008)
        parts.append(
            box_part(f"seam {k}", low, (low[0] + 0.012, 0.34 * depth, 0.5 * height + 0.012), thread, bevel=0.002)
        )
    return ObjectSpec(category=CATEGORY, parts=tuple(parts), color=color_name_of(shade), material=material.name)
