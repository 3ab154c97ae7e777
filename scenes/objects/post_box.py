"""Post boxes: a round pillar with a cap, or a box on a leg."""

import numpy as np

from scenes import draw
from scenes.colors import sample_color
from scenes.craft.build import lathe, part
from scenes.craft.finishes import finish
from scenes.craft.style import Style
from scenes.model import ObjectSpec
from scenes.shapes import Box, Cylinder

__all__ = ["CATEGORY", "PLACE", "make"]

CATEGORY = "post box"
PLACE = "street"


def make(rng: np.random.Generator, style: Style) -> ObjectSpec:
    """Draw a post box in the style of its scene."""
    del style
    color_name = draw.choice(rng, ["red", "red", "yellow", "blue"])
    paint = finish(rng, "painted_metal", "metal", sample_color(rng, color_name), roughness=0.3)
    black = finish(rng, "matte_plastic", "plastic", (0.04, 0.04, 0.045))
    white = finish(rng, "plastic", "label", (0.92, 0.92, 0.9))
    height = draw.uniform(rng, 1.25, 1.65)
    if draw.chance(rng, 0.6):
        radius = draw.uniform(rng, 0.22, 0.26)
        profile = [
            (0, 0),
            (1.1 * radius, 0),
            (1.1 * radius, 0.12),
            (radius, 0.14),
            (radius, height - 0.22),
            (1.16 * radius, height - 0.2),
            (1.18 * radius, height - 0.13),
            (0.8 * radius, height - 0.04),
            (0, height),
        ]
        parts = (
            part("pillar", lathe(profile), paint),
            part("foot", Cylinder(radius=1.11 * radius, height=0.1), black),
            part("slot", Box(size=(0.2, 0.12, 0.035)), black, at=(0, -radius + 0.05, height - 0.34)),
            part("label", Box(size=(0.13, 0.06, 0.2)), white, at=(0, -radius + 0.026, height - 0.62)),
        )
    else:
        width, depth = 0.42, draw.uniform(rng, 0.3, 0.4)
        door_bottom = height - 0.66
        parts = (
            part("leg", Cylinder(radius=0.045, height=door_bottom + 0.02, segments=16), black),
            part("box", Box(size=(width, depth, 0.66)), paint, at=(0, 0, door_bottom), bevel=0.05),
            part("slot", Box(size=(0.28, 0.03, 0.035)), black, at=(0, -depth / 2, height - 0.18)),
            part("label", Box(size=(0.16, 0.016, 0.14)), white, at=(0, -depth / 2, door_bottom + 0.16)),
        )
    return ObjectSpec(category=CATEGORY, parts=parts, color=color_name, material="metal")
