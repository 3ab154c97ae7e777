"""Duvets and bedspreads, lying over a mattress and down its sides; the foot end is at -y."""

import numpy as np

from scenes import draw
from scenes.colors import sample_color
from scenes.craft.build import part
from scenes.craft.soft import drape
from scenes.craft.style import Style
from scenes.craft.textiles import THROWS, textile
from scenes.model import ObjectSpec
from scenes.shapes import Subdivision

__all__ = ["CATEGORY", "PLACE", "for_mattress", "make"]

CATEGORY = "blanket"
PLACE = "furniture"
_COLOR_NAMES = ("white", "beige", "blue", "gray", "green", "teal", "pink", "white")


def make(rng: np.random.Generator, style: Style) -> ObjectSpec:
    """Draw a blanket in the style of its scene."""
    return for_mattress(
        rng, style, draw.uniform(rng, 0.9, 1.8), draw.uniform(rng, 1.2, 1.6), draw.uniform(rng, 0.15, 0.25)
    )


def for_mattress(rng: np.random.Generator, style: Style, width: float, length: float, drop: float) -> ObjectSpec:
    """A blanket for a mattress `width` metres wide, covering `length` of it, hanging `drop` down."""
    color_name = style.color_name(rng, allowed=_COLOR_NAMES, stray=0.3)
    material = textile(rng, sample_color(rng, color_name), THROWS)
    shape = drape(rng, width, length, drop, thickness=draw.uniform(rng, 0.025, 0.05))
    cloth = part("cloth", shape, material, rotation=(np.pi / 2, 0, 0), modifiers=(Subdivision(levels=2),))
    return ObjectSpec(category=CATEGORY, parts=(cloth,), color=color_name, material="fabric")
