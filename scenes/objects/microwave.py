"""Microwave ovens for a worktop; the door is at -y."""

import numpy as np

from scenes import draw
from scenes.craft.build import dot, part, tube
from scenes.craft.finishes import finish, metal, vary
from scenes.craft.outline import corners
from scenes.craft.style import Style
from scenes.furnish.casework import box_part
from scenes.model import ObjectSpec

__all__ = ["CATEGORY", "PLACE", "make"]

CATEGORY = "microwave"
PLACE = "furniture"


def make(rng: np.random.Generator, style: Style) -> ObjectSpec:
    """Draw a microwave."""
    chance = rng.random()
    color_name = "" if chance < 0.4 else "white" if chance < 0.7 else "black"
    color = {"white": (0.92, 0.92, 0.91), "black": (0.03, 0.03, 0.032)}.get(color_name)
    shell = (
        finish(rng, "painted_metal", "metal", vary(rng, color, 0.02), roughness=0.3) if color else metal(rng, "steel")
    )
    glass = finish(rng, "plastic", "glass", (0.015, 0.015, 0.015), roughness=0.07)
    trim = metal(rng, "steel", polished=True)
    width, depth, height = draw.uniform(rng, 0.44, 0.53), draw.uniform(rng, 0.33, 0.4), draw.uniform(rng, 0.25, 0.3)
    half_width, half_depth, door_edge = width / 2, depth / 2, width / 2 - 0.11
    parts = [
        box_part("body", (-half_width, -half_depth + 0.02, 0.01), (half_width, half_depth, height), shell, bevel=0.006)
    ]
    parts += [
        box_part(
            f"foot {k}",
            (foot_x - 0.015, foot_y - 0.015, 0),
            (foot_x + 0.015, foot_y + 0.015, 0.012),
            glass,
        )
        for k, (foot_x, foot_y) in enumerate(corners(half_width - 0.05, half_depth - 0.06), 1)
    ]
    parts += [
        box_part(
            "door",
            (-half_width, -half_depth, 0.012),
            (door_edge, -half_depth + 0.021, height - 0.002),
            shell,
            bevel=0.004,
        ),
        box_part(
            "window",
            (-half_width + 0.03, -half_depth - 0.001, 0.045),
            (door_edge - 0.04, -half_depth + 0.001, height - 0.035),
            glass,
            bevel=0,
        ),
        box_part(
            "panel",
            (door_edge + 0.002, -half_depth, 0.012),
            (half_width, -half_depth + 0.021, height - 0.002),
            glass,
            bevel=0.003,
        ),
        part(
            "dial",
            dot(0.022, 0.02),
            trim,
            at=((door_edge + half_width) / 2, -half_depth + 0.001, 0.3 * height),
            rotation=(np.pi / 2, 0, 0),
        ),
    ]
    at = door_edge - 0.02
    path = [
        (at, -half_depth + 0.001, 0.05),
        (at, -half_depth - 0.03, 0.06),
        (at, -half_depth - 0.03, height - 0.05),
        (at, -half_depth + 0.001, height - 0.04),
    ]
    parts.append(part("handle", tube(path, 0.006, count=20, segments=10), trim))
    return ObjectSpec(category=CATEGORY, parts=tuple(parts), color=color_name, material="" if color_name else "metal")
