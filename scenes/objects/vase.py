"""Vases: ceramic, glass or clay, from slender to round, plain or ringed."""

import numpy as np

from scenes import draw
from scenes.colors import color_name_of
from scenes.craft.build import part
from scenes.craft.finishes import finish, glaze, metal, vary, visible_material
from scenes.craft.style import Style
from scenes.craft.vessels import vessel
from scenes.material import Material
from scenes.model import ObjectSpec

__all__ = ["CATEGORY", "make"]

CATEGORY = "vase"
# Radius as a share of the widest, height as a share of the whole; and the widest radius over the height.
_FORMS = {
    "amphora": (((0.5, 0), (0.72, 0.12), (0.98, 0.42), (0.96, 0.6), (0.6, 0.8), (0.42, 0.9), (0.52, 1)), 0.3),
    "bud": (((0.7, 0), (0.95, 0.12), (1, 0.28), (0.7, 0.48), (0.3, 0.64), (0.24, 0.82), (0.32, 1)), 0.26),
    "cylinder": (((0.9, 0), (0.97, 0.04), (1, 0.3), (1, 0.7), (1, 1)), 0.24),
    "cone": (((0.48, 0), (0.55, 0.08), (0.68, 0.4), (0.84, 0.75), (1, 1)), 0.27),
    "moon": (((0.46, 0), (0.78, 0.16), (1, 0.48), (0.8, 0.8), (0.42, 0.93), (0.4, 1)), 0.46),
    "waisted": (((0.7, 0), (0.86, 0.12), (0.95, 0.3), (0.7, 0.6), (0.66, 0.75), (0.9, 1)), 0.25),
    "double": (
        ((0.7, 0), (1, 0.18), (0.88, 0.36), (0.52, 0.5), (0.7, 0.66), (0.56, 0.84), (0.36, 0.93), (0.42, 1)),
        0.3,
    ),
}


def make(rng: np.random.Generator, style: Style) -> ObjectSpec:
    """Draw a vase in the style of its scene."""
    form, slim = _FORMS[draw.choice(rng, list(_FORMS))]
    height = draw.uniform(rng, 0.145, 0.38)
    radius = height * slim * draw.uniform(rng, 0.85, 1.1)
    body = vessel(np.array(form) * [radius, height], wall=0.0045, floor=0.007, foot=0.003, count=64)
    color_name, material = _material(rng, style)
    parts = [part("body", body.shape(segments=80), material)]
    if material.kind in ("ceramic", "porcelain", "terracotta") and draw.chance(rng, 0.35):
        bottom = height * draw.uniform(rng, 0.2, 0.6)
        band_material = glaze(
            rng,
            style.color_name(
                rng, allowed=tuple(name for name in ("white", "blue", "black", "beige", "teal") if name != color_name)
            ),
        )
        parts.append(
            part("band", body.band(bottom, bottom + height * draw.uniform(rng, 0.03, 0.16), segments=80), band_material)
        )
    return ObjectSpec(category=CATEGORY, parts=tuple(parts), color=color_name, material=visible_material(material))


def _material(rng: np.random.Generator, style: Style) -> tuple[str, Material]:
    chance = rng.random()
    if chance < 0.16:
        color = ((0.96, 0.98, 0.97), (0.35, 0.6, 0.62), (0.25, 0.42, 0.25), (0.72, 0.48, 0.2))[draw.integer(rng, 4)]
        return "", finish(rng, "glass", "glass", vary(rng, color, 0.03))
    if chance < 0.28:
        clay = vary(rng, (0.72, 0.4, 0.27), 0.06)
        return color_name_of(clay), finish(rng, "terracotta", "terracotta", clay, wear=style.wear)
    if chance < 0.36:
        return "", metal(rng, draw.choice(rng, ["brass", "copper", "steel"]))
    color_name = style.color_name(rng)
    return color_name, glaze(rng, color_name, wear=0.4 * style.wear)
