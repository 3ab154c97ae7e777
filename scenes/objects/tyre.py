"""Tyres lying flat: treaded shoulders, bare or on a steel rim."""

import numpy as np

from scenes import draw
from scenes.craft.build import lathe, part
from scenes.craft.paint import galvanised, tyre_rubber
from scenes.craft.style import Style
from scenes.model import ObjectSpec
from scenes.shapes import Cylinder

__all__ = ["CATEGORY", "PLACE", "make"]

CATEGORY = "tyre"
PLACE = "floor"


def make(rng: np.random.Generator, style: Style) -> ObjectSpec:
    """Draw a tyre."""
    radius, width = draw.uniform(rng, 0.28, 0.46), draw.uniform(rng, 0.17, 0.27)
    inner = 0.58 * radius
    tread = []
    for k in range(4):
        z = (0.18 + 0.16 * k) * width
        tread += [
            (radius, z),
            (radius, z + 0.12 * width),
            (radius - 0.01, z + 0.125 * width),
            (radius - 0.01, z + 0.155 * width),
        ]
    outer = [
        (inner + 0.02, 0.06 * width),
        (0.8 * radius, 0.0),
        (0.93 * radius, 0.04 * width),
        (0.985 * radius, 0.13 * width),
        *tread,
    ]
    outer += [
        (0.985 * radius, 0.87 * width),
        (0.93 * radius, 0.96 * width),
        (0.8 * radius, width),
        (inner + 0.02, 0.94 * width),
    ]
    inside = [
        (inner, 0.9 * width),
        (inner + 0.03, 0.8 * width),
        (0.9 * radius, 0.75 * width),
        (0.9 * radius, 0.25 * width),
        (inner + 0.03, 0.2 * width),
        (inner, 0.1 * width),
    ]
    parts = [part("tyre", lathe([*outer, *inside], segments=56, closed=True), tyre_rubber(rng))]
    if draw.chance(rng, 0.4):
        rim = galvanised(rng)
        parts.append(
            part(
                "rim",
                Cylinder(radius=inner + 0.02, height=0.7 * width, segments=40),
                rim,
                at=(0, 0, 0.15 * width),
                bevel=0.01,
            )
        )
        parts.append(
            part(
                "hub",
                Cylinder(radius=0.3 * inner, height=0.1 * width, segments=28),
                rim,
                at=(0, 0, 0.8 * width),
                bevel=0.006,
            )
        )
    return ObjectSpec(category=CATEGORY, parts=tuple(parts), color="black", material="rubber")
