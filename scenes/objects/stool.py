"""Stools, low or at bar height: a round seat on three or four legs with rungs."""

import itertools

import numpy as np

from scenes import draw
from scenes.colors import sample_color
from scenes.craft.build import part, slab, tube
from scenes.craft.finishes import finish, metal, visible_material, wood
from scenes.craft.outline import corners
from scenes.craft.soft import cushion
from scenes.craft.style import Style
from scenes.furnish.upholstery import cover
from scenes.model import ObjectSpec, PartRole

__all__ = ["CATEGORY", "PLACE", "make"]

CATEGORY = "stool"
PLACE = "floor"


def make(rng: np.random.Generator, style: Style) -> ObjectSpec:
    """Draw a stool in the style of its scene."""
    height = draw.uniform(rng, 0.62, 0.76) if draw.chance(rng, 0.5) else draw.uniform(rng, 0.42, 0.48)
    width, color_name = draw.uniform(rng, 0.3, 0.36), ""
    if draw.chance(rng, 0.3):
        color_name = style.color_name(rng, allowed=("white", "black", "gray", "red", "teal", "yellow", "green"))
        wood_material = finish(
            rng, "painted_wood", "wood", sample_color(rng, color_name), roughness=0.4, wear=style.wear
        )
    else:
        wood_material = wood(rng, style.wood, scale=0.12, wear=style.wear)
    leg_material = metal(rng, "black") if draw.chance(rng, 0.35) else wood_material
    corner = width / 2 - 0.001 if draw.chance(rng, 0.7) else 0.05
    thickness = 0.03
    parts = [
        part(
            PartRole.SEAT,
            slab(width, width, thickness, corner=corner, edge=0.009, steps=5),
            wood_material,
            at=(0, 0, height - thickness),
        )
    ]
    if draw.chance(rng, 0.35):
        pad, color_name = cover(rng, style, leather=0.5)
        parts.append(
            cushion(
                PartRole.PAD,
                (width - 0.01, width - 0.01, 0.05),
                pad,
                at=(0, 0, height - 0.004),
                corner=0.45,
                crown=0.25,
            )
        )
    top_offset, foot_offset = 0.3 * width, 0.3 * width + 0.1 * height
    for k, (side_x, side_y) in enumerate(itertools.product((-1, 1), repeat=2), 1):
        path = [
            (side_x * foot_offset, side_y * foot_offset, 0),
            (side_x * top_offset, side_y * top_offset, height - thickness + 0.004),
        ]
        parts.append(part(f"leg {k}", tube(path, [0.013, 0.018], count=3, segments=16), leg_material))
    for level in (0.3, 0.42):
        offset = foot_offset + (top_offset - foot_offset) * level
        front_left, front_right, rear_right, rear_left = ((x, y, level * height) for x, y in corners(offset, offset))
        across = ((front_left, front_right), (rear_left, rear_right))
        along = ((front_left, rear_left), (front_right, rear_right))
        for k, ends in enumerate(across if level == 0.3 else along, 1):
            parts.append(part(f"rung {level} {k}", tube(ends, 0.009, count=2, segments=12), leg_material))
    return ObjectSpec(
        category=CATEGORY, parts=tuple(parts), color=color_name, material=visible_material(parts[0].material)
    )
