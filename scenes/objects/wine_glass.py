"""Stemmed glasses: one blown piece of foot, stem and bowl, now and then with wine."""

import numpy as np

from scenes import draw
from scenes.base import Rgb
from scenes.craft.build import lathe, part
from scenes.craft.curve import spline
from scenes.craft.finishes import finish
from scenes.craft.style import Style
from scenes.craft.vessels import vessel
from scenes.mesh import Floats
from scenes.model import ObjectSpec

__all__ = ["CATEGORY", "make"]

CATEGORY = "wine glass"
# Radius (of the widest) at shares of the bowl's height.
_BOWLS = {
    "red": ((0.1, 0), (0.52, 0.08), (0.88, 0.28), (1, 0.5), (0.92, 0.78), (0.78, 1)),
    "white": ((0.1, 0), (0.5, 0.09), (0.85, 0.27), (1, 0.48), (0.95, 0.75), (0.84, 1)),
    "flute": ((0.12, 0), (0.55, 0.1), (0.88, 0.32), (1, 0.6), (0.97, 0.8), (0.92, 1)),
    "coupe": ((0.08, 0), (0.5, 0.12), (0.86, 0.45), (0.97, 0.75), (1, 1)),
}
_WINES: dict[str, Rgb] = {
    "red wine": (0.22, 0.01, 0.03),
    "rose wine": (0.86, 0.4, 0.36),
    "white wine": (0.87, 0.79, 0.42),
}


def make(rng: np.random.Generator, style: Style) -> ObjectSpec:
    """Draw a wine glass."""
    kind = draw.choice(rng, list(_BOWLS), p=[0.4, 0.3, 0.2, 0.1])
    smallest, largest = {
        "red": (0.036, 0.048),
        "white": (0.032, 0.039),
        "flute": (0.024, 0.029),
        "coupe": (0.042, 0.05),
    }[kind]
    radius = draw.uniform(rng, smallest, largest)
    depth = radius * {"red": 2.1, "white": 2.2, "flute": 5.0, "coupe": 1.1}[kind] * draw.uniform(rng, 0.92, 1.08)
    stem = draw.uniform(rng, 0.06, 0.095)
    bowl = vessel([(r * radius, stem + z * depth) for r, z in _BOWLS[kind]], wall=0.0013, floor=0.003)
    profile = np.concatenate(
        [_foot(radius * draw.uniform(rng, 0.85, 1.0), stem, bowl.outer), bowl.outer[4:], bowl.rim, bowl.inner]
    )
    tinted = draw.chance(rng, 0.12)
    color = (0.55, 0.75, 0.7) if tinted else (0.985, 0.99, 0.99)
    parts = [part("glass", lathe(profile), finish(rng, "glass", "glass", color))]
    if draw.chance(rng, 0.4):
        wine = draw.choice(rng, list(_WINES), p=[0.6, 0.2, 0.2])
        level = stem + depth * draw.uniform(rng, 0.3, 0.5)
        parts.append(part(wine, bowl.filling(level), finish(rng, "liquid", wine, _WINES[wine])))
    return ObjectSpec(category=CATEGORY, parts=tuple(parts), material="glass")


def _foot(radius: float, stem: float, bowl: Floats) -> Floats:
    """From the middle of the underside round the foot's edge and up the stem to the bowl."""
    top = bowl[4]
    controls = [
        (radius, 0.0012),
        (0.7 * radius, 0.0028),
        (0.3 * radius, 0.0055),
        (0.005, 0.014),
        (0.0037, 0.4 * stem),
        (0.0042, 0.8 * stem),
        tuple(top),
    ]
    edge = [(0.0, 0.0006), (0.5 * radius, 0.0005), (radius - 0.0008, 0.0), (radius - 0.0001, 0.0006)]
    return np.concatenate([edge, spline(controls, 40)[:-1]])
