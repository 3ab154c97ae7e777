"""Saucers: small plates with a well for a cup."""

import numpy as np

from scenes import draw
from scenes.craft.build import part
from scenes.craft.finishes import glaze, visible_material
from scenes.craft.style import Style
from scenes.craft.vessels import vessel
from scenes.model import ObjectSpec

__all__ = ["CATEGORY", "make"]

CATEGORY = "saucer"


def make(rng: np.random.Generator, style: Style) -> ObjectSpec:
    """Draw a saucer in the style of its scene."""
    radius, height = draw.uniform(rng, 0.066, 0.078), draw.uniform(rng, 0.016, 0.022)
    form = ((0.5, 0), (0.58, 0.1), (0.72, 0.42), (0.88, 0.75), (1, 1))
    body = vessel(np.array(form) * [radius, height], wall=0.0034, floor=0.0036, foot=0.002)
    color_name = style.color_name(rng)
    material = glaze(rng, color_name, wear=0.3 * style.wear)
    return ObjectSpec(
        category=CATEGORY,
        parts=(part("body", body.shape(segments=80), material),),
        color=color_name,
        material=visible_material(material),
    )
