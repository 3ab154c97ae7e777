"""Bushes: leafy, dry, heather-like, snowed over."""

from dataclasses import dataclass

import numpy as np

from scenes import draw
from scenes.base import Rgb
from scenes.craft.build import part
from scenes.craft.finishes import finish, vary
from scenes.craft.style import Style
from scenes.model import ObjectSpec
from scenes.nature.specs import Growth, Leafage, Wood

__all__ = ["CATEGORY", "KINDS", "PLACE", "grow", "make"]

CATEGORY = "bush"
PLACE = "outdoors"


@dataclass(frozen=True)
class _BushKind:
    """Leaves of two colours, a share `other_share` of them in the second; lengths in metres."""

    color: Rgb
    other_color: Rgb
    other_share: float
    leaf_length: float
    heights: tuple[float, float]


KINDS = {
    "leafy": _BushKind((0.28, 0.38, 0.14), (0.42, 0.46, 0.2), 0.2, 0.075, (0.6, 2.0)),
    "heather": _BushKind((0.36, 0.34, 0.2), (0.52, 0.3, 0.46), 0.45, 0.04, (0.35, 0.6)),
    "gorse": _BushKind((0.24, 0.33, 0.13), (0.85, 0.68, 0.12), 0.3, 0.05, (0.6, 1.6)),
    "sage": _BushKind((0.5, 0.53, 0.42), (0.6, 0.55, 0.38), 0.4, 0.045, (0.4, 1.0)),
    "autumn": _BushKind((0.62, 0.3, 0.12), (0.7, 0.5, 0.16), 0.5, 0.07, (0.6, 1.8)),
    "snowy": _BushKind((0.3, 0.28, 0.2), (0.93, 0.95, 0.97), 0.6, 0.06, (0.5, 1.3)),
}


def make(rng: np.random.Generator, style: Style) -> ObjectSpec:
    """Draw a bush."""
    return grow(rng, draw.choice(rng, list(KINDS)))


def grow(rng: np.random.Generator, kind: str) -> ObjectSpec:
    """A bush of one of KINDS."""
    leaves = KINDS[kind]
    height = draw.uniform(rng, *leaves.heights)
    growth = Growth(
        form="bush",
        seed=draw.integer(rng, 2**31),
        height=round(height, 3),
        spread=round(height * draw.uniform(rng, 0.6, 1.0), 3),
        radius=round(0.006 + 0.012 * height, 4),
    )
    stems = finish(rng, "bark", "bark", vary(rng, (0.3, 0.24, 0.18), 0.1), scale=0.3)
    color = vary(rng, leaves.color, 0.1)
    leaf = finish(rng, "leaves", "leaf", color, accent=leaves.other_color, scale=0.4, wear=leaves.other_share)
    count = round(6000 + 4500 * min(height, 1.8))
    length = round(0.78 * leaves.leaf_length * (0.7 + 0.4 * height), 4)
    leafage = Leafage(growth=growth, count=count, long=length, broad=0.5, loose=1.2)
    return ObjectSpec(
        category=CATEGORY, parts=(part("stems", Wood(growth=growth), stems), part("leaves", leafage, leaf))
    )
