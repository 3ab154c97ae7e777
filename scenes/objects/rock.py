"""Rocks, from a stone to a boulder taller than a person: blocky, rounded, slabs; bare, mossy, snowed over."""

import numpy as np

from scenes import draw
from scenes.base import Rgb
from scenes.craft.build import part
from scenes.craft.finishes import finish, vary
from scenes.craft.style import Style
from scenes.material import Material
from scenes.model import ObjectSpec
from scenes.nature.specs import Boulder

__all__ = ["CATEGORY", "PLACE", "STONES", "hew", "make", "stone"]

CATEGORY = "rock"
PLACE = "outdoors"
STONES: dict[str, Rgb] = {
    "granite": (0.47, 0.45, 0.43),
    "slate": (0.36, 0.37, 0.39),
    "limestone": (0.62, 0.59, 0.52),
    "sandstone": (0.62, 0.44, 0.3),
    "basalt": (0.27, 0.26, 0.25),
}
MOSS: Rgb = (0.28, 0.36, 0.12)


def make(rng: np.random.Generator, style: Style) -> ObjectSpec:
    """Draw a rock."""
    mossy = draw.choice(rng, [0.0, 0.5, 0.8])
    face = stone(rng, draw.choice(rng, list(STONES)), MOSS, mossy)
    return hew(rng, face, draw.uniform(rng, 0.3, 2.2))


def stone(rng: np.random.Generator, kind: str, cover: Rgb, share: float) -> Material:
    """A face of one of STONES with `share` of it under moss, snow or sand."""
    return finish(
        rng, "rock", "stone", vary(rng, STONES[kind], 0.06), accent=vary(rng, cover, 0.06), scale=1.0, wear=share
    )


def hew(rng: np.random.Generator, face: Material, largest: float) -> ObjectSpec:
    """A rock whose largest dimension is `largest` metres."""
    form = draw.choice(rng, ["block", "round", "slab"], p=[0.5, 0.3, 0.2])
    height = {
        "block": draw.uniform(rng, 0.6, 0.95),
        "round": draw.uniform(rng, 0.55, 0.8),
        "slab": draw.uniform(rng, 0.25, 0.4),
    }[form]
    size = (round(largest, 3), round(largest * draw.uniform(rng, 0.65, 0.98), 3), round(largest * float(height), 3))
    facets = {"block": draw.integer(rng, 9, 15), "round": 34, "slab": draw.integer(rng, 10, 18)}[form]
    shape = Boulder(
        seed=draw.integer(rng, 2**31),
        size=size,
        facets=facets,
        rough=round(draw.uniform(rng, 0.15, 0.55), 3),
        detail=4 if largest > 0.5 else 3,
    )
    return ObjectSpec(category=CATEGORY, parts=(part("stone", shape, face),), material="stone")
