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


def of_length(rng: np.random.Generator, length: float, *, built_in: bool) -> ObjectSpec:
    """A tub `length` metres long, with mixer and drain."""
    white = finish(rng, "porcelain", "enamel", vary(rng, (0.94, 0.94, 0.93), 0.01), roughness=0.08)
    chrome = metal(rng, "steel", polished=True)
    width, height = draw.uniform(rng, 0.72, 0.8), draw.uniform(rng, 0.52, 0.6)
    rim = 0.06 if built_in else 0.025
    corner = 0.02 if built_in else 0.34
    foot = 0.0 if built_in else 0.14
    outside: list[Level] = [Level(length - foot, width - foot, max(corner - foot / 2, 0.015), 0.0)]
    if not built_in:
        outside.append(Level(length - 0.35 * foot, width - 0.35 * foot, corner, 0.45 * height))
    outside += [
        Level(length - 0.004, width - 0.004, corner, height - 0.02),
        Level(length, width, corner, height - 0.012),
        Level(length, width, corner, height - 0.003),
        Level(length - 0.006, width - 0.006, corner, height),
    ]
    inside: list[Level] = [
        Level(length - 2 * rim, width - 2 * rim, 0.3, height),
        Level(length - 2 * rim - 0.012, width - 2 * rim - 0.012, 0.3, height - 0.01),
        Level(length - 2 * rim - 0.1, width - 2 * rim - 0.06, 0.26, 0.5 * height),
        Level(length - 2 * rim - 0.24, width - 2 * rim - 0.12, 0.22, 0.17),
        Level(length - 2 * rim - 0.4, width - 2 * rim - 0.26, 0.15, 0.12),
    ]
    edge = -length / 2 + 0.5 * rim
    parts = [part("tub", hollow([*outside, *inside], steps=9), white)]
    parts.append(part("drain", Cylinder(radius=0.03, height=0.006), chrome, at=(-0.22 * length, 0, 0.119)))
    if built_in:
        for k, side in enumerate((-0.07, 0.07), 1):
            parts.append(
                part(
                    f"pillar {k}",
                    Cylinder(radius=0.016, height=0.05, segments=28),
                    chrome,
                    at=(edge, side, height - 0.002),
                )
            )
        parts.append(
            part("bar", tube([(edge, -0.12, height + 0.055), (edge, 0.12, height + 0.055)], 0.02, count=8), chrome)
        )
        spout = [(edge, 0, height + 0.055), (edge + 0.06, 0, height + 0.06), (edge + 0.13, 0, height + 0.03)]
        parts.append(part("spout", tube(spout, 0.012, count=14), chrome))
    return ObjectSpec(category=CATEGORY, parts=tuple(parts), color="white")
