"""Plates: coupe or rimmed, white or glazed."""

import numpy as np

from scenes import draw
from scenes.craft.build import lathe, part
from scenes.craft.finishes import finish, glaze, visible_material, wood
from scenes.craft.style import Style
from scenes.craft.vessels import vessel
from scenes.model import ObjectSpec

__all__ = ["CATEGORY", "make"]

CATEGORY = "plate"
_FORMS = {
    "rimmed": ((0.56, 0), (0.62, 0.1), (0.7, 0.5), (0.76, 0.68), (0.88, 0.85), (1, 1)),
    "coupe": ((0.6, 0), (0.72, 0.1), (0.86, 0.34), (0.95, 0.66), (1, 1)),
    "straight": ((0.86, 0), (0.93, 0.12), (0.975, 0.45), (0.99, 0.75), (1, 1)),
}


def make(rng: np.random.Generator, style: Style) -> ObjectSpec:
    """Draw a plate in the style of its scene."""
    form = _FORMS[draw.choice(rng, list(_FORMS))]
    radius = draw.uniform(rng, 0.078, 0.158)
    height = draw.uniform(rng, 0.018, 0.028)
    body = vessel(np.array(form) * [radius, height], wall=0.004, foot=0.0025, floor=0.004)
    if draw.chance(rng, 0.1):
        return ObjectSpec(
            category=CATEGORY, parts=(part("body", body.shape(segments=96), wood(rng, style.wood)),), material="wood"
        )
    color_name = style.color_name(rng, allowed=("white", "blue", "gray", "beige", "teal", "green", "pink", "black"))
    material = glaze(rng, color_name, wear=0.4 * style.wear)
    parts = [part("body", body.shape(segments=96), material)]
    if draw.chance(rng, 0.35):
        edge = (
            finish(rng, "polished_metal", "gold", (0.9, 0.72, 0.38))
            if draw.chance(rng, 0.3)
            else glaze(rng, _other(rng, color_name))
        )
        angle = np.linspace(0, 2 * np.pi, 12, endpoint=False)
        middle = body.rim.mean(0)
        ring = middle + 0.00235 * np.stack([np.cos(angle), np.sin(angle)], 1)
        parts.append(part("rim", lathe(ring, segments=96, closed=True), edge))
    return ObjectSpec(category=CATEGORY, parts=tuple(parts), color=color_name, material=visible_material(material))


def _other(rng: np.random.Generator, color_name: str) -> str:
    return "white" if color_name not in ("white", "beige") else draw.choice(rng, ["blue", "gray", "teal", "black"])
