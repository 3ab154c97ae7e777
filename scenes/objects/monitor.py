"""Computer screens on a foot, on or off."""

import numpy as np

from scenes import draw
from scenes.craft.build import part, slab, tube
from scenes.craft.finishes import finish, metal
from scenes.craft.style import Style
from scenes.furnish.casework import box_part
from scenes.model import ObjectSpec

__all__ = ["CATEGORY", "PLACE", "make"]

CATEGORY = "monitor"
PLACE = "furniture"


def make(rng: np.random.Generator, style: Style) -> ObjectSpec:
    """Draw a monitor."""
    width = draw.uniform(rng, 0.5, 0.72)
    height, lift = width * draw.uniform(rng, 0.54, 0.62), draw.uniform(rng, 0.1, 0.16)
    color_name = "black" if draw.chance(rng, 0.6) else "white" if draw.chance(rng, 0.4) else ""
    color = {"black": (0.04, 0.04, 0.042), "white": (0.92, 0.92, 0.92)}.get(color_name, (0.3, 0.3, 0.31))
    shell = finish(rng, "plastic", "plastic", color, roughness=0.35)
    if draw.chance(rng, 0.4):
        glow = [(0.1, 0.16, 0.28), (0.75, 0.78, 0.82), (0.16, 0.3, 0.3), (0.25, 0.14, 0.3)][draw.integer(rng, 4)]
        screen = finish(rng, "emission", "screen", glow, strength=draw.uniform(rng, 0.5, 1.2))
    else:
        screen = finish(rng, "plastic", "screen", (0.015, 0.015, 0.018), roughness=0.12)
    foot = metal(rng, "steel") if draw.chance(rng, 0.4) else shell
    rim = 0.008
    parts = [
        part("foot", slab(0.26, 0.19, 0.012, corner=0.02, edge=0.004), foot, at=(0, 0.03, 0)),
        part(
            "neck", tube([(0, 0.06, 0.01), (0, 0.055, lift + 0.5 * height)], [0.022, 0.016], count=4, aspect=0.6), foot
        ),
        box_part("body", (-width / 2, 0, lift), (width / 2, 0.028, lift + height), shell, bevel=0.004),
        box_part("hub", (-0.06, 0.02, lift + 0.4 * height), (0.06, 0.05, lift + 0.6 * height), shell, bevel=0.004),
        box_part(
            "screen",
            (-width / 2 + rim, -0.0008, lift + rim + 0.01),
            (width / 2 - rim, 0.001, lift + height - rim),
            screen,
            bevel=0.0003,
        ),
    ]
    return ObjectSpec(category=CATEGORY, parts=tuple(parts), color=color_name, material="plastic")
