"""Street trees: a trunk with branches under a crown of leaves; round, tall, spreading, or bare in winter."""

import numpy as np

from scenes import draw
from scenes.base import Rgb
from scenes.craft.build import part
from scenes.craft.finishes import finish, tint, vary
from scenes.craft.style import Style
from scenes.model import ObjectSpec
from scenes.nature.specs import Growth, Leafage, Wood

__all__ = ["CATEGORY", "PLACE", "make"]

CATEGORY = "street tree"
PLACE = "street"
_GREENS: tuple[Rgb, ...] = (
    (0.24, 0.36, 0.13),
    (0.31, 0.42, 0.17),
    (0.2, 0.31, 0.14),
    (0.37, 0.42, 0.16),
    (0.28, 0.35, 0.2),
)
LEAVES = 18_000
_SPREAD = {"round": 0.3, "tall": 0.19, "spreading": 0.4}  # radius of the crown, of the height
_AUTUMN: tuple[Rgb, ...] = ((0.66, 0.45, 0.13), (0.6, 0.28, 0.1), (0.5, 0.16, 0.1))


def make(rng: np.random.Generator, style: Style) -> ObjectSpec:
    """Draw a street tree in the style of its scene."""
    del style
    height = draw.uniform(rng, 4.5, 10.0)
    form = draw.choice(rng, ["round", "tall", "spreading"], p=[0.5, 0.25, 0.25])
    is_bare, autumn = draw.chance(rng, 0.08), draw.chance(rng, 0.08)
    growth = Growth(
        form="bare" if is_bare else "broadleaf",
        seed=draw.integer(rng, 2**31),
        height=round(height, 3),
        spread=round(height * _SPREAD[form] * draw.uniform(rng, 0.9, 1.1), 3),
        radius=round(0.012 * height + 0.03, 4),
        clear=round(draw.uniform(rng, 0.26, 0.36), 3),
    )
    bark = finish(rng, "bark", "bark", vary(rng, (0.36, 0.31, 0.26), 0.15), scale=1.0)
    parts = [part("trunk", Wood(growth=growth), bark)]
    color = ""
    if not is_bare:
        hues = _AUTUMN if autumn else _GREENS
        green = vary(rng, draw.choice(rng, hues), 0.1)
        material = finish(rng, "leaves", "leaf", green, accent=tint(green, (0.6, 0.5, 0.2), 0.5), scale=1.0, wear=0.05)
        length = draw.uniform(rng, 0.1, 0.14) * (height / 8) ** 0.5
        parts.append(
            part("leaves", Leafage(growth=growth, count=LEAVES, long=round(length, 4), broad=0.62, loose=2.4), material)
        )
        color = "" if autumn else "green"
    return ObjectSpec(category=CATEGORY, parts=tuple(parts), color=color)
