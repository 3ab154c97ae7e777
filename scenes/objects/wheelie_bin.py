"""Rubbish bins on two wheels, with a hinged lid."""

import numpy as np

from scenes import draw
from scenes.colors import sample_color
from scenes.craft.build import part
from scenes.craft.curve import points2
from scenes.craft.finishes import finish
from scenes.craft.outline import rounded_rectangle
from scenes.craft.style import Style
from scenes.model import ObjectSpec
from scenes.shapes import Box, Cylinder, Group, Loft, Placed, Section

__all__ = ["CATEGORY", "PLACE", "make"]

CATEGORY = "wheelie bin"
PLACE = "street"
_QUARTER = 1.5707963


def make(rng: np.random.Generator, style: Style) -> ObjectSpec:
    """Draw a wheelie bin in the style of its scene."""
    del style
    color_name = draw.choice(rng, ["black", "green", "gray", "blue", "brown"])
    shell = finish(rng, "matte_plastic", "plastic", sample_color(rng, color_name), roughness=0.5, wear=0.3)
    lid_color_name = draw.choice(rng, [color_name, color_name, "yellow", "blue", "green", "red"])
    lid_material = (
        shell
        if lid_color_name == color_name
        else finish(rng, "matte_plastic", "plastic", sample_color(rng, lid_color_name))
    )
    black = finish(rng, "rubber", "rubber", (0.06, 0.06, 0.06))
    height, width, depth = draw.uniform(rng, 0.9, 1.05), draw.uniform(rng, 0.48, 0.58), draw.uniform(rng, 0.52, 0.7)

    def level(z: float, share: float, back: float) -> Section:
        outline = rounded_rectangle(share * width, share * depth, 0.05) + np.array([0.0, back])
        return Section(z=z, outline=points2(outline))

    tub = Loft(
        sections=(
            level(0.02, 0.74, 0.03),
            level(height - 0.06, 0.98, 0.0),
            level(height - 0.06, 1.04, 0.0),
            level(height, 1.04, 0.0),
        )
    )
    lid = Loft(
        sections=(
            level(height - 0.002, 1.06, -0.005),
            level(height + 0.04, 1.06, -0.005),
            level(height + 0.075, 0.85, 0.03),
        )
    )
    wheels = Group(
        members=tuple(
            Placed(
                shape=Cylinder(radius=0.1, height=0.05, segments=24),
                at=(side * width * 0.42 - 0.025, 0.4 * depth, 0.1),
                turn=(0, _QUARTER, 0),
            )
            for side in (-1, 1)
        )
    )
    bar = Group(
        members=(
            Placed(
                shape=Cylinder(radius=0.016, height=width, segments=12),
                at=(-width / 2, 0.52 * depth + 0.06, height - 0.03),
                turn=(0, _QUARTER, 0),
            ),
            *(
                Placed(
                    shape=Box(size=(0.03, 0.1, 0.04)),
                    at=(side * (width / 2 - 0.05), 0.52 * depth + 0.02, height - 0.05),
                )
                for side in (-1, 1)
            ),
        )
    )
    parts = (
        part("tub", tub, shell, bevel=0.006),
        part("lid", lid, lid_material, bevel=0.012),
        part("wheels", wheels, black),
        part(
            "axle",
            Cylinder(radius=0.015, height=0.84 * width, segments=10),
            black,
            at=(-0.42 * width, 0.4 * depth, 0.1),
            rotation=(0, _QUARTER, 0),
        ),
        part("handle", bar, shell),
        part("foot", Box(size=(0.6 * width, 0.1, 0.05)), shell, at=(0, -0.25 * depth, 0)),
    )
    return ObjectSpec(
        category=CATEGORY, parts=parts, color=color_name if lid_color_name == color_name else "", material="plastic"
    )
