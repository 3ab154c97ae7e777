"""Soap bottles with a pump."""

import numpy as np

from scenes import draw
from scenes.craft.build import lathe, part, tube
from scenes.craft.finishes import finish, glaze, metal, visible_material
from scenes.craft.style import Style
from scenes.model import ObjectSpec
from scenes.shapes import Cylinder

__all__ = ["CATEGORY", "PLACE", "make"]

CATEGORY = "soap dispenser"
PLACE = "furniture"


def make(rng: np.random.Generator, style: Style) -> ObjectSpec:
    """Draw a soap dispenser in the style of its scene."""
    color_name = style.color_name(rng, allowed=("white", "gray", "black", "beige", "teal", "green"))
    body = glaze(rng, color_name)
    pump = metal(rng, style.metal) if draw.chance(rng, 0.6) else finish(rng, "plastic", "plastic", (0.9, 0.9, 0.9))
    radius, height = draw.uniform(rng, 0.028, 0.038), draw.uniform(rng, 0.1, 0.15)
    shoulder = draw.uniform(rng, 0.7, 0.95)
    profile = [
        (0, 0),
        (radius - 0.003, 0),
        (radius, 0.003),
        (radius, shoulder * height),
        (0.8 * radius, 0.97 * height),
        (0.013, height),
        (0, height),
    ]
    top = height + 0.045
    parts = (
        part("bottle", lathe(profile, segments=56), body),
        part("collar", Cylinder(radius=0.014, height=0.014, segments=28), pump, at=(0, 0, height - 0.001), bevel=0.002),
        part("stem", Cylinder(radius=0.005, height=0.036, segments=16), pump, at=(0, 0, height + 0.012)),
        part("spout", tube([(0, 0.012, top), (0, -0.03, top), (0, -0.045, top - 0.008)], 0.006, count=12), pump),
    )
    return ObjectSpec(category=CATEGORY, parts=parts, color=color_name, material=visible_material(body))
