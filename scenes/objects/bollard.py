"""Bollards: cast iron, steel tube, concrete, or a bright plastic post with reflective bands."""

import numpy as np

from scenes import draw
from scenes.craft.build import lathe, part
from scenes.craft.finishes import finish, metal, vary
from scenes.craft.style import Style
from scenes.model import ObjectSpec
from scenes.shapes import Cylinder

__all__ = ["CATEGORY", "PLACE", "make"]

CATEGORY = "bollard"
PLACE = "street"


def make(rng: np.random.Generator, style: Style) -> ObjectSpec:
    """Draw a bollard in the style of its scene."""
    del style
    kind = draw.choice(rng, ["iron", "steel", "concrete", "plastic"], p=[0.4, 0.25, 0.15, 0.2])
    height, radius = draw.uniform(rng, 0.78, 1.15), draw.uniform(rng, 0.055, 0.09)
    band = finish(rng, "plastic", "band", (0.93, 0.93, 0.92))
    if kind == "iron":
        material = metal(rng, "black")
        profile = [
            (0, 0),
            (1.5 * radius, 0),
            (1.5 * radius, 0.06),
            (1.1 * radius, 0.12),
            (0.85 * radius, height - 0.22),
            (1.15 * radius, height - 0.2),
            (1.15 * radius, height - 0.16),
            (0.8 * radius, height - 0.14),
            (1.05 * radius, height - 0.08),
            (0.8 * radius, height - 0.015),
            (0, height),
        ]
        return ObjectSpec(
            category=CATEGORY, parts=(part("post", lathe(profile), material),), color="black", material="metal"
        )
    if kind == "concrete":
        material = finish(rng, "concrete", "concrete", vary(rng, (0.6, 0.59, 0.57)), scale=0.15, wear=0.3)
        width = 1.9 * radius
        profile = [(0, 0), (width, 0), (0.8 * width, 0.9 * height), (0.6 * width, 0.97 * height), (0, height)]
        return ObjectSpec(category=CATEGORY, parts=(part("post", lathe(profile), material),), material="concrete")
    material = (
        metal(rng, "steel", polished=False)
        if kind == "steel"
        else finish(rng, "plastic", "plastic", (0.85, 0.28, 0.06))
    )
    post = lathe([(0, 0), (radius, 0), (radius, height - 0.02), (0.9 * radius, height - 0.005), (0, height)])
    rings = [
        part(f"band {k}", Cylinder(radius=radius + 0.001, height=0.09), band, at=(0, 0, height - 0.2 - 0.16 * k))
        for k in range(2)
    ]
    color_name = "" if kind == "steel" else "orange"
    return ObjectSpec(
        category=CATEGORY, parts=(part("post", post, material), *rings), color=color_name, material=material.name
    )
