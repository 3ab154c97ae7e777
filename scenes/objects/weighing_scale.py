"""Shop scales: a steel plate on a low box, a display on a pole or on the front."""

import numpy as np

from scenes import draw
from scenes.craft.build import part, slab
from scenes.craft.finishes import finish, metal, vary
from scenes.craft.style import Style
from scenes.furnish.casework import box_part
from scenes.model import ObjectSpec
from scenes.shapes import Array, Box

__all__ = ["CATEGORY", "PLACE", "make"]

CATEGORY = "weighing scale"
PLACE = "shop"


def make(rng: np.random.Generator, style: Style) -> ObjectSpec:
    """Draw a weighing scale."""
    pale = draw.uniform(rng, 0.6, 0.88)
    shell = finish(rng, "matte_plastic", "plastic", vary(rng, (pale, pale, 0.97 * pale), 0.02), roughness=0.5)
    steel, dark = (
        metal(rng, "steel", polished=False),
        finish(rng, "plastic", "screen", (0.04, 0.05, 0.05), roughness=0.1),
    )
    keys = finish(rng, "matte_plastic", "keys", (0.2, 0.3, 0.5), roughness=0.5)
    shine = finish(rng, "emission", "display", (0.35, 0.9, 0.4), strength=1.0)
    width, depth = draw.uniform(rng, 0.32, 0.4), draw.uniform(rng, 0.3, 0.38)
    half_width, half_depth, height = width / 2, depth / 2, draw.uniform(rng, 0.08, 0.11)
    parts = [
        part("body", slab(width, depth, height, corner=0.03, edge=0.008), shell),
        box_part("stem", (-0.05, 0.0, height - 0.002), (0.05, 0.1, height + 0.014), shell),
        part(
            "plate",
            slab(0.96 * width, 0.74 * depth, 0.014, corner=0.02, edge=0.004),
            steel,
            at=(0, 0.11 * depth, height + 0.012),
        ),
        part(
            "keys",
            Array(shape=Box(size=(0.018, 0.012, 0.004)), counts=(7, 2, 1), step=(0.026, 0.018, 0)),
            keys,
            at=(-0.12, -half_depth + 0.012, height - 0.001),
        ),
    ]
    if draw.chance(rng, 0.6):
        parts.append(
            box_part(
                "pole",
                (half_width - 0.07, half_depth - 0.03, height - 0.002),
                (half_width - 0.045, half_depth - 0.008, height + 0.34),
                shell,
            )
        )
        low, high = (-0.03, half_depth - 0.04, height + 0.33), (half_width - 0.02, half_depth, height + 0.43)
    else:
        low, high = (-0.1, -half_depth - 0.012, 0.022), (0.1, -half_depth + 0.012, height - 0.01)
    parts.append(box_part("display", low, high, dark))
    parts.append(
        box_part(
            "digits",
            (low[0] + 0.015, low[1] - 0.0008, low[2] + 0.02),
            (high[0] - 0.015, low[1] + 0.001, high[2] - 0.02),
            shine,
            bevel=0,
        )
    )
    return ObjectSpec(category=CATEGORY, parts=tuple(parts), material="")
