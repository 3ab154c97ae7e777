"""Stepladders standing open: treads toward -y, a rear frame, a platform or a top cap, a brace."""

import numpy as np

from scenes import draw
from scenes.colors import sample_color
from scenes.craft.finishes import finish
from scenes.craft.paint import galvanised
from scenes.craft.steel import bar
from scenes.craft.style import Style
from scenes.furnish.casework import box_part
from scenes.model import ObjectSpec

__all__ = ["CATEGORY", "PLACE", "make"]

CATEGORY = "stepladder"
PLACE = "floor"


def make(rng: np.random.Generator, style: Style) -> ObjectSpec:
    """Draw a stepladder."""
    count = draw.integer(rng, 4, 9)
    height, rise = count * 0.25 + 0.04, 0.25
    color_name = draw.choice(rng, ["gray", "orange", "yellow", "blue"])
    rail = (
        galvanised(rng)
        if color_name == "gray"
        else finish(rng, "plastic", "plastic", sample_color(rng, color_name), roughness=0.4)
    )
    tread, cap = galvanised(rng), finish(rng, "matte_plastic", "plastic", (0.06, 0.06, 0.06))
    half_foot, half_top = 0.24 + 0.03 * count, 0.16
    foot_distance = 0.16 * height + 0.1
    parts = []
    for k, side in enumerate((-1, 1), 1):
        parts.append(
            bar(
                f"rail {k}",
                [(side * half_foot, -foot_distance, 0.0), (side * half_top, 0.0, height)],
                0.03,
                rail,
                segments=4,
                aspect=0.6,
            )
        )
        parts.append(
            bar(
                f"rear rail {k}",
                [(side * half_foot, foot_distance, 0.0), (side * half_top, 0.06, height - 0.02)],
                0.022,
                rail,
                segments=4,
            )
        )
        inner = half_foot + (half_top - half_foot) * 0.4
        brace = [
            (side * inner, -0.6 * foot_distance, 0.4 * height),
            (side * inner, 0.6 * foot_distance + 0.02, 0.4 * height),
        ]
        parts.append(bar(f"brace {k}", brace, 0.008, tread))
    for k in range(1, count):
        share = k * rise / height
        x, y = half_foot + (half_top - half_foot) * share, -foot_distance * (1 - share)
        z = k * rise
        parts.append(box_part(f"tread {k}", (-x, y - 0.01, z - 0.03), (x, y + 0.075, z), tread, bevel=0.003))
    for k, share in enumerate((0.25, 0.6), 1):
        x, y = half_foot + (half_top - half_foot) * share, foot_distance + (0.06 - foot_distance) * share
        parts.append(
            bar(f"rear bar {k}", [(-x, y, share * (height - 0.02)), (x, y, share * (height - 0.02))], 0.014, tread)
        )
    parts.append(
        box_part("cap", (-half_top - 0.03, -0.07, height - 0.05), (half_top + 0.03, 0.12, height), cap, bevel=0.01)
    )
    return ObjectSpec(
        category=CATEGORY, parts=tuple(parts), color="" if color_name == "gray" else color_name, material=rail.name
    )
