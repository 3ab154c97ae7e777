"""Radiators under windows: a ribbed panel, or columns of tube; on brackets to the wall at the back."""

import numpy as np

from scenes import draw
from scenes.craft.build import part, tube
from scenes.craft.finishes import finish, metal, vary
from scenes.craft.style import Style
from scenes.furnish.casework import box_part
from scenes.model import ObjectSpec
from scenes.shapes import Cylinder

__all__ = ["CATEGORY", "PLACE", "make", "of_width"]

CATEGORY = "radiator"
PLACE = "wall"


def make(rng: np.random.Generator, style: Style) -> ObjectSpec:
    """Draw a radiator in the style of its scene."""
    return of_width(rng, style, draw.uniform(rng, 0.6, 1.5))


def of_width(rng: np.random.Generator, style: Style, width: float) -> ObjectSpec:
    """A radiator `width` metres wide."""
    paint = finish(rng, "painted_metal", "metal", vary(rng, (0.9, 0.9, 0.89), 0.02), roughness=0.3)
    height, half_width = draw.uniform(rng, 0.48, 0.6), width / 2
    if draw.chance(rng, 0.6):
        parts = [box_part("panel", (-half_width, -0.03, 0), (half_width, 0.02, height), paint, bevel=0.006)]
        count = int(width / 0.05)
        pitch = (width - 0.06) / count
        for k in range(count):
            at = -half_width + 0.03 + (k + 0.5) * pitch
            rib = ((at - 0.32 * pitch, -0.037, 0.04), (at + 0.32 * pitch, -0.029, height - 0.04))
            parts.append(box_part(f"rib {k + 1}", *rib, paint, bevel=0.003))
        parts.append(
            box_part(
                "grille",
                (-half_width - 0.001, -0.036, height - 0.012),
                (half_width + 0.001, 0.04, height + 0.004),
                paint,
            )
        )
    else:
        count = max(4, int(width / 0.06))
        pitch = width / count
        parts = [
            part(
                f"column {k + 1}",
                tube(
                    [(-half_width + (k + 0.5) * pitch, 0, 0), (-half_width + (k + 0.5) * pitch, 0, height)],
                    0.021,
                    count=2,
                    aspect=1.7,
                ),
                paint,
            )
            for k in range(count)
        ]
        for k, z in enumerate((0.05, height - 0.05), 1):
            parts.append(
                part(f"header {k}", tube([(-half_width, 0, z), (half_width, 0, z)], 0.019, count=count + 2), paint)
            )
    for k, at in enumerate((-0.7 * half_width, 0.7 * half_width), 1):
        parts.append(box_part(f"bracket {k}", (at - 0.012, 0.0, 0.1), (at + 0.012, 0.065, height - 0.08), paint))
    steel = metal(rng, "steel")
    parts.append(
        part("valve", Cylinder(radius=0.018, height=0.07, segments=24), steel, at=(half_width + 0.015, 0, 0.02))
    )
    parts.append(
        part("elbow", tube([(half_width - 0.03, 0, 0.055), (half_width + 0.02, 0, 0.055)], 0.012, count=3), steel)
    )
    return ObjectSpec(category=CATEGORY, parts=tuple(parts), color="white")
