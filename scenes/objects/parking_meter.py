"""Parking meters: a head on a post, or a box with a screen and a panel."""

import numpy as np

from scenes import draw
from scenes.craft.build import lathe, part
from scenes.craft.finishes import finish
from scenes.craft.style import Style
from scenes.model import ObjectSpec, Part
from scenes.shapes import Box, Cylinder, Sphere

__all__ = ["CATEGORY", "PLACE", "make"]

CATEGORY = "parking meter"
PLACE = "street"


def make(rng: np.random.Generator, style: Style) -> ObjectSpec:
    """Draw a parking meter in the style of its scene."""
    del style
    gray = draw.choice(rng, [0.1, 0.35, 0.6])
    paint = finish(rng, "painted_metal", "metal", (gray, gray, 1.02 * gray), roughness=0.4)
    screen = finish(rng, "plastic", "screen", (0.16, 0.2, 0.17), roughness=0.1)
    label = finish(rng, "plastic", "label", (0.08, 0.25, 0.6))
    height = draw.uniform(rng, 1.3, 1.7)
    parts: tuple[Part, ...]
    if draw.chance(rng, 0.5):
        parts = (
            part(
                "post",
                lathe(
                    [(0, 0), (0.09, 0), (0.09, 0.03), (0.035, 0.05), (0.035, height - 0.3), (0, height - 0.3)],
                    segments=20,
                ),
                paint,
            ),
            part("head", Box(size=(0.18, 0.13, 0.24)), paint, at=(0, 0, height - 0.32), bevel=0.03),
            part("dome", Sphere(radii=(0.09, 0.06, 0.09), segments=28), paint, at=(0, 0, height - 0.18)),
            part("screen", Box(size=(0.11, 0.02, 0.07)), screen, at=(0, -0.06, height - 0.17)),
            part(
                "slot",
                Cylinder(radius=0.02, height=0.02, segments=16),
                screen,
                at=(0, -0.06, height - 0.25),
                rotation=(1.5707963, 0, 0),
            ),
        )
    else:
        parts = (
            part("body", Box(size=(0.32, 0.26, height)), paint, bevel=0.02),
            part("cap", Box(size=(0.36, 0.32, 0.06)), label, at=(0, 0, height - 0.03), bevel=0.01),
            part("screen", Box(size=(0.18, 0.02, 0.12)), screen, at=(0, -0.13, height - 0.36)),
            part("panel", Box(size=(0.22, 0.016, 0.3)), label, at=(0, -0.13, height - 0.78)),
        )
    return ObjectSpec(category=CATEGORY, parts=parts, material="metal")
