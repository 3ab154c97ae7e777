"""Bowls: ceramic, wooden, glass or steel, shallow to deep."""

import numpy as np

from scenes import draw
from scenes.craft.build import part
from scenes.craft.finishes import finish, glaze, metal, vary, visible_material, wood
from scenes.craft.style import Style
from scenes.craft.vessels import vessel
from scenes.material import Material
from scenes.model import ObjectSpec

__all__ = ["CATEGORY", "make"]

CATEGORY = "bowl"
_FORMS = {
    "round": ((0.4, 0), (0.62, 0.1), (0.84, 0.38), (0.95, 0.7), (1, 1)),
    "flared": ((0.34, 0), (0.48, 0.12), (0.68, 0.42), (0.85, 0.75), (1, 1)),
    "coupe": ((0.55, 0), (0.78, 0.14), (0.93, 0.45), (0.985, 0.75), (1, 1)),
    "wavy": ((0.42, 0), (0.7, 0.14), (0.86, 0.42), (0.9, 0.72), (1, 1)),
}


def make(rng: np.random.Generator, style: Style) -> ObjectSpec:
    """Draw a bowl in the style of its scene."""
    form = _FORMS[draw.choice(rng, list(_FORMS))]
    radius = draw.uniform(rng, 0.059, 0.155)
    height = radius * draw.uniform(rng, 0.55, 0.9)
    color_name, material = _material(rng, style)
    thickness = {"wood": 0.0075, "glass": 0.0042}.get(material.kind, 0.0038)
    body = vessel(np.array(form) * [radius, height], wall=thickness, foot=0.003)
    parts = [part("body", body.shape(segments=80), material)]
    if material.kind in ("ceramic", "porcelain") and draw.chance(rng, 0.3):
        stripe_material = glaze(rng, "white" if color_name != "white" else draw.choice(rng, ["blue", "teal", "gray"]))
        top = body.height - thickness
        parts.append(
            part("stripe", body.band(top - draw.uniform(rng, 0.003, 0.012), top, segments=80), stripe_material)
        )
    return ObjectSpec(category=CATEGORY, parts=tuple(parts), color=color_name, material=visible_material(material))


def _material(rng: np.random.Generator, style: Style) -> tuple[str, Material]:
    """A colour name and the material."""
    chance = rng.random()
    if chance < 0.2:
        return "", wood(rng, style.wood, wear=style.wear)
    if chance < 0.3:
        return "", finish(rng, "glass", "glass", vary(rng, (0.96, 0.98, 0.97), 0.01))
    if chance < 0.4:
        return "", metal(rng, "steel", wear=style.wear)
    color_name = style.color_name(rng)
    return color_name, glaze(rng, color_name, wear=0.5 * style.wear)
