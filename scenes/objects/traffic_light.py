"""Traffic lights on a pole, one of the three lamps on."""

import numpy as np

from scenes import draw
from scenes.base import Rgb
from scenes.craft.build import lathe, part
from scenes.craft.finishes import finish
from scenes.craft.style import Style
from scenes.material import GLOW
from scenes.model import ObjectSpec
from scenes.shapes import Array, Box, Cylinder, Group, Lathe, Placed

__all__ = ["CATEGORY", "PLACE", "make"]

CATEGORY = "traffic light"
PLACE = "street"
_QUARTER = 1.5707963
_LAMPS: tuple[tuple[Rgb, Rgb], ...] = (
    ((1.0, 0.12, 0.08), (0.25, 0.03, 0.03)),
    ((1.0, 0.62, 0.08), (0.28, 0.16, 0.03)),
    ((0.1, 0.95, 0.45), (0.03, 0.2, 0.1)),
)


def make(rng: np.random.Generator, style: Style) -> ObjectSpec:
    """Draw a traffic light in the style of its scene."""
    del style
    height = draw.uniform(rng, 2.9, 3.8)
    gray = 0.09 if draw.chance(rng, 0.6) else 0.4
    steel = finish(rng, "painted_metal", "metal", (gray, gray, gray * 1.02), roughness=0.4)
    black = finish(rng, "matte_plastic", "plastic", (0.06, 0.06, 0.065))
    foot = height - 1.08
    visor = Lathe(profile=((0.1, 0.0), (0.118, 0.0), (0.125, 0.17), (0.107, 0.17)), segments=24, closed=True)
    hoods = Array(shape=visor, counts=(1, 3, 1), step=(0, 0.32, 0))
    head = Group(
        members=(
            Placed(shape=Box(size=(0.3, 0.2, 1.0)), at=(0, -0.16, foot)),
            Placed(shape=Box(size=(0.5, 0.02, 1.2)), at=(0, -0.07, foot - 0.1)),
        )
    )
    parts = [
        part("pole", lathe([(0, 0), (0.055, 0), (0.055, 1.1), (0.055, height), (0, height)], segments=20), steel),
        part("foot", Cylinder(radius=0.1, height=0.3, segments=20), steel),
        part(
            "brackets",
            Array(shape=Box(size=(0.05, 0.14, 0.05)), counts=(1, 1, 2), step=(0, 0, 0.8)),
            steel,
            at=(0, -0.06, foot + 0.05),
        ),
        part("head", head, black, bevel=0.01),
        part("hoods", hoods, black, at=(0, -0.25, foot + 0.18), rotation=(_QUARTER, 0, 0)),
    ]
    on = draw.integer(rng, 3)
    for k, (bright, dark) in enumerate(_LAMPS):
        z = foot + 0.18 + 0.32 * (2 - k)
        lens = (
            finish(rng, "emission", "lamp", bright, strength=GLOW)
            if k == on
            else finish(rng, "plastic", "lamp", dark, roughness=0.2)
        )
        disc = Cylinder(radius=0.105, height=0.03, segments=24)
        parts.append(part(f"lamp {k}", disc, lens, at=(0, -0.245, z), rotation=(_QUARTER, 0, 0)))
    if draw.chance(rng, 0.6):
        button = Box(size=(0.14, 0.1, 0.24))
        yellow = finish(rng, "matte_plastic", "plastic", (0.85, 0.65, 0.1))
        parts.append(part("button", button, yellow, at=(0, -0.09, 1.0), bevel=0.01))
    return ObjectSpec(category=CATEGORY, parts=tuple(parts), material="metal")
