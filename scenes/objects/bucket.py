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
    radius, height = draw.uniform(rng, 0.13, 0.17), draw.uniform(rng, 0.24, 0.33)
    color_name = draw.choice(rng, ["blue", "red", "black", "white", "yellow", "gray"])
    material = (
        galvanised(rng)
        if color_name == "gray"
        else finish(rng, "plastic", "plastic", sample_color(rng, color_name), roughness=0.4, wear=0.3)
    )
    foot = 0.74 * radius
    profile = [
        (0, 0),
        (foot, 0),
        (radius, height - 0.03),
        (radius + 0.012, height - 0.028),
        (radius + 0.012, height),
        (radius - 0.004, height),
        (foot - 0.004, 0.008),
        (0, 0.008),
    ]
    parts = [part("pail", lathe(profile, segments=56), material)]
    is_up = draw.chance(rng, 0.4)
    bail_y, rise = (0.02, 0.85 * radius) if is_up else (radius + 0.02, -0.25 * radius)
    bail = [
        (-radius - 0.008, 0, height - 0.02),
        (-0.75 * radius, bail_y * 0.7, height - 0.02 + 0.7 * rise),
        (0, bail_y, height - 0.02 + rise),
        (0.75 * radius, bail_y * 0.7, height - 0.02 + 0.7 * rise),
        (radius + 0.008, 0, height - 0.02),
    ]
    parts.append(part("bail", tube(bail, 0.004, count=24, segments=8), galvanised(rng)))
    return ObjectSpec(
        category=CATEGORY, parts=tuple(parts), color="" if color_name == "gray" else color_name, material=material.name
    )
