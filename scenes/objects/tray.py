"""Serving trays: a rectangular one with walls and grips, or a round one of metal."""

import numpy as np

from scenes import draw
from scenes.colors import sample_color
from scenes.craft.build import part
from scenes.craft.finishes import finish, metal, visible_material, wood
from scenes.craft.style import Style
from scenes.craft.vessels import vessel
from scenes.material import Material
from scenes.model import ObjectSpec, Part
from scenes.shapes import Box, Cut

__all__ = ["CATEGORY", "make"]

CATEGORY = "tray"


def make(rng: np.random.Generator, style: Style) -> ObjectSpec:
    """Draw a tray in the style of its scene."""
    if draw.chance(rng, 0.4):
        return _round(rng, style)
    color_name, material = "", wood(rng, style.wood, scale=0.2, wear=style.wear)
    if draw.chance(rng, 0.4):
        color_name = style.color_name(rng, allowed=("white", "black", "blue", "green", "teal", "red"))
        material = finish(rng, "painted_wood", "wood", sample_color(rng, color_name), wear=style.wear)
    return ObjectSpec(
        category=CATEGORY,
        parts=tuple(_rectangular(rng, material)),
        color=color_name,
        material=visible_material(material),
    )


def _round(rng: np.random.Generator, style: Style) -> ObjectSpec:
    radius, height = draw.uniform(rng, 0.145, 0.2), draw.uniform(rng, 0.018, 0.03)
    body = vessel(
        [(0.95 * radius, 0), (0.985 * radius, 0.15 * height), (0.995 * radius, 0.6 * height), (radius, height)],
        wall=0.0025,
        floor=0.003,
    )
    material = metal(rng, draw.choice(rng, ["brass", "steel", "copper", "black"]), wear=style.wear)
    return ObjectSpec(category=CATEGORY, parts=(part("body", body.shape(segments=112), material),), material="metal")


def _rectangular(rng: np.random.Generator, material: Material) -> list[Part]:
    """A bottom, two long walls, two higher ends with a slot to grip."""
    length = draw.uniform(rng, 0.34, 0.47)
    width, height, wall = length * draw.uniform(rng, 0.6, 0.72), draw.uniform(rng, 0.032, 0.045), 0.011
    end = height + 0.025
    slot = (Cut(shape=Box(size=(0.1, 0.09, 0.02)), location=(0.0, 0.0, end - 0.032)),)
    parts = [part("bottom", Box(size=(length - 0.004, width - 0.004, 0.008)), material, bevel=0.001)]
    for k, side in enumerate((-1, 1), 1):
        parts.append(
            part(
                f"side {k}",
                Box(size=(length - 2 * wall + 0.001, wall, height)),
                material,
                at=(0, side * (width - wall) / 2, 0),
                bevel=0.0025,
            )
        )
        parts.append(
            part(
                f"end {k}",
                Box(size=(wall, width, end)),
                material,
                at=(side * (length - wall) / 2, 0, 0),
                modifiers=slot,
                bevel=0.0025,
            )
        )
    return parts
