"""Low cabinets for a television: doors and open bays on a plinth or feet."""

import numpy as np

from scenes import draw
from scenes.craft.style import Style
from scenes.furnish.casework import FrontRow, box_part, carcass_feet, fronts, sample_joinery
from scenes.model import ObjectSpec, PartRole

__all__ = ["CATEGORY", "PLACE", "make"]

CATEGORY = "tv stand"
PLACE = "floor"


def make(rng: np.random.Generator, style: Style) -> ObjectSpec:
    """Draw a TV stand in the style of its scene."""
    joinery = sample_joinery(rng, style)
    width, depth, height = draw.uniform(rng, 1.2, 1.9), draw.uniform(rng, 0.36, 0.45), draw.uniform(rng, 0.4, 0.58)
    half_width, half_depth, foot = width / 2, depth / 2, draw.uniform(rng, 0.05, 0.15)
    bay = half_width * draw.uniform(rng, 0.3, 0.42)
    thickness = 0.02
    parts = carcass_feet(rng, style, width - 0.06, depth - 0.04, foot)
    parts += [
        box_part(
            PartRole.TOP,
            (-half_width, -half_depth, height - thickness),
            (half_width, half_depth, height),
            joinery.body,
            bevel=0.003,
        ),
        box_part(
            "bottom", (-half_width, -half_depth + 0.002, foot), (half_width, half_depth, foot + thickness), joinery.body
        ),
        box_part(
            "back",
            (-half_width + thickness, half_depth - 0.012, foot + thickness - 0.001),
            (half_width - thickness, half_depth - 0.002, height - thickness + 0.001),
            joinery.body,
        ),
        box_part(
            PartRole.SHELF.numbered(1),
            (-bay, -half_depth + 0.01, (foot + height) / 2),
            (bay, half_depth - 0.01, (foot + height) / 2 + 0.016),
            joinery.body,
        ),
    ]
    for k, at in enumerate((-half_width, -bay - thickness, bay, half_width - thickness), 1):
        parts.append(
            box_part(
                f"upright {k}",
                (at, -half_depth + 0.004, foot + thickness - 0.001),
                (at + thickness, half_depth - 0.003, height - thickness + 0.001),
                joinery.body,
            )
        )
    doors = [FrontRow(foot + 0.004, height - thickness - 0.002, 1, "door" if draw.chance(rng, 0.6) else "drawer")]
    parts += fronts(joinery, (-half_width + 0.002, -bay - 0.001), -half_depth + 0.005, doors, prefix="left ")
    parts += fronts(joinery, (bay + 0.001, half_width - 0.002), -half_depth + 0.005, doors, prefix="right ")
    return ObjectSpec(category=CATEGORY, parts=tuple(parts), color=joinery.color_name, material=joinery.material)
