"""Gas bottles: tall steel cylinders with a cap, or squat propane ones with a collar."""

import numpy as np

from scenes import draw
from scenes.craft.build import lathe, part
from scenes.craft.curve import spline
from scenes.craft.finishes import metal
from scenes.craft.paint import painted
from scenes.craft.style import Style
from scenes.model import ObjectSpec
from scenes.shapes import Cylinder

__all__ = ["CATEGORY", "PLACE", "make"]

CATEGORY = "gas bottle"
PLACE = "floor"


def make(rng: np.random.Generator, style: Style) -> ObjectSpec:
    """Draw a gas bottle."""
    squat = draw.chance(rng, 0.4)
    color_name = draw.choice(
        rng, ["gray", "red", "orange", "blue", "green"] if squat else ["gray", "black", "blue", "green", "brown"]
    )
    paint = painted(rng, color_name, wear=0.15)
    radius, height = (
        (draw.uniform(rng, 0.14, 0.17), draw.uniform(rng, 0.38, 0.5))
        if squat
        else (draw.uniform(rng, 0.105, 0.12), draw.uniform(rng, 1.1, 1.5))
    )
    dome = 0.55 * radius if squat else 1.2 * radius
    side = spline(
        [
            (radius, 0.02),
            (radius, 0.5 * height),
            (radius, height - dome),
            (0.72 * radius, height - 0.3 * dome),
            (0.22 * radius, height),
        ],
        32,
    )
    body = np.concatenate([[[0.0, 0.0], [0.92 * radius, 0.0]], side, [[0.0, height]]])
    parts = [part("body", lathe(body, segments=48), paint)]
    brass = metal(rng, "brass", polished=False)
    if squat:
        collar = [
            (0.6 * radius, height - 0.36 * dome),
            (0.62 * radius, height + 0.1),
            (0.6 * radius, height + 0.1),
            (0.57 * radius, height - 0.38 * dome),
        ]
        parts.append(part("collar", lathe(collar, segments=40, closed=True), paint))
        parts.append(part("valve", Cylinder(radius=0.016, height=0.07, segments=20), brass, at=(0, 0, height - 0.01)))
    else:
        shoulder = painted(rng, draw.choice(rng, ["white", "yellow", "green", "gray"]))
        ring = [
            (0.2 * radius, height - 0.06),
            (0.42 * radius, height - 0.05),
            (0.42 * radius, height + 0.13),
            (0.3 * radius, height + 0.16),
            (0.2 * radius, height + 0.16),
        ]
        parts.append(part("cap", lathe(ring, segments=32, closed=True), shoulder))
        parts.append(part("valve", Cylinder(radius=0.02, height=0.1, segments=20), brass, at=(0, 0, height - 0.01)))
        band = [
            (radius - 0.004, 0.72 * height),
            (radius + 0.0012, 0.72 * height + 0.002),
            (radius + 0.0012, 0.8 * height),
            (radius - 0.004, 0.8 * height),
        ]
        parts.append(part("label", lathe(band, segments=48, closed=True), painted(rng, "white")))
    return ObjectSpec(category=CATEGORY, parts=tuple(parts), color=color_name, material="metal")
