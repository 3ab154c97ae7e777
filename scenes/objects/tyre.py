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
    r, wide = draw.uniform(rng, 0.28, 0.46), draw.uniform(rng, 0.17, 0.27)
    inner = 0.58 * r
    tread = []
    for k in range(4):
        z = (0.18 + 0.16 * k) * wide
        tread += [(r, z), (r, z + 0.12 * wide), (r - 0.01, z + 0.125 * wide), (r - 0.01, z + 0.155 * wide)]
    outer = [(inner + 0.02, 0.06 * wide), (0.8 * r, 0.0), (0.93 * r, 0.04 * wide), (0.985 * r, 0.13 * wide), *tread]
    outer += [(0.985 * r, 0.87 * wide), (0.93 * r, 0.96 * wide), (0.8 * r, wide), (inner + 0.02, 0.94 * wide)]
    inside = [
        (inner, 0.9 * wide),
        (inner + 0.03, 0.8 * wide),
        (0.9 * r, 0.75 * wide),
        (0.9 * r, 0.25 * wide),
        (inner + 0.03, 0.2 * wide),
        (inner, 0.1 * wide),
    ]
    parts = [part("tyre", lathe([*outer, *inside], segments=56, closed=True), tyre_rubber(rng))]
    if draw.chance(rng, 0.4):
        rim = galvanised(rng)
        parts.append(
            part(
                "rim",
                Cylinder(radius=inner + 0.02, height=0.7 * wide, segments=40),
                rim,
                at=(0, 0, 0.15 * wide),
                bevel=0.01,
            )
        )
        parts.append(
            part(
                "hub",
                Cylinder(radius=0.3 * inner, height=0.1 * wide, segments=28),
                rim,
                at=(0, 0, 0.8 * wide),
                bevel=0.006,
            )
        )
    return ObjectSpec(category=CATEGORY, parts=tuple(parts), color="black", material="rubber")
