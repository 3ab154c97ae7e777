"""Drink cartons: bricks of juice with a screw cap, milk with a gable top."""

import numpy as np

from scenes import draw
from scenes.colors import sample_color
from scenes.craft.build import part
from scenes.craft.finishes import finish, printed
from scenes.craft.steel import across
from scenes.craft.style import Style
from scenes.furnish.casework import box_part
from scenes.model import ObjectSpec
from scenes.shapes import Box, Cylinder

__all__ = ["CATEGORY", "PLACE", "make"]

CATEGORY = "drink carton"
PLACE = "shop"


def make(rng: np.random.Generator, style: Style) -> ObjectSpec:
    """Draw a drink carton."""
    color_name = style.color_name(rng, allowed=("white", "blue", "green", "orange", "red", "yellow"), stray=0.7)
    second_color_name = draw.choice(
        rng, [name for name in ("blue", "green", "red", "orange", "white") if name != color_name]
    )
    side = draw.uniform(rng, 0.064, 0.075)
    body_height = draw.uniform(rng, 0.165, 0.2)
    carton_material = finish(rng, "paper", "cardboard", sample_color(rng, color_name), roughness=0.3)
    ink = printed(rng, second_color_name, color_name, scale=0.09, roughness=0.3)
    cap = finish(rng, "plastic", "plastic", sample_color(rng, second_color_name), roughness=0.3)
    half_side = side / 2
    parts = [
        part("body", Box(size=(side, side, body_height)), carton_material, bevel=0.002),
        box_part(
            "print",
            (-half_side - 0.0004, -half_side - 0.0004, 0.3 * body_height),
            (half_side + 0.0004, half_side + 0.0004, 0.62 * body_height),
            ink,
            bevel=0,
        ),
        box_part(
            "band",
            (-half_side - 0.0003, -half_side - 0.0003, 0.05 * body_height),
            (half_side + 0.0003, half_side + 0.0003, 0.13 * body_height),
            cap,
            bevel=0,
        ),
    ]
    if draw.chance(rng, 0.5):
        roof = [
            (-half_side, body_height),
            (half_side, body_height),
            (0.002, body_height + 0.6 * side),
            (-0.002, body_height + 0.6 * side),
        ]
        parts.append(across("gable", roof, side, carton_material))
        parts.append(
            box_part(
                "fin",
                (-half_side, -0.002, body_height + 0.59 * side),
                (half_side, 0.002, body_height + 0.82 * side),
                carton_material,
                bevel=0,
            )
        )
        slope = float(np.arctan(half_side / (0.6 * side)))
        parts.append(
            part(
                "cap",
                Cylinder(radius=0.013, height=0.014, segments=24),
                cap,
                at=(0, -0.62 * half_side, body_height + 0.23 * side),
                rotation=(np.pi / 2 - slope, 0, 0),
            )
        )
    else:
        parts.append(
            part(
                "cap",
                Cylinder(radius=0.014, height=0.013, segments=24),
                cap,
                at=(0, -0.4 * half_side, body_height - 0.001),
                bevel=0.001,
            )
        )
    return ObjectSpec(category=CATEGORY, parts=tuple(parts), color=color_name, material="cardboard")
