"""Toolboxes: a folded steel box with a tube handle, or a plastic one with latches."""

import numpy as np

from scenes import draw
from scenes.base import Vec2
from scenes.colors import sample_color
from scenes.craft.finishes import finish
from scenes.craft.paint import galvanised, painted
from scenes.craft.steel import across, bar
from scenes.craft.style import Style
from scenes.furnish.casework import box_part
from scenes.model import ObjectSpec

__all__ = ["CATEGORY", "PLACE", "make"]

CATEGORY = "toolbox"
PLACE = "floor"


def make(rng: np.random.Generator, style: Style) -> ObjectSpec:
    """Draw a toolbox."""
    length, depth = draw.uniform(rng, 0.36, 0.58), draw.uniform(rng, 0.19, 0.26)
    height, color_name = (
        draw.uniform(rng, 0.15, 0.2),
        draw.choice(rng, ["red", "blue", "yellow", "black", "orange", "green"]),
    )
    steel = draw.chance(rng, 0.5)
    body = (
        painted(rng, color_name, wear=0.2)
        if steel
        else finish(rng, "matte_plastic", "plastic", sample_color(rng, color_name))
    )
    lid_color_name = color_name if steel else draw.choice(rng, ["black", "gray"])
    lid = body if steel else finish(rng, "matte_plastic", "plastic", sample_color(rng, lid_color_name))
    latch_material = galvanised(rng)
    half_depth = depth / 2
    roof: list[Vec2] = [
        (-half_depth - 0.004, height),
        (half_depth + 0.004, height),
        (half_depth + 0.004, height + 0.025),
    ]
    roof += [
        (0.45 * half_depth, height + 0.075),
        (-0.45 * half_depth, height + 0.075),
        (-half_depth - 0.004, height + 0.025),
    ]
    parts = [
        box_part("body", (-length / 2, -half_depth, 0), (length / 2, half_depth, height + 0.002), body, bevel=0.006),
        across("lid", roof, length + 0.008, lid, bevel=0.006),
    ]
    for k, side in enumerate((-1, 1), 1):
        x = side * 0.28 * length
        parts.append(
            box_part(
                f"latch {k}",
                (x - 0.02, -half_depth - 0.012, height - 0.04),
                (x + 0.02, -half_depth + 0.002, height + 0.018),
                latch_material,
                bevel=0.003,
            )
        )
        parts.append(
            box_part(
                f"stay {k}",
                (side * 0.2 * length - 0.01, -0.012, height + 0.07),
                (side * 0.2 * length + 0.01, 0.012, height + 0.115),
                latch_material,
            )
        )
    grip = [(-0.21 * length, 0.0, height + 0.11), (0.21 * length, 0.0, height + 0.11)]
    parts.append(bar("handle", grip, 0.012, finish(rng, "rubber", "rubber", (0.05, 0.05, 0.05)), segments=14))
    return ObjectSpec(category=CATEGORY, parts=tuple(parts), color=color_name, material=body.name)
