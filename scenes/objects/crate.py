"""Wooden packing cases: boards behind battens, on skids."""

import numpy as np

from scenes import draw
from scenes.craft.finishes import finish, vary
from scenes.craft.paint import rough_timber
from scenes.craft.style import Style
from scenes.furnish.casework import box_part
from scenes.model import ObjectSpec

__all__ = ["CATEGORY", "PLACE", "make", "of_size"]

CATEGORY = "crate"
PLACE = "floor"


def make(rng: np.random.Generator, style: Style) -> ObjectSpec:
    """Draw a crate."""
    length = draw.uniform(rng, 0.55, 1.25)
    return of_size(rng, length, length * draw.uniform(rng, 0.6, 0.95), length * draw.uniform(rng, 0.5, 0.85))


def of_size(rng: np.random.Generator, length: float, width: float, height: float) -> ObjectSpec:
    """A closed case of `length` by `width` by `height` metres: boards, two bands, battens on the sides, skids below."""
    fresh = draw.uniform(rng, 0.3, 1.0)
    batten, panel = rough_timber(rng, fresh=fresh), rough_timber(rng, fresh=abs(fresh - 0.4))
    if draw.chance(rng, 0.35):
        color, chip_scale = vary(rng, (0.72, 0.57, 0.37), 0.06), draw.uniform(rng, 0.1, 0.16)
        panel = finish(rng, "chipboard", "wood", color, scale=chip_scale)
    skid_height, thickness, band_height = 0.07, 0.024, min(0.11, 0.18 * height)
    half_length, half_width = length / 2 - thickness, width / 2 - thickness
    rows = max(2, round((height - skid_height) / 0.16))
    parts = [
        box_part(
            "inside",
            (0.006 - half_length, 0.006 - half_width, skid_height),
            (half_length - 0.006, half_width - 0.006, height - 0.006),
            panel,
            bevel=0,
        )
    ]
    for k in range(rows):
        bottom, top = (skid_height + (height - 0.004 - skid_height) * row / rows for row in (k, k + 1))
        parts.append(
            box_part(
                f"boards {k + 1}",
                (-half_length, -half_width, bottom + 0.002),
                (half_length, half_width, top - 0.003),
                panel,
                bevel=0.002,
            )
        )
    for name, z in (("band low", skid_height), ("band high", height - band_height)):
        parts.append(
            box_part(name, (-length / 2, -width / 2, z), (length / 2, width / 2, z + band_height), batten, bevel=0.003)
        )
    inner = thickness * 0.1
    for k, side in enumerate((-1, 1), 1):
        at = side * (length / 2 - 0.055)
        low_at, high_at = (
            (at - 0.045, inner - width / 2, skid_height + 0.01),
            (at + 0.045, width / 2 - inner, height - 0.01),
        )
        parts.append(box_part(f"batten {k}", low_at, high_at, batten, bevel=0.003))
        at = side * (width / 2 - 0.055)
        low_at, high_at = (
            (inner - length / 2, at - 0.045, skid_height + 0.012),
            (length / 2 - inner, at + 0.045, height - 0.012),
        )
        parts.append(box_part(f"batten {k + 2}", low_at, high_at, batten, bevel=0.003))
        at = side * (width / 2 - 0.08)
        parts.append(
            box_part(f"skid {k}", (-length / 2, at - 0.045, 0), (length / 2, at + 0.045, skid_height + 0.002), batten)
        )
    if draw.chance(rng, 0.6):
        ink = finish(rng, "print", "paper", (0.9, 0.88, 0.82), accent=(0.1, 0.1, 0.1), scale=0.12)
        parts.append(
            box_part(
                "label",
                (-0.09, 0.001 - width / 2 + thickness - 0.003, 0.5 * height),
                (0.09, -half_width + 0.01, 0.5 * height + 0.12),
                ink,
                bevel=0,
            )
        )
    return ObjectSpec(category=CATEGORY, parts=tuple(parts), material="wood")
