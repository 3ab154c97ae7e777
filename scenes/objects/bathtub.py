"""Bathtubs: built in behind an apron, or free-standing; the overflow end is at -x."""

import numpy as np

from scenes import draw
from scenes.craft.build import part, tube
from scenes.craft.finishes import finish, metal, vary
from scenes.craft.style import Style
from scenes.craft.vessels import Level, hollow
from scenes.model import ObjectSpec
from scenes.shapes import Cylinder

__all__ = ["CATEGORY", "PLACE", "make", "of_length"]

CATEGORY = "bathtub"
PLACE = "floor"


def make(rng: np.random.Generator, style: Style) -> ObjectSpec:
    """Draw a bathtub."""
    return of_length(rng, draw.uniform(rng, 1.5, 1.8), built_in=draw.chance(rng, 0.65))


def of_length(rng: np.random.Generator, x: float, *, built_in: bool) -> ObjectSpec:
    """A tub `x` metres long, with mixer and drain."""
    white = finish(rng, "porcelain", "enamel", vary(rng, (0.94, 0.94, 0.93), 0.01), roughness=0.08)
    chrome = metal(rng, "steel", polished=True)
    y, z = draw.uniform(rng, 0.72, 0.8), draw.uniform(rng, 0.52, 0.6)
    rim = 0.06 if built_in else 0.025
    corner = 0.02 if built_in else 0.34
    foot = 0.0 if built_in else 0.14
    outside: list[Level] = [Level(x - foot, y - foot, max(corner - foot / 2, 0.015), 0.0)]
    if not built_in:
        outside.append(Level(x - 0.35 * foot, y - 0.35 * foot, corner, 0.45 * z))
    outside += [
        Level(x - 0.004, y - 0.004, corner, z - 0.02),
        Level(x, y, corner, z - 0.012),
        Level(x, y, corner, z - 0.003),
        Level(x - 0.006, y - 0.006, corner, z),
    ]
    inside: list[Level] = [
        Level(x - 2 * rim, y - 2 * rim, 0.3, z),
        Level(x - 2 * rim - 0.012, y - 2 * rim - 0.012, 0.3, z - 0.01),
        Level(x - 2 * rim - 0.1, y - 2 * rim - 0.06, 0.26, 0.5 * z),
        Level(x - 2 * rim - 0.24, y - 2 * rim - 0.12, 0.22, 0.17),
        Level(x - 2 * rim - 0.4, y - 2 * rim - 0.26, 0.15, 0.12),
    ]
    edge = -x / 2 + 0.5 * rim
    parts = [part("tub", hollow([*outside, *inside], steps=9), white)]
    parts.append(part("drain", Cylinder(radius=0.03, height=0.006), chrome, at=(-0.22 * x, 0, 0.119)))
    if built_in:
        for k, side in enumerate((-0.07, 0.07), 1):
            parts.append(
                part(
                    f"pillar {k}", Cylinder(radius=0.016, height=0.05, segments=28), chrome, at=(edge, side, z - 0.002)
                )
            )
        parts.append(part("bar", tube([(edge, -0.12, z + 0.055), (edge, 0.12, z + 0.055)], 0.02, count=8), chrome))
        spout = [(edge, 0, z + 0.055), (edge + 0.06, 0, z + 0.06), (edge + 0.13, 0, z + 0.03)]
        parts.append(part("spout", tube(spout, 0.012, count=14), chrome))
    return ObjectSpec(category=CATEGORY, parts=tuple(parts), color="white")
