"""Pitchers of glass, ceramic or enamel, with a handle and something to pour."""

import numpy as np

from scenes import draw
from scenes.base import Rgb
from scenes.colors import sample_color
from scenes.craft.build import part, tube
from scenes.craft.finishes import finish, glaze, visible_material
from scenes.craft.style import Style
from scenes.craft.vessels import Vessel, vessel
from scenes.material import Material
from scenes.model import ObjectSpec
from scenes.shapes import Sweep

__all__ = ["CATEGORY", "make"]

CATEGORY = "pitcher"
_FORMS = (
    ((0.78, 0), (0.96, 0.12), (1, 0.3), (0.86, 0.6), (0.66, 0.82), (0.7, 0.94), (0.78, 1)),
    ((0.94, 0), (1, 0.05), (0.97, 0.4), (0.9, 0.75), (0.88, 0.92), (0.94, 1)),
    ((0.7, 0), (0.98, 0.2), (0.98, 0.42), (0.7, 0.7), (0.62, 0.85), (0.78, 1)),
)
_DRINKS: dict[str, Rgb] = {
    "juice": (0.95, 0.55, 0.1),
    "milk": (0.94, 0.92, 0.88),
    "iced tea": (0.55, 0.26, 0.07),
    "lemonade": (0.9, 0.85, 0.55),
}


def make(rng: np.random.Generator, style: Style) -> ObjectSpec:
    """Draw a pitcher in the style of its scene."""
    form = draw.choice(rng, _FORMS)
    height = draw.uniform(rng, 0.175, 0.26)
    radius = height * draw.uniform(rng, 0.27, 0.32)
    body = vessel(np.array(form) * [radius, height], wall=0.0036, floor=0.007, foot=0.002, count=60)
    color_name, material = _material(rng, style)
    parts = [part("body", body.shape(segments=80), material), part("handle", _handle(rng, body), material)]
    if draw.chance(rng, 0.7):
        drink = draw.choice(rng, list(_DRINKS))
        parts.append(
            part(
                drink, body.filling(draw.uniform(rng, 0.5, 0.75) * height), finish(rng, "liquid", drink, _DRINKS[drink])
            )
        )
    return ObjectSpec(
        category=CATEGORY,
        parts=tuple(parts),
        color=color_name,
        material=visible_material(material),
    )


def _material(rng: np.random.Generator, style: Style) -> tuple[str, Material]:
    chance = rng.random()
    if chance < 0.4:
        return "", finish(rng, "glass", "glass", (0.97, 0.985, 0.98))
    color_name = style.color_name(rng)
    if chance < 0.6:
        return color_name, finish(
            rng, "painted_metal", "enamel", sample_color(rng, color_name), roughness=0.15, wear=style.wear
        )
    return color_name, glaze(rng, color_name, wear=0.4 * style.wear)


def _handle(rng: np.random.Generator, body: Vessel) -> Sweep:
    """An ear from under the rim to the belly."""
    bottom, top = body.height * draw.uniform(rng, 0.28, 0.38), body.height * draw.uniform(rng, 0.84, 0.9)
    start, end = body.radius(top) - 0.002, body.radius(bottom) - 0.002
    out = max(start, end) + draw.uniform(rng, 0.03, 0.042)
    path = [
        (start, 0, top),
        (start + 0.4 * (out - start), 0, top + 0.012),
        (out - 0.004, 0, top - 0.008),
        (out, 0, (bottom + 2 * top) / 3),
        (out - 0.3 * (out - end), 0, bottom + 0.2 * (top - bottom)),
        (end, 0, bottom),
    ]
    thickness = draw.uniform(rng, 0.0052, 0.007)
    return tube(
        path,
        [1.2 * thickness, thickness, 0.95 * thickness, 0.95 * thickness, thickness, 1.2 * thickness],
        count=32,
        aspect=0.75,
    )
