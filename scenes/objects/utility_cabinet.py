"""Street cabinets for cables: doors, vents, a plinth."""

import numpy as np

from scenes import draw
from scenes.craft.build import part
from scenes.craft.finishes import finish, vary
from scenes.craft.style import Style
from scenes.model import ObjectSpec
from scenes.shapes import Array, Box

__all__ = ["CATEGORY", "PLACE", "make"]

CATEGORY = "utility cabinet"
PLACE = "street"


def make(rng: np.random.Generator, style: Style) -> ObjectSpec:
    """Draw a utility cabinet in the style of its scene."""
    del style
    width, depth, height = draw.uniform(rng, 0.7, 1.5), draw.uniform(rng, 0.32, 0.45), draw.uniform(rng, 1.0, 1.5)
    colors = ((0.2, 0.3, 0.24), (0.55, 0.56, 0.54), (0.7, 0.67, 0.58), (0.3, 0.32, 0.34))
    paint = finish(
        rng, "painted_metal", "metal", vary(rng, colors[draw.integer(rng, 4)]), roughness=0.5, wear=0.25, scale=0.3
    )
    stone = finish(rng, "concrete", "concrete", (0.55, 0.54, 0.52), scale=0.2)
    dark = finish(rng, "matte_plastic", "plastic", (0.05, 0.05, 0.05))
    doors = max(1, round(width / 0.6))
    step = (width - 0.06) / doors
    leaf = Array(shape=Box(size=(step - 0.02, 0.03, height - 0.24)), counts=(doors, 1, 1), step=(step, 0, 0))
    vents = Array(shape=Box(size=(0.3 * step + 0.1, 0.012, 0.012)), counts=(doors, 1, 5), step=(step, 0, 0.03))
    locks = Array(shape=Box(size=(0.03, 0.03, 0.12)), counts=(doors, 1, 1), step=(step, 0, 0))
    first = -width / 2 + 0.03 + step / 2
    parts = (
        part("plinth", Box(size=(width + 0.06, depth + 0.06, 0.12)), stone, bevel=0.01),
        part("body", Box(size=(width, depth, height - 0.14)), paint, at=(0, 0, 0.12), bevel=0.01),
        part("cap", Box(size=(width + 0.06, depth + 0.08, 0.05)), paint, at=(0, 0, height - 0.04), bevel=0.012),
        part("doors", leaf, paint, at=(first, -depth / 2, 0.16), bevel=0.004),
        part("vents", vents, dark, at=(first, -depth / 2 - 0.015, height - 0.3)),
        part("locks", locks, dark, at=(first + 0.36 * step, -depth / 2 - 0.015, 0.5 * height)),
    )
    return ObjectSpec(category=CATEGORY, parts=parts, material="metal")
