"""Mixer taps: a swan neck for a kitchen, a short spout for a basin; water comes out toward -y."""

import numpy as np

from scenes import draw
from scenes.craft.build import part, tube
from scenes.craft.finishes import metal
from scenes.craft.style import Style
from scenes.model import ObjectSpec
from scenes.shapes import Cylinder

__all__ = ["CATEGORY", "PLACE", "basin_tap", "kitchen_tap", "make"]

CATEGORY = "tap"
PLACE = "furniture"


def make(rng: np.random.Generator, style: Style) -> ObjectSpec:
    """Draw a tap in the style of its scene."""
    return kitchen_tap(rng, style) if draw.chance(rng, 0.5) else basin_tap(rng, style)


def kitchen_tap(rng: np.random.Generator, style: Style) -> ObjectSpec:
    """A tall spout that bends over."""
    chrome = metal(rng, style.metal if draw.chance(rng, 0.3) else "steel", polished=True)
    height, out = draw.uniform(rng, 0.26, 0.38), draw.uniform(rng, 0.17, 0.22)
    bend = 0.5 * out
    arc = [
        (0, -bend + bend * np.cos(angle), height - bend + bend * np.sin(angle)) for angle in np.linspace(0, np.pi, 7)
    ]
    path = [(0, 0, 0.03), (0, 0, 0.5 * (height - bend)), *arc, (0, -out, height - bend - 0.05)]
    parts = (
        part("base", Cylinder(radius=0.026, height=0.05, top_radius=0.022, segments=32), chrome, bevel=0.003),
        part("spout", tube(path, 0.011, count=40), chrome),
        part("lever", tube([(0.015, 0, 0.035), (0.05, 0, 0.045), (0.09, 0, 0.07)], 0.006, count=10), chrome),
    )
    return ObjectSpec(category=CATEGORY, parts=parts, material="metal")


def basin_tap(rng: np.random.Generator, style: Style) -> ObjectSpec:
    """A low body with a straight spout and a lever on top."""
    chrome = metal(rng, style.metal if draw.chance(rng, 0.3) else "steel", polished=True)
    height, out = draw.uniform(rng, 0.1, 0.15), draw.uniform(rng, 0.1, 0.13)
    parts = (
        part("body", Cylinder(radius=0.023, height=height, segments=32), chrome, bevel=0.004),
        part(
            "spout",
            tube([(0, 0, 0.7 * height), (0, -0.6 * out, 0.75 * height), (0, -out, 0.68 * height)], 0.012),
            chrome,
        ),
        part("lever", tube([(0, 0.005, height - 0.003), (0, -0.07, height + 0.018)], 0.006, count=4), chrome),
    )
    return ObjectSpec(category=CATEGORY, parts=parts, material="metal")
