"""Bedside tables: a drawer or two over an open shelf or a door, or a small round table."""

import numpy as np

from scenes import draw
from scenes.craft.build import part, plate_of, tube
from scenes.craft.finishes import metal
from scenes.craft.outline import circle
from scenes.craft.style import Style
from scenes.furnish.casework import FrontRow, box_part, carcass_feet, fronts, sample_joinery
from scenes.model import ObjectSpec, PartRole

__all__ = ["CATEGORY", "PLACE", "make"]

CATEGORY = "nightstand"
PLACE = "floor"


def make(rng: np.random.Generator, style: Style) -> ObjectSpec:
    """Draw a nightstand in the style of its scene."""
    joinery = sample_joinery(rng, style)
    height = draw.uniform(rng, 0.45, 0.62)
    if draw.chance(rng, 0.2):
        radius = draw.uniform(rng, 0.19, 0.24)
        leg_material = metal(rng, "black" if draw.chance(rng, 0.6) else style.metal)
        parts = [
            part(
                PartRole.TOP,
                plate_of(circle(radius, count=64), 0.022),
                joinery.body,
                at=(0, 0, height - 0.022),
                bevel=0.005,
            )
        ]
        for k in range(3):
            angle = 2 * np.pi * k / 3 + 0.5
            way = np.array([np.cos(angle), np.sin(angle), 0.0])
            path = [way * 0.95 * radius, way * 0.55 * radius + [0, 0, height - 0.02]]
            parts.append(part(f"leg {k + 1}", tube(path, 0.009, count=2, segments=12), leg_material))
        return ObjectSpec(category=CATEGORY, parts=tuple(parts), color=joinery.color_name, material=joinery.material)
    width, depth, foot = draw.uniform(rng, 0.38, 0.55), draw.uniform(rng, 0.34, 0.42), draw.uniform(rng, 0.08, 0.2)
    half_width, half_depth = width / 2, depth / 2
    drawer = height - 0.02 - draw.uniform(rng, 0.13, 0.17)
    open_below = draw.chance(rng, 0.5)
    parts = carcass_feet(rng, style, width, depth - 0.03, foot, middle=0.01)
    parts += [
        box_part(
            PartRole.TOP,
            (-half_width, -half_depth, height - 0.021),
            (half_width, half_depth, height),
            joinery.body,
            bevel=0.004,
        )
    ]
    if open_below:
        parts += [
            box_part(
                "bottom",
                (-half_width + 0.004, -half_depth + 0.015, foot),
                (half_width - 0.004, half_depth - 0.002, foot + 0.018),
                joinery.body,
            ),
            box_part(
                "left side",
                (-half_width + 0.004, -half_depth + 0.015, foot + 0.0175),
                (-half_width + 0.022, half_depth - 0.002, height - 0.02),
                joinery.body,
            ),
            box_part(
                "right side",
                (half_width - 0.022, -half_depth + 0.015, foot + 0.0175),
                (half_width - 0.004, half_depth - 0.002, height - 0.02),
                joinery.body,
            ),
            box_part(
                "back",
                (-half_width + 0.02, half_depth - 0.02, foot + 0.01),
                (half_width - 0.02, half_depth - 0.008, height - 0.02),
                joinery.body,
            ),
            box_part(
                "box",
                (-half_width + 0.02, -half_depth + 0.02, drawer),
                (half_width - 0.02, half_depth - 0.018, height - 0.02),
                joinery.body,
            ),
        ]
        rows = [FrontRow(drawer, height - 0.024, 1, "drawer")]
    else:
        parts.append(
            box_part(
                "body",
                (-half_width + 0.004, -half_depth + 0.02, foot),
                (half_width - 0.004, half_depth - 0.002, height - 0.02),
                joinery.body,
            )
        )
        middle = (foot + drawer + 0.02) / 2
        rows = [FrontRow(foot + 0.01, middle, 1, "drawer"), FrontRow(middle, height - 0.024, 1, "drawer")]
    parts += fronts(joinery, (-half_width + 0.022, half_width - 0.022), -half_depth + 0.021, rows)
    return ObjectSpec(category=CATEGORY, parts=tuple(parts), color=joinery.color_name, material=joinery.material)
