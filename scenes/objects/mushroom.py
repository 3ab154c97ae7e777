"""Mushrooms: a few of one kind from one spot, caps domed or spread, some of them spotted."""

import numpy as np

from scenes import draw
from scenes.base import Rgb, Vec3
from scenes.craft.build import lathe, part
from scenes.craft.curve import spline
from scenes.craft.finishes import finish, vary
from scenes.craft.style import Style
from scenes.material import Material
from scenes.model import ObjectSpec, Part

__all__ = ["CATEGORY", "PLACE", "make"]

CATEGORY = "mushroom"
PLACE = "outdoors"
_CAPS: tuple[tuple[str, Rgb], ...] = (
    ("brown", (0.42, 0.26, 0.16)),
    ("red", (0.7, 0.1, 0.08)),
    ("", (0.75, 0.55, 0.32)),
    ("white", (0.93, 0.92, 0.9)),
)


def make(rng: np.random.Generator, style: Style) -> ObjectSpec:
    """Draw a mushroom."""
    color_name, color = draw.choice(rng, _CAPS)
    skin = finish(rng, "fruit_skin", "cap", vary(rng, color, 0.02), scale=0.04, roughness=0.4)
    flesh = finish(rng, "matte_plastic", "stem", (0.88, 0.84, 0.75), roughness=0.85)
    height, width, flat = draw.uniform(rng, 0.07, 0.17), draw.uniform(rng, 0.03, 0.065), draw.uniform(rng, 0.35, 0.8)
    parts: list[Part] = []
    for k in range(draw.integer(rng, 1, 5)):
        size = 1.0 if k == 0 else draw.uniform(rng, 0.45, 0.85)
        heading, away = 2.4 * k, 0.0 if k == 0 else 1.25 * width
        at = (away * np.cos(heading), away * np.sin(heading), 0.0)
        parts += _mushroom(k + 1, height * size, width * size, flat, at, skin, flesh)
    return ObjectSpec(category=CATEGORY, parts=tuple(parts), color=color_name)


def _mushroom(
    number: int, height: float, width: float, flat: float, at: Vec3, skin: Material, flesh: Material
) -> list[Part]:
    stem = [
        (0, 0),
        (0.34 * width, 0.0),
        (0.3 * width, 0.3 * height),
        (0.22 * width, 0.7 * height),
        (0.2 * width, 0.9 * height),
        (0, 0.9 * height),
    ]
    drop = 0.8 * height
    dome = [
        (0.05 * width, drop),
        (0.7 * width, drop - 0.08 * width),
        (width, drop),
        (0.82 * width, drop + 0.55 * flat * width),
    ]
    dome += [(0.4 * width, drop + 0.95 * flat * width), (0, drop + 1.05 * flat * width)]
    cap = spline(dome, 28)
    cap[:, 0] = np.maximum(cap[:, 0], 0)
    cap[0] = (0, drop)
    cap[-1, 0] = 0
    return [
        part(f"stem {number}", lathe(stem, segments=16), flesh, at=at),
        part(f"cap {number}", lathe(cap, segments=28), skin, at=at),
    ]
