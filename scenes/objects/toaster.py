"""Toasters with two slots and a lever."""

import numpy as np

from scenes import draw
from scenes.colors import sample_color
from scenes.craft.build import dot, part
from scenes.craft.finishes import finish, metal
from scenes.craft.style import Style
from scenes.craft.vessels import Level, hollow
from scenes.furnish.casework import box_part
from scenes.model import ObjectSpec

__all__ = ["CATEGORY", "PLACE", "make"]

CATEGORY = "toaster"
PLACE = "furniture"


def make(rng: np.random.Generator, style: Style) -> ObjectSpec:
    """Draw a toaster in the style of its scene."""
    color_name = (
        "" if draw.chance(rng, 0.45) else style.color_name(rng, allowed=("red", "black", "white", "teal", "beige"))
    )
    material = (
        finish(rng, "painted_metal", "metal", sample_color(rng, color_name), roughness=0.2)
        if color_name
        else metal(rng, "steel")
    )
    dark = finish(rng, "matte_plastic", "plastic", (0.04, 0.04, 0.042))
    width, depth, height = draw.uniform(rng, 0.26, 0.3), draw.uniform(rng, 0.15, 0.18), draw.uniform(rng, 0.17, 0.2)
    soft = draw.uniform(rng, 0.02, 0.045)
    levels = [
        Level(width, depth, soft, 0.015),
        Level(width, depth, soft, 0.8 * height),
        Level(width - 0.01, depth - 0.01, soft, 0.93 * height),
        Level(width - 0.035, depth - 0.035, soft, height),
    ]
    parts = [
        part(
            "foot",
            hollow([Level(width - 0.02, depth - 0.02, soft, 0.0), Level(width - 0.02, depth - 0.02, soft, 0.016)]),
            dark,
        ),
        part("body", hollow(levels), material),
    ]
    for k, at in enumerate((-0.032, 0.032), 1):
        low, high = (-0.36 * width, at - 0.013, height - 0.004), (0.36 * width, at + 0.013, height + 0.0006)
        parts.append(box_part(f"slot {k}", low, high, dark, bevel=0))
    parts += [
        box_part(
            "lever",
            (width / 2 - 0.002, -0.02, 0.6 * height),
            (width / 2 + 0.025, 0.02, 0.66 * height),
            dark,
            bevel=0.004,
        ),
        part("dial", dot(0.014, 0.014), dark, at=(width / 2 - 0.001, -0.04, 0.35 * height), rotation=(0, np.pi / 2, 0)),
    ]
    return ObjectSpec(category=CATEGORY, parts=tuple(parts), color=color_name, material="" if color_name else "metal")
