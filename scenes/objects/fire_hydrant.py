"""Fire hydrants: a barrel with a domed cap and three outlets."""

import numpy as np

from scenes import draw
from scenes.colors import sample_color
from scenes.craft.build import lathe, part
from scenes.craft.finishes import finish
from scenes.craft.style import Style
from scenes.model import ObjectSpec
from scenes.shapes import Cylinder, Group, Placed

__all__ = ["CATEGORY", "PLACE", "make"]

CATEGORY = "fire hydrant"
PLACE = "street"
_QUARTER = 1.5707963


def make(rng: np.random.Generator, style: Style) -> ObjectSpec:
    """Draw a fire hydrant in the style of its scene."""
    color_name = draw.choice(rng, ["red", "red", "yellow", "blue", "orange"])
    paint = finish(rng, "painted_metal", "metal", sample_color(rng, color_name), wear=0.5 * style.wear, scale=0.2)
    cap = paint if draw.chance(rng, 0.6) else finish(rng, "painted_metal", "metal", (0.8, 0.8, 0.8))
    height, radius = draw.uniform(rng, 0.66, 0.88), draw.uniform(rng, 0.1, 0.125)
    body = lathe(
        [
            (0, 0),
            (1.55 * radius, 0),
            (1.55 * radius, 0.04),
            (1.05 * radius, 0.06),
            (radius, 0.12),
            (radius, 0.42 * height),
            (radius, 0.5 * height),
            (radius, 0.68 * height),
            (1.3 * radius, 0.69 * height),
            (1.3 * radius, 0.73 * height),
            (0, 0.73 * height),
        ]
    )
    dome = lathe(
        [
            (0, 0),
            (1.12 * radius, 0),
            (1.05 * radius, 0.09 * height),
            (0.7 * radius, 0.18 * height),
            (0.3 * radius, 0.21 * height),
            (0.25 * radius, 0.27 * height),
            (0, 0.27 * height),
        ]
    )
    nozzle = lathe(
        [
            (0, 0),
            (0.5 * radius, 0),
            (0.5 * radius, 0.85 * radius),
            (0.5 * radius, 1.25 * radius),
            (0.62 * radius, 1.25 * radius),
            (0.62 * radius, 1.55 * radius),
            (0.2 * radius, 1.55 * radius),
            (0.2 * radius, 1.75 * radius),
            (0, 1.75 * radius),
        ],
        segments=20,
    )
    outlets = Group(
        members=(
            Placed(shape=nozzle, at=(0, 0, 0.5 * height), turn=(0, _QUARTER, 0)),
            Placed(shape=nozzle, at=(0, 0, 0.5 * height), turn=(0, -_QUARTER, 0)),
            Placed(shape=nozzle, at=(0, 0, 0.42 * height), turn=(_QUARTER, 0, 0)),
        )
    )
    bolts = Group(
        members=tuple(
            Placed(
                shape=Cylinder(radius=0.012, height=0.025, segments=6),
                at=(float(1.38 * radius * np.cos(angle)), float(1.38 * radius * np.sin(angle)), 0.035),
            )
            for angle in np.linspace(0, 2 * np.pi, 8, endpoint=False)
        )
    )
    parts = (
        part("barrel", body, paint),
        part("cap", dome, cap, at=(0, 0, 0.73 * height)),
        part("outlets", outlets, cap),
        part("bolts", bolts, paint),
    )
    return ObjectSpec(category=CATEGORY, parts=parts, color=color_name if cap is paint else "", material="metal")
