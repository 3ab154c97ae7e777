"""Bottles: wine and beer glass with label and closure, plastic water bottles, sauce bottles."""

import numpy as np

from scenes import draw
from scenes.base import Rgb
from scenes.colors import color_name_of, sample_color
from scenes.craft.build import dot, lathe, part, plate_of
from scenes.craft.finishes import finish, metal, vary
from scenes.craft.style import Style
from scenes.craft.vessels import Vessel, vessel
from scenes.material import Material
from scenes.model import ObjectSpec, Part

__all__ = ["CATEGORY", "make"]

CATEGORY = "bottle"
# Radius as a share of the body's, height as a share of the whole.
_WINE = ((0.95, 0), (1, 0.02), (1, 0.3), (1, 0.58), (0.86, 0.68), (0.46, 0.77), (0.385, 0.83), (0.38, 0.93), (0.38, 1))
_BURGUNDY = ((0.95, 0), (1, 0.02), (1, 0.28), (0.99, 0.45), (0.72, 0.62), (0.44, 0.76), (0.36, 0.85), (0.36, 1))
_BEER = ((0.94, 0), (1, 0.025), (1, 0.3), (0.99, 0.52), (0.72, 0.68), (0.5, 0.8), (0.42, 0.9), (0.42, 1))
_SQUAT = ((0.94, 0), (1, 0.03), (1.0, 0.3), (0.98, 0.55), (0.7, 0.72), (0.42, 0.82), (0.38, 0.92), (0.38, 1))
_WATER = ((0.9, 0), (1, 0.035), (0.93, 0.2), (1, 0.32), (0.97, 0.55), (1, 0.68), (0.78, 0.83), (0.45, 0.92), (0.42, 1))


def make(rng: np.random.Generator, style: Style) -> ObjectSpec:
    """Draw a bottle in the style of its scene."""
    kind = draw.choice(rng, ["wine", "beer", "sauce", "water", "oil"], p=[0.32, 0.2, 0.16, 0.16, 0.16])
    match kind:
        case "wine":
            return _wine(rng)
        case "beer":
            return _beer(rng, style)
        case "water":
            return _water(rng)
        case "oil":
            return _oil(rng)
        case _:
            return _sauce(rng, style)


def _body(form: tuple[tuple[float, float], ...], radius: float, height: float, wall: float) -> Vessel:
    return vessel(np.array(form) * [radius, height], wall=wall, floor=3 * wall, count=60)


def _label(rng: np.random.Generator, body: Vessel, bottom: float, top: float, color_name: str = "") -> Part:
    """A printed sleeve."""
    ground = sample_color(rng, color_name or draw.choice(rng, ["white", "beige", "beige", "black", "red"]))
    accent = sample_color(rng, draw.choice(rng, ["black", "red", "blue", "brown", "green"]))
    sheet = finish(rng, "print", "paper", ground, accent=accent, scale=0.06, roughness=0.6)
    return part("label", body.band(bottom * body.height, top * body.height, thickness=2.5e-4), sheet)


def _wine(rng: np.random.Generator) -> ObjectSpec:
    height = draw.uniform(rng, 0.29, 0.325)
    body = _body(_WINE if draw.chance(rng, 0.6) else _BURGUNDY, draw.uniform(rng, 0.036, 0.041), height, 0.003)
    tint: Rgb = ((0.1, 0.2, 0.08), (0.16, 0.22, 0.06), (0.22, 0.12, 0.04))[draw.integer(rng, 3)]
    foil = finish(
        rng, "painted_metal", "foil", sample_color(rng, draw.choice(rng, ["black", "red", "beige"])), roughness=0.35
    )
    parts = [
        part("glass", body.shape(), finish(rng, "glass", "glass", vary(rng, tint, 0.08))),
        _label(rng, body, draw.uniform(rng, 0.12, 0.18), draw.uniform(rng, 0.42, 0.52)),
    ]
    if draw.chance(rng, 0.6):
        foil_bottom = 0.79 * height
        parts.append(part("foil", body.band(foil_bottom, height - 0.0015, thickness=6e-4), foil))
        parts.append(part("foil top", dot(body.radius(height) + 5e-4, 0.0025), foil, at=(0, 0, height - 0.002)))
    else:
        cork = finish(rng, "cork", "cork", (0.76, 0.6, 0.42), scale=0.01)
        plug = lathe(
            [(0, -0.02), (0.0092, -0.02), (0.0098, 0), (0.0102, 0.008), (0.0095, 0.0095), (0, 0.0095)], segments=32
        )
        parts.append(part("cork", plug, cork, at=(0, 0, height + 0.003)))
    return ObjectSpec(category=CATEGORY, parts=tuple(parts), material="glass")


def _beer(rng: np.random.Generator, style: Style) -> ObjectSpec:
    height = draw.uniform(rng, 0.21, 0.26)
    body = _body(_BEER, draw.uniform(rng, 0.029, 0.033), height, 0.0028)
    tint: Rgb = ((0.33, 0.16, 0.05), (0.12, 0.3, 0.14), (0.9, 0.93, 0.92))[draw.integer(rng, 3)]
    parts = [
        part("glass", body.shape(), finish(rng, "glass", "glass", vary(rng, tint, 0.05))),
        _label(rng, body, 0.14, 0.44, style.color_name(rng, stray=0.5)),
        _crown(body.radius(height), height, metal(rng, draw.choice(rng, ["gold", "steel", "black"]))),
    ]
    if tint[0] > 0.8:
        drink = finish(rng, "liquid", "lemonade", (0.93, 0.85, 0.5))
        parts.append(part("drink", body.filling(0.72 * height), drink))
    return ObjectSpec(category=CATEGORY, parts=tuple(parts), material="glass")


def _crown(neck_radius: float, height: float, material: Material) -> Part:
    radius = neck_radius + 0.0022
    cap = [
        (0, 0),
        (radius + 0.0006, 0),
        (radius + 0.0009, 0.001),
        (radius - 0.0006, 0.0042),
        (radius - 0.0022, 0.0056),
        (0, 0.006),
    ]
    return part("crown cap", lathe(cap, segments=42), material, at=(0, 0, height - 0.0035))


def _cap(radius: float, height: float, material: Material, *, z: float) -> Part:
    """A ribbed screw cap whose lower edge is at `z`."""
    angle = np.linspace(0, 2 * np.pi, 72, endpoint=False)
    outline = (radius + 0.0007 * np.cos(24 * angle))[:, None] * np.stack([np.cos(angle), np.sin(angle)], 1)
    return part("cap", plate_of(outline, height), material, at=(0.0, 0.0, z), bevel=0.0008)


def _water(rng: np.random.Generator) -> ObjectSpec:
    height = draw.uniform(rng, 0.19, 0.28)
    body = _body(_WATER, height * draw.uniform(rng, 0.145, 0.165), height, 0.0009)
    color_name = draw.choice(rng, ["blue", "white", "teal", "green", "red"])
    clear = finish(rng, "glass", "plastic", (0.95, 0.98, 1.0), roughness=0.06)
    plastic = finish(rng, "plastic", "plastic", sample_color(rng, color_name))
    neck = body.radius(height)
    parts = (
        part("body", body.shape(), clear),
        part("water", body.filling(0.84 * height), finish(rng, "glass", "water", (0.93, 0.98, 1.0))),
        _label(rng, body, 0.34, 0.6, color_name),
        _cap(neck + 0.0025, 0.017, plastic, z=height - 0.011),
    )
    return ObjectSpec(category=CATEGORY, parts=parts, material="plastic")


def _oil(rng: np.random.Generator) -> ObjectSpec:
    height = draw.uniform(rng, 0.2, 0.29)
    body = _body(_SQUAT, draw.uniform(rng, 0.03, 0.038), height, 0.0028)
    oil: Rgb = ((0.78, 0.62, 0.12), (0.2, 0.09, 0.05), (0.85, 0.5, 0.12))[draw.integer(rng, 3)]
    cork = finish(rng, "cork", "cork", (0.76, 0.6, 0.42), scale=0.01)
    neck = body.radius(height)
    plug = lathe(
        [
            (0, -0.012),
            (neck - 0.004, -0.012),
            (neck - 0.003, 0.0),
            (neck + 0.001, 0.001),
            (neck + 0.001, 0.014),
            (neck - 0.001, 0.0155),
            (0, 0.0155),
        ],
        segments=32,
    )
    parts = [
        part("glass", body.shape(), finish(rng, "glass", "glass", (0.96, 0.98, 0.96))),
        part("content", body.filling(draw.uniform(rng, 0.45, 0.66) * height), finish(rng, "liquid", "oil", oil)),
        part("stopper", plug, cork, at=(0, 0, height + 0.0002)),
    ]
    if draw.chance(rng, 0.5):
        parts.append(_label(rng, body, 0.14, 0.4))
    return ObjectSpec(category=CATEGORY, parts=tuple(parts), material="glass")


def _sauce(rng: np.random.Generator, style: Style) -> ObjectSpec:
    """An opaque squeeze or shampoo-like bottle."""
    height = draw.uniform(rng, 0.15, 0.2)
    color_name = draw.choice(rng, ["red", "yellow", "white", "green", "teal", "pink", "black"])
    color = sample_color(rng, color_name)
    body = _body(_SQUAT, draw.uniform(rng, 0.028, 0.034), height, 0.0012)
    cap = finish(
        rng, "plastic", "plastic", sample_color(rng, "white" if color_name != "white" else style.color_name(rng))
    )
    neck = body.radius(height)
    cone = lathe(
        [
            (0, 0),
            (neck + 0.005, 0),
            (neck + 0.0052, 0.001),
            (neck + 0.0048, 0.012),
            (neck + 0.003, 0.014),
            (0.004, 0.034),
            (0.0028, 0.0355),
            (0, 0.0358),
        ],
        segments=40,
    )
    parts = [
        part("body", body.shape(), finish(rng, "plastic", "plastic", color, roughness=0.3)),
        part("cap", cone, cap, at=(0, 0, height - 0.006)),
    ]
    if draw.chance(rng, 0.7):
        parts.append(_label(rng, body, 0.15, 0.48, "white" if color_name != "white" else style.color_name(rng)))
    return ObjectSpec(category=CATEGORY, parts=tuple(parts), color=color_name_of(color), material="plastic")
