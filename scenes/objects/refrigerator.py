"""Free-standing refrigerators: steel, white or coloured, freezer below or above; doors at -y."""

import numpy as np

from scenes import draw
from scenes.colors import sample_color
from scenes.craft.build import part, tube
from scenes.craft.finishes import finish, metal
from scenes.craft.style import Style
from scenes.furnish.casework import box_part
from scenes.model import ObjectSpec

__all__ = ["CATEGORY", "PLACE", "make", "of_finish"]

CATEGORY = "refrigerator"
PLACE = "floor"


def make(rng: np.random.Generator, style: Style) -> ObjectSpec:
    """Draw a refrigerator in the style of its scene."""
    return of_finish(rng, style, steel=draw.chance(rng, 0.5))


def of_finish(rng: np.random.Generator, style: Style, *, steel: bool) -> ObjectSpec:
    """A refrigerator in brushed steel, else white, seldom in a colour."""
    color_name = (
        ""
        if steel
        else "white"
        if draw.chance(rng, 0.75)
        else style.color_name(rng, allowed=("red", "teal", "beige", "black"))
    )
    side = finish(rng, "painted_metal", "metal", sample_color(rng, color_name or "gray"), roughness=0.35)
    face = metal(rng, "steel", polished=False) if steel else side
    width, depth, height = draw.uniform(rng, 0.55, 0.7), draw.uniform(rng, 0.58, 0.66), draw.uniform(rng, 1.5, 2.0)
    half_width, half_depth = width / 2, depth / 2
    split = height * draw.choice(rng, [0.36, 0.4, 0.7])
    dark = finish(rng, "rubber", "rubber", (0.05, 0.05, 0.05))
    trim = metal(rng, "steel", polished=True)
    parts = [
        box_part(
            "foot", (-half_width + 0.03, -half_depth + 0.08, 0), (half_width - 0.03, half_depth - 0.03, 0.032), dark
        ),
        box_part("body", (-half_width, -half_depth + 0.055, 0.03), (half_width, half_depth, height), side, bevel=0.006),
        box_part(
            "gasket",
            (-half_width + 0.008, -half_depth + 0.045, 0.04),
            (half_width - 0.008, -half_depth + 0.056, height - 0.008),
            dark,
        ),
        box_part(
            "lower door",
            (-half_width, -half_depth, 0.035),
            (half_width, -half_depth + 0.046, split - 0.003),
            face,
            bevel=0.008,
        ),
        box_part(
            "upper door",
            (-half_width, -half_depth, split + 0.003),
            (half_width, -half_depth + 0.046, height),
            face,
            bevel=0.008,
        ),
    ]
    hinge = 1 if draw.chance(rng, 0.5) else -1
    for k, (bottom, top) in enumerate(((0.05, split - 0.06), (split + 0.06, height)), 1):
        length = min(0.45, 0.5 * (top - bottom))
        end = top - 0.02 if k == 1 else bottom + length
        at = hinge * (half_width - 0.05)
        path = [
            (at, -half_depth + 0.002, end - length),
            (at, -half_depth - 0.035, end - length + 0.01),
            (at, -half_depth - 0.035, end - 0.01),
            (at, -half_depth + 0.002, end),
        ]
        parts.append(part(f"handle {k}", tube(path, 0.009, count=24, segments=12), trim))
    return ObjectSpec(category=CATEGORY, parts=tuple(parts), color=color_name, material="" if color_name else "metal")
