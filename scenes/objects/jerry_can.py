"""Jerry cans: pressed steel with three handles, or a plastic canister with one."""

import numpy as np

from scenes import draw
from scenes.colors import sample_color
from scenes.craft.build import part, slab
from scenes.craft.finishes import finish
from scenes.craft.paint import painted
from scenes.craft.steel import bar
from scenes.craft.style import Style
from scenes.model import ObjectSpec
from scenes.shapes import Cylinder

__all__ = ["CATEGORY", "PLACE", "make"]

CATEGORY = "jerry can"
PLACE = "floor"


def make(rng: np.random.Generator, style: Style) -> ObjectSpec:
    """Draw a jerry can."""
    steel = draw.chance(rng, 0.5)
    color_name = draw.choice(rng, ["green", "red", "gray"] if steel else ["white", "blue", "yellow", "red", "black"])
    material = (
        painted(rng, color_name, wear=0.2)
        if steel
        else finish(rng, "plastic", "plastic", sample_color(rng, color_name), roughness=0.4, wear=0.15)
    )
    share = draw.uniform(rng, 0.75, 1.05)
    width, depth, height = 0.33 * share, (0.16 if steel else 0.22) * share, 0.4 * share
    dark = finish(rng, "matte_plastic", "plastic", sample_color(rng, "black" if color_name != "black" else "red"))
    parts = [part("can", slab(width, depth, height, corner=0.035, edge=0.02), material)]
    offsets = (-0.28 * depth, 0.0, 0.28 * depth) if steel else (0.0,)
    for k, at in enumerate(offsets, 1):
        path = [
            (-0.2 * width, at, height - 0.008),
            (-0.17 * width, at, height + 0.04),
            (0.22 * width, at, height + 0.04),
            (0.26 * width, at, height - 0.008),
        ]
        parts.append(bar(f"handle {k}", path, 0.007 if steel else 0.013, material, segments=12))
    parts.append(part("neck", Cylinder(radius=0.024, height=0.04), material, at=(-0.36 * width, 0, height - 0.012)))
    parts.append(
        part(
            "cap",
            Cylinder(radius=0.03, height=0.024, segments=32),
            dark,
            at=(-0.36 * width, 0, height + 0.022),
            bevel=0.004,
        )
    )
    return ObjectSpec(category=CATEGORY, parts=tuple(parts), color=color_name, material=material.name)
