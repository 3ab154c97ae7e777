"""Cutting boards of wood, bamboo, marble or slate, with a hole, a handle or a groove."""

import numpy as np

from scenes import draw
from scenes.craft.build import part, slab
from scenes.craft.finishes import finish, wood
from scenes.craft.style import Style
from scenes.material import Material
from scenes.model import ObjectSpec, Part, PartRole
from scenes.shapes import Cut, Cylinder

__all__ = ["CATEGORY", "make"]

CATEGORY = "cutting board"


def make(rng: np.random.Generator, style: Style) -> ObjectSpec:
    """Draw a cutting board in the style of its scene."""
    length = draw.uniform(rng, 0.25, 0.37)
    width, thickness = length * draw.uniform(rng, 0.58, 0.72), draw.uniform(rng, 0.012, 0.026)
    chance = rng.random()
    if chance < 0.8:
        material, color_name = (
            wood(rng, draw.choice(rng, [style.wood, "bamboo", "walnut", "beech"]), scale=0.2, wear=style.wear),
            "wood",
        )
    elif chance < 0.92:
        material, color_name = (
            finish(rng, "marble", "marble", (0.92, 0.91, 0.89), accent=(0.5, 0.49, 0.48), scale=0.25),
            "marble",
        )
    else:
        material, color_name = (
            finish(rng, "stone", "stone", (0.2, 0.2, 0.21), accent=(0.3, 0.3, 0.3), scale=0.02),
            "stone",
        )
    parts = (
        _handled(rng, length, width, thickness, material)
        if draw.chance(rng, 0.45)
        else [_plain(rng, length, width, thickness, material)]
    )
    return ObjectSpec(category=CATEGORY, parts=tuple(parts), material=color_name)


def _hole(radius: float, x: float, thickness: float) -> Cut:
    return Cut(shape=Cylinder(radius=radius, height=3 * thickness, segments=32), location=(x, 0.0, -thickness))


def _plain(rng: np.random.Generator, length: float, width: float, thickness: float, material: Material) -> Part:
    cuts = (_hole(draw.uniform(rng, 0.008, 0.013), length / 2 - 0.03, thickness),) if draw.chance(rng, 0.6) else ()
    board = slab(length, width, thickness, corner=draw.choice(rng, [0.008, 0.02, 0.045]), edge=0.3 * thickness)
    return part(PartRole.BOARD, board, material, modifiers=cuts)


def _handled(rng: np.random.Generator, length: float, width: float, thickness: float, material: Material) -> list[Part]:
    """A board with a short neck to hang it by."""
    neck = draw.uniform(rng, 0.08, 0.11)
    grip = slab(neck + 0.03, 0.034, thickness - 0.0006, corner=0.0165, edge=0.3 * thickness)
    hole = (_hole(0.0065, neck / 2, thickness),)
    return [
        part(PartRole.BOARD, slab(length, width, thickness, corner=0.03, edge=0.3 * thickness), material),
        part("handle", grip, material, at=(length / 2 + neck / 2 - 0.015, 0, 0.0003), modifiers=hole),
    ]
