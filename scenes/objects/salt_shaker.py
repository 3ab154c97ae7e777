"""Salt and pepper shakers and mills."""

import numpy as np

from scenes import draw
from scenes.craft.build import dot, lathe, part
from scenes.craft.curve import spline
from scenes.craft.finishes import finish, glaze, metal, visible_material, wood
from scenes.craft.style import Style
from scenes.craft.vessels import vessel
from scenes.model import ObjectSpec, Part

__all__ = ["CATEGORY", "make"]

CATEGORY = "salt shaker"


def make(rng: np.random.Generator, style: Style) -> ObjectSpec:
    """Draw a salt shaker in the style of its scene."""
    chance = rng.random()
    if chance < 0.4:
        return _glass(rng)
    return _mill(rng, style) if chance < 0.65 else _ceramic(rng, style)


def _holes(rng: np.random.Generator, z: float, radius: float, drop: float) -> list[Part]:
    """Dark dots in a ring and one in the middle of a domed top."""
    dark = finish(rng, "matte_plastic", "hole", (0.03, 0.03, 0.03), roughness=0.95)
    positions = [(0.0, 0.0, z)] + [
        (radius * float(np.cos(angle)), radius * float(np.sin(angle)), z - drop)
        for angle in np.linspace(0, 2 * np.pi, 7)[:-1]
    ]
    return [
        part(f"hole {k}", dot(0.0011, 0.0004, segments=10), dark, at=position)
        for k, position in enumerate(positions, 1)
    ]


def _glass(rng: np.random.Generator) -> ObjectSpec:
    height, radius = draw.uniform(rng, 0.05, 0.075), draw.uniform(rng, 0.017, 0.022)
    body = vessel(
        [(0.98 * radius, 0), (radius, 0.06 * height), (0.92 * radius, 0.5 * height), (0.8 * radius, height)],
        wall=0.0025,
        floor=0.006,
    )
    white = draw.chance(rng, 0.6)
    grains = finish(
        rng, "soil", "salt" if white else "pepper", (0.93, 0.93, 0.91) if white else (0.16, 0.13, 0.11), scale=0.008
    )
    cap_radius, top = 0.8 * radius + 0.0012, height + 0.013
    cap = spline(
        [
            (cap_radius, height - 0.008),
            (cap_radius, height - 0.002),
            (cap_radius, height + 0.003),
            (0.85 * cap_radius, height + 0.009),
            (0.4 * cap_radius, top - 0.0008),
            (0, top),
        ],
        24,
    )
    cap[-1, 0] = 0
    parts = (
        part("glass", body.shape(segments=48), finish(rng, "glass", "glass", (0.97, 0.98, 0.98))),
        part("content", body.filling(0.7 * height, segments=48), grains),
        part(
            "cap",
            lathe(
                np.concatenate(
                    [
                        [
                            (0, height + 0.0002),
                            (cap_radius - 0.003, height - 0.0002),
                            (cap_radius - 0.0011, height - 0.008),
                        ],
                        cap,
                    ]
                ),
                segments=48,
            ),
            metal(rng, "steel"),
        ),
        *_holes(rng, top - 0.0003, 0.42 * cap_radius, 0.0009),
    )
    return ObjectSpec(category=CATEGORY, parts=parts, material="glass")


def _ceramic(rng: np.random.Generator, style: Style) -> ObjectSpec:
    height, radius = draw.uniform(rng, 0.062, 0.09), draw.uniform(rng, 0.019, 0.027)
    color_name = style.color_name(rng)
    material = glaze(rng, color_name)
    forms = (
        [(0.9, 0.004), (1, 0.1), (0.97, 0.4), (0.7, 0.75), (0.5, 0.93), (0.2, 0.995), (0, 1)],
        [(0.92, 0.004), (1, 0.08), (1, 0.5), (0.97, 0.82), (0.72, 0.96), (0.3, 0.995), (0, 1)],
        [(0.7, 0.004), (0.98, 0.25), (0.95, 0.5), (0.62, 0.8), (0.55, 0.92), (0.25, 0.99), (0, 1)],
    )
    side = spline(forms[draw.integer(rng, 3)], 44) * [radius, height]
    side[-1, 0] = 0
    body = np.concatenate([[(0, 0.001), (0.6 * side[0, 0], 0.001), (0.8 * side[0, 0], 0.0)], side])
    parts = (part("body", lathe(body, segments=56), material), *_holes(rng, height - 0.0003, 0.15 * radius, 0.0005))
    return ObjectSpec(category=CATEGORY, parts=parts, color=color_name, material=visible_material(material))


def _mill(rng: np.random.Generator, style: Style) -> ObjectSpec:
    """A turned wooden mill."""
    height, radius = draw.uniform(rng, 0.105, 0.132), draw.uniform(rng, 0.022, 0.027)
    side = spline([(1, 0.002), (1, 0.08), (0.72, 0.3), (0.66, 0.45), (0.82, 0.6), (0.85, 0.66)], 30) * [radius, height]
    head = spline([(0.86, 0.672), (0.94, 0.72), (0.9, 0.82), (0.62, 0.91), (0.2, 0.925)], 24) * [radius, height]
    z = 0.92 * height
    timber = wood(rng, style.wood if draw.chance(rng, 0.5) else "walnut", scale=0.08)
    knob = [
        (0, z - 0.002),
        (0.004, z - 0.002),
        (0.004, z + 0.002),
        (0.0065, z + 0.005),
        (0.005, height - 0.001),
        (0, height),
    ]
    parts = (
        part("body", lathe(np.concatenate([[(0, 0)], side, [(0, 0.66 * height)]]), segments=56), timber),
        part(
            "head",
            lathe(
                np.concatenate([[(0, 0.655 * height), (0.78 * radius, 0.655 * height)], head, [(0, 0.926 * height)]]),
                segments=56,
            ),
            timber,
        ),
        part("knob", lathe(knob, segments=32), metal(rng, "steel", polished=True)),
    )
    return ObjectSpec(category=CATEGORY, parts=parts, material="wood")
