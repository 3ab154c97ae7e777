"""Footstools: a round knitted pouf or an upholstered block on short legs."""

import numpy as np

from scenes import draw
from scenes.craft.build import lathe, part, tube
from scenes.craft.curve import spline
from scenes.craft.finishes import visible_material, wood
from scenes.craft.outline import corners
from scenes.craft.soft import block, cushion
from scenes.craft.style import Style
from scenes.furnish.upholstery import cover
from scenes.model import ObjectSpec, PartRole

__all__ = ["CATEGORY", "PLACE", "make"]

CATEGORY = "ottoman"
PLACE = "floor"


def make(rng: np.random.Generator, style: Style) -> ObjectSpec:
    """Draw an ottoman in the style of its scene."""
    material, color_name = cover(rng, style, leather=0.25)
    height = draw.uniform(rng, 0.32, 0.42)
    if draw.chance(rng, 0.5):
        radius = draw.uniform(rng, 0.22, 0.3)
        shape = [(0.62, 0.0), (0.9, 0.1), (1.0, 0.42), (0.93, 0.78), (0.6, 0.98), (0.2, 1.02)]
        side = spline(shape, 40) * [radius, height]
        skin = np.concatenate([[(0.0, 0.0)], side, [(0.0, 1.02 * height)]])
        pouf = part("pouf", lathe(skin), material)
        seam = spline([(x * radius * 1.004, 0, z * height) for x, z in shape[1:]], 20)
        welt = [
            part(f"seam {k + 1}", tube(seam, 0.004, count=20, segments=8), material, rotation=(0, 0, k * np.pi / 4))
            for k in range(8)
        ]
        return ObjectSpec(category=CATEGORY, parts=(pouf, *welt), color=color_name, material=visible_material(material))
    width, depth, leg_height = (
        draw.uniform(rng, 0.48, 0.95),
        draw.uniform(rng, 0.42, 0.52),
        draw.uniform(rng, 0.08, 0.15),
    )
    leg_material = wood(rng, style.wood)
    parts = [
        block("body", (width, depth, height - leg_height - 0.07), material, at=(0, 0, leg_height), edge=0.02),
        cushion(PartRole.TOP, (width + 0.01, depth + 0.01, 0.1), material, at=(0, 0, height - 0.085), crown=0.15),
    ]
    feet, tops = corners(width / 2 - 0.05, depth / 2 - 0.05), corners(width / 2 - 0.06, depth / 2 - 0.06)
    for k, (foot, top) in enumerate(zip(feet, tops, strict=True), 1):
        ends = [(*foot, 0), (*top, leg_height + 0.01)]
        parts.append(part(f"leg {k}", tube(ends, [0.013, 0.019], count=3, segments=16), leg_material))
    return ObjectSpec(category=CATEGORY, parts=tuple(parts), color=color_name, material=visible_material(material))
