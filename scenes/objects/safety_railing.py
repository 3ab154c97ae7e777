"""Safety railings bolted to the floor along x: posts with one to three rails, of tube or of deep plank."""

import numpy as np

from scenes import draw
from scenes.craft.paint import painted
from scenes.craft.style import Style
from scenes.furnish.casework import box_part
from scenes.model import ObjectSpec

__all__ = ["CATEGORY", "PLACE", "make", "railing"]

CATEGORY = "safety railing"
PLACE = "floor"


def make(rng: np.random.Generator, style: Style) -> ObjectSpec:
    """Draw a safety railing."""
    return railing(rng, draw.uniform(rng, 1.2, 3.2), draw.choice(rng, [0.42, 1.05]))


def railing(rng: np.random.Generator, length: float, height: float) -> ObjectSpec:
    """A railing `length` metres along x and `height` high: the low ones keep forklifts off, the high ones people."""
    paint = painted(rng, "yellow", wear=0.3)
    dark = painted(rng, "black")
    count = max(2, round(length / 1.3) + 1)
    parts = []
    for k, x in enumerate(np.linspace(0.06 - length / 2, length / 2 - 0.06, count), 1):
        at = float(x)
        parts.append(box_part(f"foot {k}", (at - 0.09, -0.08, 0), (at + 0.09, 0.08, 0.012), dark))
        parts.append(
            box_part(f"post {k}", (at - 0.045, -0.03, 0.01), (at + 0.045, 0.05, height - 0.02), paint, bevel=0.006)
        )
    levels = (0.16, 0.36) if height < 0.7 else (0.3, 0.65, height - 0.08)
    for k, z in enumerate(levels, 1):
        parts.append(
            box_part(
                f"rail {k}",
                (0.03 - length / 2, -0.06, z - 0.05),
                (length / 2 - 0.03, -0.028, z + 0.05),
                paint,
                bevel=0.01,
            )
        )
    return ObjectSpec(category=CATEGORY, parts=tuple(parts), color="yellow", material="metal")
