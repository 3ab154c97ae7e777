"""Walls, floors and ceilings by kind of room."""

import numpy as np

from scenes import draw
from scenes.base import Rgb
from scenes.craft.finishes import finish, tint, vary
from scenes.craft.style import Style
from scenes.families.room.parameters import RoomKind
from scenes.furnish.flooring import carpet_floor, concrete_floor, hard_floor, timber_floor
from scenes.material import Material

__all__ = ["Finishes", "sample_finishes"]

_HUES: tuple[Rgb, ...] = (
    (0.55, 0.65, 0.66),
    (0.72, 0.64, 0.55),
    (0.45, 0.53, 0.45),
    (0.33, 0.42, 0.5),
    (0.78, 0.62, 0.56),
    (0.6, 0.6, 0.55),
    (0.62, 0.56, 0.64),
    (0.84, 0.76, 0.6),
)


class Finishes:
    """The floor's material, the walls' (one a wall, in order), and the ceiling's."""

    def __init__(self, floor: Material, walls: tuple[Material, ...], ceiling: Material) -> None:
        self.floor, self.walls, self.ceiling = floor, walls, ceiling


def sample_finishes(rng: np.random.Generator, style: Style, kind: RoomKind) -> Finishes:
    """Quiet walls, at times one that stands out."""
    base = _tiled(rng) if kind == "bathroom" and draw.chance(rng, 0.65) else _plain(rng, style)
    walls = [base] * 4
    if kind != "bathroom" and draw.chance(rng, 0.45):
        walls[draw.integer(rng, 4)] = _accent(rng, style)
    gray = draw.uniform(rng, 0.86, 0.94)
    ceiling = finish(rng, "plaster", "plaster", vary(rng, (gray, gray, 0.98 * gray), 0.01), scale=0.3)
    return Finishes(_floor(rng, style, kind), tuple(walls), ceiling)


def _plain(rng: np.random.Generator, style: Style) -> Material:
    pale = draw.uniform(rng, 0.74, 0.92)
    neutral = vary(rng, (pale, 0.985 * pale, 0.955 * pale), 0.015)
    chance = rng.random()
    if chance < 0.62:
        return finish(rng, "plaster", "plaster", neutral, scale=0.3, wear=0.5 * style.wear)
    hue = vary(rng, draw.choice(rng, _HUES), 0.06)
    if chance < 0.84:
        return finish(rng, "plaster", "plaster", tint(hue, neutral, 0.4), scale=0.3, wear=0.5 * style.wear)
    return finish(
        rng, "wallpaper", "wallpaper", neutral, accent=tint(hue, neutral, 0.3), scale=draw.uniform(rng, 0.1, 0.3)
    )


def _accent(rng: np.random.Generator, style: Style) -> Material:
    chance = rng.random()
    hue = vary(rng, draw.choice(rng, _HUES), 0.08)
    if chance < 0.5:
        return finish(rng, "plaster", "plaster", hue, scale=0.3, wear=0.5 * style.wear)
    if chance < 0.75:
        pale = (0.86, 0.84, 0.8)
        return finish(rng, "wallpaper", "wallpaper", tint(hue, pale, 0.3), accent=tint(hue, pale, 0.8), scale=0.2)
    if chance < 0.83:
        return finish(rng, "stucco", "plaster", tint(hue, (0.88, 0.86, 0.82), 0.45), scale=0.12, wear=0.5 * style.wear)
    if chance < 0.93:
        return finish(rng, "brick", "brick", vary(rng, (0.52, 0.33, 0.26), 0.12), accent=(0.72, 0.69, 0.64), scale=0.24)
    return finish(rng, "concrete", "concrete", vary(rng, (0.55, 0.55, 0.54), 0.05), scale=1.0, wear=style.wear)


def _tiled(rng: np.random.Generator) -> Material:
    pale = draw.uniform(rng, 0.78, 0.93)
    white = (pale, pale, 0.98 * pale)
    hue = draw.choice(rng, _HUES)
    if draw.chance(rng, 0.22):
        depth, size = vary(rng, hue, 0.1), draw.uniform(rng, 0.02, 0.035)
        return finish(rng, "mosaic", "tiles", depth, accent=tint(depth, white, 0.7), scale=size)
    return finish(
        rng,
        "tiles",
        "tiles",
        tint(white, hue, draw.choice(rng, [0.0, 0.0, 0.4, 0.8])),
        scale=draw.uniform(rng, 0.15, 0.33),
    )


def _floor(rng: np.random.Generator, style: Style, kind: RoomKind) -> Material:
    share = {
        "living room": (0.72, 0.04, 0.08, 0.16),
        "bedroom": (0.6, 0.0, 0.04, 0.36),
        "kitchen": (0.4, 0.5, 0.1, 0.0),
        "office": (0.5, 0.0, 0.16, 0.34),
        "bathroom": (0.12, 0.8, 0.08, 0.0),
    }[kind]
    match draw.choice(rng, ["boards", "tiles", "concrete", "carpet"], p=share):
        case "boards":
            return timber_floor(rng, style)
        case "tiles":
            return hard_floor(rng, style)
        case "concrete":
            return concrete_floor(rng, style)
        case _:
            return carpet_floor(rng)
