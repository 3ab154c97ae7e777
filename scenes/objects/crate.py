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


def of_size(rng: np.random.Generator, x: float, y: float, z: float) -> ObjectSpec:
    """A closed case of `x` by `y` by `z` metres: the boards, two bands round, battens on the sides, skids below."""
    fresh = draw.uniform(rng, 0.3, 1.0)
    batten, panel = rough_timber(rng, fresh=fresh), rough_timber(rng, fresh=abs(fresh - 0.4))
    if draw.chance(rng, 0.35):
        color, chip_scale = vary(rng, (0.72, 0.57, 0.37), 0.06), draw.uniform(rng, 0.1, 0.16)
        panel = finish(rng, "chipboard", "wood", color, scale=chip_scale)
    skid_height, thickness, band_height = 0.07, 0.024, min(0.11, 0.18 * z)
    half_width, half_depth = x / 2 - thickness, y / 2 - thickness
    rows = max(2, round((z - skid_height) / 0.16))
    parts = [
        box_part(
            "inside",
            (0.006 - half_width, 0.006 - half_depth, skid_height),
            (half_width - 0.006, half_depth - 0.006, z - 0.006),
            panel,
            bevel=0,
        )
    ]
    for k in range(rows):
        a, b = (skid_height + (z - 0.004 - skid_height) * (k + n) / rows for n in (0, 1))
        parts.append(
            box_part(
                f"boards {k + 1}",
                (-half_width, -half_depth, a + 0.002),
                (half_width, half_depth, b - 0.003),
                panel,
                bevel=0.002,
            )
        )
    for name, a in (("band low", skid_height), ("band high", z - band_height)):
        parts.append(box_part(name, (-x / 2, -y / 2, a), (x / 2, y / 2, a + band_height), batten, bevel=0.003))
    inner = thickness * 0.1
    for k, side in enumerate((-1, 1), 1):
        at = side * (x / 2 - 0.055)
        low_at, high_at = (at - 0.045, inner - y / 2, skid_height + 0.01), (at + 0.045, y / 2 - inner, z - 0.01)
        parts.append(box_part(f"batten {k}", low_at, high_at, batten, bevel=0.003))
        at = side * (y / 2 - 0.055)
        low_at, high_at = (inner - x / 2, at - 0.045, skid_height + 0.012), (x / 2 - inner, at + 0.045, z - 0.012)
        parts.append(box_part(f"batten {k + 2}", low_at, high_at, batten, bevel=0.003))
        at = side * (y / 2 - 0.08)
        parts.append(box_part(f"skid {k}", (-x / 2, at - 0.045, 0), (x / 2, at + 0.045, skid_height + 0.002), batten))
    if draw.chance(rng, 0.6):
        ink = finish(rng, "print", "paper", (0.9, 0.88, 0.82), accent=(0.1, 0.1, 0.1), scale=0.12)
        parts.append(
            box_part(
                "label",
                (-0.09, 0.001 - y / 2 + thickness - 0.003, 0.5 * z),
                (0.09, -half_depth + 0.01, 0.5 * z + 0.12),
                ink,
                bevel=0,
            )
        )
    return ObjectSpec(category=CATEGORY, parts=tuple(parts), material="wood")
