"""Wardrobes: two to four doors, drawers below at times, sliding mirror doors now and then."""

import numpy as np

from scenes import draw
from scenes.craft.finishes import finish
from scenes.craft.style import Style
from scenes.furnish.casework import FrontRow, box_part, fronts, sample_joinery
from scenes.model import ObjectSpec

__all__ = ["CATEGORY", "PLACE", "make"]

CATEGORY = "wardrobe"
PLACE = "floor"


def make(rng: np.random.Generator, style: Style) -> ObjectSpec:
    """Draw a wardrobe in the style of its scene."""
    joinery = sample_joinery(rng, style, painted=0.6)
    doors = draw.integer(rng, 2, 5)
    width, depth, height = (
        doors * draw.uniform(rng, 0.4, 0.52),
        draw.uniform(rng, 0.54, 0.62),
        draw.uniform(rng, 1.85, 2.2),
    )
    half_width, half_depth = width / 2, depth / 2
    parts = [
        box_part(
            "plinth",
            (-half_width + 0.03, -half_depth + 0.05, 0),
            (half_width - 0.03, half_depth - 0.02, 0.072),
            joinery.body,
        ),
        box_part(
            "body", (-half_width, -half_depth + 0.02, 0.07), (half_width, half_depth, height - 0.029), joinery.body
        ),
        box_part(
            "cornice",
            (-half_width - 0.012, -half_depth - 0.006, height - 0.03),
            (half_width + 0.012, half_depth, height),
            joinery.body,
            bevel=0.006,
        ),
    ]
    split = 0.45 if draw.chance(rng, 0.35) else 0.075
    rows = [FrontRow(split, height - 0.03, doors, "door")]
    if split > 0.1:
        rows.insert(0, FrontRow(0.075, split, max(1, doors // 2), "drawer"))
    parts += fronts(joinery, (-half_width + 0.004, half_width - 0.004), -half_depth + 0.021, rows)
    if draw.chance(rng, 0.25):
        door_width = (width - 0.008) / doors
        glass = finish(rng, "polished_metal", "mirror", (0.93, 0.94, 0.94), roughness=0.01)
        left = -half_width + 0.004 + door_width * (doors // 2)
        low, high = (
            (left + 0.07, -half_depth - 0.004, split + 0.08),
            (left + door_width - 0.07, -half_depth + 0.004, height - 0.12),
        )
        if not joinery.panelled:
            parts.append(box_part("mirror", low, high, glass, bevel=0.001))
    return ObjectSpec(category=CATEGORY, parts=tuple(parts), color=joinery.color_name, material=joinery.material)
