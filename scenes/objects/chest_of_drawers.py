"""Chests of drawers: three to five rows, one or two wide, on a plinth or feet."""

import itertools

import numpy as np

from scenes import draw
from scenes.craft.style import Style
from scenes.furnish.casework import FrontRow, box_part, carcass_feet, fronts, sample_joinery
from scenes.model import ObjectSpec, PartRole

__all__ = ["CATEGORY", "PLACE", "make"]

CATEGORY = "chest of drawers"
PLACE = "floor"


def make(rng: np.random.Generator, style: Style) -> ObjectSpec:
    """Draw a chest of drawers in the style of its scene."""
    joinery = sample_joinery(rng, style)
    columns = draw.integer(rng, 1, 3)
    width = draw.uniform(rng, 0.48, 0.8) if columns == 1 else draw.uniform(rng, 0.95, 1.5)
    depth, height = draw.uniform(rng, 0.4, 0.5), draw.uniform(rng, 0.72, 1.1)
    rows = round((height - 0.1) / draw.uniform(rng, 0.18, 0.26))
    half_width, half_depth, foot = width / 2, depth / 2, draw.uniform(rng, 0.06, 0.14)
    parts = (
        carcass_feet(rng, style, width, depth - 0.03, foot, middle=0.015)
        if draw.chance(rng, 0.6)
        else [
            box_part(
                "plinth",
                (-half_width + 0.03, -half_depth + 0.04, 0),
                (half_width - 0.03, half_depth - 0.02, foot + 0.001),
                joinery.body,
            )
        ]
    )
    parts += [
        box_part(
            "body",
            (-half_width + 0.005, -half_depth + 0.02, foot),
            (half_width - 0.005, half_depth, height - 0.024),
            joinery.body,
        ),
        box_part(
            PartRole.TOP,
            (-half_width, -half_depth - 0.006, height - 0.025),
            (half_width, half_depth, height),
            joinery.body,
            bevel=0.004,
        ),
    ]
    edges = foot + 0.012 + (height - 0.037 - foot) * np.linspace(0, 1, rows + 1)
    grid = [
        FrontRow(float(bottom), float(top), columns if k < rows - 1 or columns == 1 else columns + 1, "drawer")
        for k, (bottom, top) in enumerate(itertools.pairwise(edges))
    ]
    parts += fronts(joinery, (-half_width + 0.012, half_width - 0.012), -half_depth + 0.021, grid)
    return ObjectSpec(category=CATEGORY, parts=tuple(parts), color=joinery.color_name, material=joinery.material)
