"""Guard posts bolted to the floor: a thick painted tube with bands, domed on top."""

import numpy as np

from scenes import draw
from scenes.craft.build import lathe, part, slab
from scenes.craft.paint import painted
from scenes.craft.style import Style
from scenes.model import ObjectSpec

__all__ = ["CATEGORY", "PLACE", "make"]

CATEGORY = "guard post"
PLACE = "floor"


def make(rng: np.random.Generator, style: Style) -> ObjectSpec:
    """Draw a guard post."""
    height, radius = draw.uniform(rng, 0.7, 1.25), draw.uniform(rng, 0.05, 0.085)
    paint = painted(rng, "yellow", wear=0.35)
    dark = painted(rng, draw.choice(rng, ["black", "black", "red"]), wear=0.2)
    profile = [
        (0.0, 0.008),
        (radius, 0.008),
        (radius, height - 0.5 * radius),
        (0.8 * radius, height - 0.15 * radius),
        (0.4 * radius, height - 0.02 * radius),
        (0.0, height),
    ]
    parts = [
        part("plate", slab(3.2 * radius, 3.2 * radius, 0.012, corner=0.02, edge=0.003), paint),
        part("tube", lathe(profile, segments=36), paint),
    ]
    for k, share in enumerate((0.45, 0.75) if draw.chance(rng, 0.7) else (0.8,), 1):
        z = share * height
        ring = [(radius - 0.003, z), (radius + 0.001, z), (radius + 0.001, z + 0.1), (radius - 0.003, z + 0.1)]
        parts.append(part(f"band {k}", lathe(ring, segments=36, closed=True), dark))
    return ObjectSpec(category=CATEGORY, parts=tuple(parts), color="yellow", material="metal")
