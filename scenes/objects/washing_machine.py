"""Front-loading washing machines: a round door, a drawer, a dial; the front is at -y."""

import numpy as np

from scenes import draw
from scenes.craft.build import dot, lathe, part
from scenes.craft.finishes import finish, metal, vary
from scenes.craft.style import Style
from scenes.furnish.casework import box_part
from scenes.model import ObjectSpec

__all__ = ["CATEGORY", "PLACE", "make"]

CATEGORY = "washing machine"
PLACE = "floor"


def make(rng: np.random.Generator, style: Style) -> ObjectSpec:
    """Draw a washing machine."""
    white = finish(rng, "painted_metal", "metal", vary(rng, (0.92, 0.92, 0.92), 0.015), roughness=0.25)
    panel = white if draw.chance(rng, 0.6) else finish(rng, "plastic", "plastic", (0.62, 0.63, 0.64))
    dark = finish(rng, "plastic", "plastic", (0.05, 0.05, 0.055), roughness=0.2)
    glass = finish(rng, "plastic", "glass", (0.03, 0.035, 0.04), roughness=0.05)
    height, depth = draw.uniform(rng, 0.82, 0.855), draw.uniform(rng, 0.5, 0.58)
    half_width, half_depth = 0.298, depth / 2
    trim = metal(rng, "steel", polished=True) if draw.chance(rng, 0.6) else white
    rotation = (np.pi / 2, 0.0, 0.0)
    ring = [(0.13, 0), (0.175, 0), (0.18, 0.012), (0.165, 0.03), (0.135, 0.034), (0.13, 0.02)]
    bull = [(0, 0), (0.134, 0), (0.13, 0.015), (0.08, 0.028), (0, 0.032)]
    z = 0.4
    parts = (
        box_part(
            "foot", (-half_width + 0.03, -half_depth + 0.04, 0), (half_width - 0.03, half_depth - 0.04, 0.016), dark
        ),
        box_part("body", (-half_width, -half_depth, 0.015), (half_width, half_depth, height), white, bevel=0.008),
        box_part(
            "panel",
            (-half_width + 0.004, -half_depth - 0.008, height - 0.135),
            (half_width - 0.004, -half_depth + 0.001, height - 0.012),
            panel,
            bevel=0.003,
        ),
        box_part(
            "drawer",
            (-half_width + 0.02, -half_depth - 0.013, height - 0.12),
            (-half_width + 0.19, -half_depth - 0.007, height - 0.03),
            panel,
            bevel=0.003,
        ),
        box_part(
            "display",
            (0.03, -half_depth - 0.009, height - 0.1),
            (0.14, -half_depth - 0.007, height - 0.05),
            dark,
            bevel=0,
        ),
        part("dial", dot(0.03, 0.026), trim, at=(0.21, -half_depth - 0.0075, height - 0.075), rotation=rotation),
        part(
            "door ring", lathe(ring, segments=80, closed=True), trim, at=(0, -half_depth + 0.001, z), rotation=rotation
        ),
        part("door glass", lathe(bull, segments=64), glass, at=(0, -half_depth + 0.001, z), rotation=rotation),
    )
    return ObjectSpec(category=CATEGORY, parts=parts, color="white")
