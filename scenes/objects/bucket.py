"""Buckets of plastic or zinc with a wire bail."""

import numpy as np

from scenes import draw
from scenes.colors import sample_color
from scenes.craft.build import lathe, part, tube
from scenes.craft.finishes import finish
from scenes.craft.paint import galvanised
from scenes.craft.style import Style
from scenes.model import ObjectSpec

__all__ = ["CATEGORY", "PLACE", "make"]

CATEGORY = "bucket"
PLACE = "floor"


def make(rng: np.random.Generator, style: Style) -> ObjectSpec:
    """Draw a bucket."""
    r, h = draw.uniform(rng, 0.13, 0.17), draw.uniform(rng, 0.24, 0.33)
    color_name = draw.choice(rng, ["blue", "red", "black", "white", "yellow", "gray"])
    material = (
        galvanised(rng)
        if color_name == "gray"
        else finish(rng, "plastic", "plastic", sample_color(rng, color_name), roughness=0.4, wear=0.3)
    )
    foot = 0.74 * r
    profile = [
        (0, 0),
        (foot, 0),
        (r, h - 0.03),
        (r + 0.012, h - 0.028),
        (r + 0.012, h),
        (r - 0.004, h),
        (foot - 0.004, 0.008),
        (0, 0.008),
    ]
    parts = [part("pail", lathe(profile, segments=56), material)]
    up = draw.chance(rng, 0.4)
    reach, rise = (0.02, 0.85 * r) if up else (r + 0.02, -0.25 * r)
    bail = [
        (-r - 0.008, 0, h - 0.02),
        (-0.75 * r, reach * 0.7, h - 0.02 + 0.7 * rise),
        (0, reach, h - 0.02 + rise),
        (0.75 * r, reach * 0.7, h - 0.02 + 0.7 * rise),
        (r + 0.008, 0, h - 0.02),
    ]
    parts.append(part("bail", tube(bail, 0.004, count=24, segments=8), galvanised(rng)))
    return ObjectSpec(
        category=CATEGORY, parts=tuple(parts), color="" if color_name == "gray" else color_name, material=material.name
    )
