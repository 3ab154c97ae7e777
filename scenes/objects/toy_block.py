"""Toy blocks: wooden cubes, bricks, roofs, pillars and arches; plastic bricks with studs."""

import numpy as np

from scenes import draw
from scenes.colors import sample_color
from scenes.craft.build import part, plate_of
from scenes.craft.finishes import finish, visible_material, wood
from scenes.craft.style import Style
from scenes.material import Material
from scenes.model import ObjectSpec, Part
from scenes.shapes import Box, Cylinder

__all__ = ["CATEGORY", "make"]

CATEGORY = "toy block"
_COLOR_NAMES = ("red", "yellow", "blue", "green", "orange", "white", "purple", "teal")


def make(rng: np.random.Generator, style: Style) -> ObjectSpec:
    """Draw a toy block in the style of its scene."""
    color_name = style.color_name(rng, allowed=_COLOR_NAMES, stray=0.8)
    if draw.chance(rng, 0.3):
        material = finish(rng, "plastic", "plastic", sample_color(rng, color_name), roughness=0.2)
        return ObjectSpec(category=CATEGORY, parts=tuple(_studded(rng, material)), color=color_name, material="plastic")
    if draw.chance(rng, 0.2):
        color_name, material = "", wood(rng, draw.choice(rng, ["beech", "pine"]), scale=0.06)
    else:
        material = finish(rng, "painted_wood", "wood", sample_color(rng, color_name), wear=style.wear, roughness=0.35)
    return ObjectSpec(
        category=CATEGORY, parts=(_wooden(rng, material),), color=color_name, material=visible_material(material)
    )


def _wooden(rng: np.random.Generator, material: Material) -> Part:
    side, bevel = draw.uniform(rng, 0.03, 0.042), 0.0022
    match draw.choice(rng, ["cube", "cube", "brick", "roof", "pillar", "arch"]):
        case "cube":
            return part("block", Box(size=(side, side, side)), material, bevel=bevel)
        case "brick":
            return part("block", Box(size=(2 * side, side, side)), material, bevel=bevel)
        case "roof":
            roof = np.array([(-side, 0), (side, 0), (0.0, side)])
            return part("block", plate_of(roof, side), material, rotation=(np.pi / 2, 0, 0), bevel=bevel)
        case "pillar":
            return part("block", Cylinder(radius=side / 2, height=1.6 * side), material, bevel=bevel)
        case _:
            angle = np.linspace(0, np.pi, 17)
            hole = 0.55 * side * np.stack([np.cos(angle), np.sin(angle)], 1)[::-1]
            outline = np.concatenate([[(-side, 0)], hole, [(side, 0), (side, side), (-side, side)]])
            return part("block", plate_of(outline, side), material, rotation=(np.pi / 2, 0, 0), bevel=0.0012)


def _studded(rng: np.random.Generator, material: Material) -> list[Part]:
    """A plastic brick of 2 by 2 to 2 by 4 studs, to the size for small hands."""
    unit, columns = 0.016, 2
    rows = draw.integer(rng, 2, 5)
    body = Box(size=(rows * unit - 0.0004, columns * unit - 0.0004, 1.2 * unit))
    studs = [
        part(
            f"stud {row * columns + column + 1}",
            Cylinder(radius=0.3 * unit, height=0.24 * unit, segments=28),
            material,
            at=((row - (rows - 1) / 2) * unit, (column - (columns - 1) / 2) * unit, 1.2 * unit - 0.0003),
            bevel=0.0004,
        )
        for row in range(rows)
        for column in range(columns)
    ]
    return [part("brick", body, material, bevel=0.0006), *studs]
