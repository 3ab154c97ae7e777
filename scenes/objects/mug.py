"""Mugs: thrown, straight, barrel or enamel, with a handle, now and then a stripe, a dipped foot, a drink."""

import numpy as np

from scenes import draw
from scenes.base import Rgb
from scenes.craft.build import part, tube
from scenes.craft.finishes import finish, glaze, visible_material
from scenes.craft.style import Style
from scenes.craft.vessels import Vessel, vessel
from scenes.material import Material
from scenes.model import ObjectSpec, Part
from scenes.shapes import Sweep

__all__ = ["CATEGORY", "make"]

CATEGORY = "mug"
# Outer radius at shares of the height, as multiples of the rim's radius.
_FORMS = {
    "straight": ((0.92, 0), (0.985, 0.06), (1, 0.3), (1, 0.7), (1, 1)),
    "tapered": ((0.72, 0), (0.79, 0.08), (0.87, 0.4), (0.94, 0.75), (1, 1)),
    "barrel": ((0.78, 0), (0.93, 0.14), (1.08, 0.5), (1.05, 0.75), (1, 1)),
    "tulip": ((0.62, 0), (0.86, 0.13), (0.98, 0.35), (0.96, 0.65), (1, 1)),
    "diner": ((0.88, 0), (0.98, 0.12), (0.95, 0.5), (0.96, 0.8), (1, 1)),
}
_DRINKS: dict[str, Rgb] = {
    "coffee": (0.12, 0.06, 0.03),
    "milky coffee": (0.55, 0.36, 0.22),
    "tea": (0.42, 0.17, 0.05),
    "milk": (0.93, 0.91, 0.86),
    "cocoa": (0.3, 0.16, 0.1),
}


def make(rng: np.random.Generator, style: Style) -> ObjectSpec:
    """Draw a mug in the style of its scene."""
    form = _FORMS[draw.choice(rng, list(_FORMS))]
    height, radius = draw.uniform(rng, 0.082, 0.112), draw.uniform(rng, 0.036, 0.045)
    body = vessel(np.array(form) * [radius, height], wall=draw.uniform(rng, 0.0028, 0.0046), foot=0.0022)
    color_name = style.color_name(rng)
    material = _material(rng, color_name, style)
    parts = [part("body", body.shape(), material), part("handle", _handle(rng, body), material)]
    parts += _decoration(rng, body, color_name)
    if draw.chance(rng, 0.4):
        drink = draw.choice(rng, list(_DRINKS))
        level = body.height * draw.uniform(rng, 0.72, 0.9)
        parts.append(part(drink, body.filling(level), finish(rng, "liquid", drink, _DRINKS[drink])))
    return ObjectSpec(category=CATEGORY, parts=tuple(parts), color=color_name, material=visible_material(material))


def _material(rng: np.random.Generator, color_name: str, style: Style) -> Material:
    if draw.chance(rng, 0.1):
        return finish(rng, "painted_metal", "metal", glaze(rng, color_name).color, roughness=0.2, wear=style.wear)
    return glaze(rng, color_name, wear=0.4 * style.wear)


def _handle(rng: np.random.Generator, body: Vessel) -> Sweep:
    """An ear toward +x whose ends sit in the wall."""
    bottom, top = body.height * draw.uniform(rng, 0.14, 0.26), body.height * draw.uniform(rng, 0.74, 0.86)
    depth, sink = draw.uniform(rng, 0.022, 0.032), 0.55 * body.wall
    start, end = body.radius(top) - sink, body.radius(bottom) - sink
    outer = max(start, end) + depth
    bulge = draw.uniform(rng, 0.05, 0.2) * (top - bottom)
    path = [
        (start, 0, top),
        (start + 0.45 * depth, 0, top + 0.4 * bulge),
        (outer - 0.12 * depth, 0, top - 0.12 * (top - bottom)),
        (outer, 0, (top + bottom) / 2 + 0.1 * (top - bottom)),
        (outer - 0.25 * depth, 0, bottom + 0.2 * (top - bottom)),
        (end + 0.35 * depth, 0, bottom + 0.2 * bulge),
        (end, 0, bottom),
    ]
    thickness = draw.uniform(rng, 0.0046, 0.0062)
    shares = np.array([1.25, 1.0, 0.95, 0.95, 0.95, 1.0, 1.2])
    return tube(path, thickness * shares, count=30, aspect=draw.uniform(rng, 0.6, 0.95))


def _decoration(rng: np.random.Generator, body: Vessel, color_name: str) -> list[Part]:
    """Nothing, a dipped foot, or one or two stripes in another glaze; the handle's roots hide what crosses them."""
    chance = rng.random()
    other_color_name = "white" if color_name != "white" else draw.choice(rng, ["blue", "gray", "teal", "black", "red"])
    if chance < 0.2:
        clay = finish(rng, "ceramic", "ceramic", (0.76, 0.64, 0.5), roughness=0.7)
        return [part("dip", body.band(0.0012, body.height * draw.uniform(rng, 0.1, 0.22)), clay)]
    if chance < 0.38:
        bottom = body.height * draw.uniform(rng, 0.86, 0.9)
        return [
            part("stripe", body.band(bottom, bottom + draw.uniform(rng, 0.003, 0.007)), glaze(rng, other_color_name))
        ]
    return []
