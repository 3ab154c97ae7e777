"""Microwave ovens for a worktop; the door is at -y."""

import numpy as np

from scenes import draw
from scenes.craft.build import dot, part, tube
from scenes.craft.finishes import finish, metal, vary
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
    x, y, pad = width / 2, depth / 2, width / 2 - 0.11
    parts = [box_part("body", (-x, -y + 0.02, 0.01), (x, y, height), shell, bevel=0.006)]
    parts += [
        box_part(
            f"foot {k}",
            (side_x * (x - 0.05) - 0.015, side_y * (y - 0.06) - 0.015, 0),
            (side_x * (x - 0.05) + 0.015, side_y * (y - 0.06) + 0.015, 0.012),
            glass,
        )
        for k, (side_x, side_y) in enumerate(((-1, -1), (1, -1), (1, 1), (-1, 1)), 1)
    ]
    parts += [
        box_part("door", (-x, -y, 0.012), (pad, -y + 0.021, height - 0.002), shell, bevel=0.004),
        box_part("window", (-x + 0.03, -y - 0.001, 0.045), (pad - 0.04, -y + 0.001, height - 0.035), glass, bevel=0),
        box_part("panel", (pad + 0.002, -y, 0.012), (x, -y + 0.021, height - 0.002), glass, bevel=0.003),
        part("dial", dot(0.022, 0.02), trim, at=((pad + x) / 2, -y + 0.001, 0.3 * height), rotation=(np.pi / 2, 0, 0)),
    ]
    at = pad - 0.02
    path = [
        (at, -y + 0.001, 0.05),
        (at, -y - 0.03, 0.06),
        (at, -y - 0.03, height - 0.05),
        (at, -y + 0.001, height - 0.04),
    ]
    parts.append(part("handle", tube(path, 0.006, count=20, segments=10), trim))
    return ObjectSpec(category=CATEGORY, parts=tuple(parts), color=color_name, material="" if color_name else "metal")
