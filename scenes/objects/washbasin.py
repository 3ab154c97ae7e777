"""Washbasins: on a vanity cabinet, or on a pedestal; the wall is at +y, taps are things of their own."""

import numpy as np

from scenes import draw
from scenes.craft.build import part
from scenes.craft.finishes import finish, metal, vary
from scenes.craft.style import Style
from scenes.craft.vessels import Level, hollow
from scenes.furnish.casework import FrontRow, box_part, fronts, sample_joinery
from scenes.material import Material
from scenes.model import ObjectSpec, Part
from scenes.shapes import Cylinder

__all__ = ["CATEGORY", "PLACE", "make"]

CATEGORY = "washbasin"
PLACE = "floor"


def make(rng: np.random.Generator, style: Style) -> ObjectSpec:
    """Draw a washbasin in the style of its scene."""
    white = finish(rng, "porcelain", "porcelain", vary(rng, (0.94, 0.94, 0.93), 0.01), roughness=0.07)
    height = draw.uniform(rng, 0.82, 0.88)
    if draw.chance(rng, 0.3):
        return _pedestal(rng, white, height)
    width, depth = draw.uniform(rng, 0.6, 1.1), draw.uniform(rng, 0.46, 0.5)
    joinery = sample_joinery(rng, style, painted=0.6)
    half_width, half_depth, bottom = width / 2, depth / 2, draw.choice(rng, [0.12, 0.28])
    thickness = 0.13
    body = height - thickness
    parts = [
        box_part(
            "body",
            (-half_width + 0.01, -half_depth + 0.02, bottom),
            (half_width - 0.01, half_depth, body + 0.002),
            joinery.body,
        ),
        box_part(
            "plinth",
            (-half_width + 0.05, -half_depth + 0.08, 0),
            (half_width - 0.05, half_depth - 0.02, bottom + 0.001),
            joinery.body,
        ),
    ]
    count = 1 if width < 0.7 else 2
    middle = (bottom + body) / 2
    rows = [FrontRow(bottom + 0.004, body - 0.002, count, "door")]
    if draw.chance(rng, 0.6):
        rows = [FrontRow(bottom + 0.004, middle, 1, "drawer"), FrontRow(middle, body - 0.002, 1, "drawer")]
    parts += fronts(joinery, (-half_width + 0.011, half_width - 0.011), -half_depth + 0.021, rows)
    parts += _basin(rng, white, width, depth, body, height)
    return ObjectSpec(category=CATEGORY, parts=tuple(parts), color=joinery.color_name, material=joinery.material)


def _basin(
    rng: np.random.Generator, white: Material, width: float, depth: float, bottom: float, top: float
) -> list[Part]:
    """A ceramic top with its bowl toward the front; behind the bowl is where the tap stands."""
    bowl_width = min(0.52, width - 0.1)
    bowl_depth, shift = depth - 0.15, -0.045
    levels: list[Level] = [
        Level(width - 0.04, depth - 0.03, 0.02, bottom),
        Level(width, depth, 0.02, top - 0.03),
        Level(width, depth, 0.02, top - 0.004),
        Level(width - 0.006, depth - 0.006, 0.02, top),
        Level(bowl_width, bowl_depth, 0.11, top),
        Level(bowl_width - 0.012, bowl_depth - 0.012, 0.11, top - 0.01),
        Level(bowl_width - 0.06, bowl_depth - 0.05, 0.1, top - 0.07),
        Level(bowl_width - 0.2, bowl_depth - 0.15, 0.06, top - 0.108),
    ]
    offset = [(0.0, 0.0)] * 4 + [(0.0, shift)] * 4
    chrome = metal(rng, "steel", polished=True)
    drain = part("drain", Cylinder(radius=0.022, height=0.004), chrome, at=(0, shift, top - 0.109))
    return [part("basin", hollow(levels, offset=offset, steps=8), white), drain]


def _pedestal(rng: np.random.Generator, white: Material, height: float) -> ObjectSpec:
    width, depth = draw.uniform(rng, 0.5, 0.62), draw.uniform(rng, 0.42, 0.48)
    levels: list[Level] = [
        Level(0.22, 0.2, 0.08, 0.0),
        Level(0.17, 0.16, 0.07, 0.1),
        Level(0.18, 0.17, 0.07, 0.5),
        Level(0.24, 0.22, 0.09, height - 0.12),
    ]
    column = part("pedestal", hollow(levels, steps=8), white, at=(0, 0.06, 0))
    parts = (column, *_basin(rng, white, width, depth, height - 0.13, height))
    return ObjectSpec(category=CATEGORY, parts=parts, color="white", material="ceramic")
