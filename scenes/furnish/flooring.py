"""Floors indoors: boards and herringbone, tiles, terrazzo, slate, linoleum, concrete, carpet."""

import numpy as np

from scenes import draw
from scenes.base import Rgb
from scenes.craft.finishes import WOODS, finish, vary
from scenes.craft.style import Style
from scenes.material import Material

__all__ = ["carpet_floor", "concrete_floor", "hard_floor", "shop_floor", "timber_floor"]

_CARPETS: tuple[Rgb, ...] = ((0.62, 0.58, 0.52), (0.4, 0.43, 0.47), (0.5, 0.44, 0.4), (0.35, 0.4, 0.36))
_CHIPS: tuple[Rgb, ...] = ((0.6, 0.35, 0.26), (0.3, 0.33, 0.33), (0.55, 0.47, 0.36), (0.36, 0.45, 0.4))
_LINOLEUM: tuple[Rgb, ...] = ((0.5, 0.55, 0.48), (0.6, 0.55, 0.46), (0.42, 0.47, 0.54), (0.56, 0.4, 0.34))


def timber_floor(rng: np.random.Generator, style: Style) -> Material:
    """Boards of one species, at times blocks laid herringbone."""
    species = style.wood if draw.chance(rng, 0.4) else draw.choice(rng, ["oak", "oak", "pine", "walnut", "beech"])
    heart, ring = WOODS[species]
    color = vary(rng, heart, 0.06)
    if draw.chance(rng, 0.28):
        return finish(rng, "parquet", "wood", color, accent=ring, scale=draw.uniform(rng, 0.05, 0.09), wear=style.wear)
    width = draw.uniform(rng, 0.09, 0.2)
    return finish(rng, "floorboards", "wood", color, accent=ring, scale=width, wear=style.wear)


def hard_floor(rng: np.random.Generator, style: Style) -> Material:
    """Tiles mostly, else terrazzo, slate or linoleum."""
    chance, gray = rng.random(), draw.uniform(rng, 0.3, 0.82)
    color = vary(rng, (gray, 0.98 * gray, 0.94 * gray))
    if chance < 0.5:
        size = draw.uniform(rng, 0.2, 0.6)
        return finish(rng, "tiles", "tiles", color, scale=size, roughness=0.3, wear=style.wear)
    if chance < 0.7:
        pale = vary(rng, (max(gray, 0.5), 0.98 * max(gray, 0.5), 0.95 * max(gray, 0.5)))
        chips = draw.choice(rng, _CHIPS)
        size = draw.uniform(rng, 0.1, 0.25)
        return finish(rng, "terrazzo", "terrazzo", pale, accent=chips, scale=size, wear=style.wear)
    if chance < 0.84:
        dark = vary(rng, (0.3, 0.32, 0.34), 0.12)
        size = draw.uniform(rng, 0.3, 0.6)
        return finish(rng, "slate", "slate", dark, accent=(0.45, 0.38, 0.3), scale=size, wear=style.wear)
    hue = vary(rng, draw.choice(rng, _LINOLEUM), 0.08)
    return finish(rng, "linoleum", "linoleum", hue, accent=(0.82, 0.8, 0.74), scale=0.1, wear=style.wear)


def concrete_floor(rng: np.random.Generator, style: Style) -> Material:
    """Smoothed concrete in a shade of gray."""
    gray = draw.uniform(rng, 0.35, 0.6)
    return finish(rng, "concrete", "concrete", vary(rng, (gray, gray, gray)), scale=1.0, wear=style.wear)


def carpet_floor(rng: np.random.Generator) -> Material:
    """A fitted carpet."""
    soft = draw.choice(rng, _CARPETS)
    return finish(rng, "carpet", "carpet", vary(rng, soft, 0.08), scale=0.1)


def shop_floor(rng: np.random.Generator) -> Material:
    """A pale floor of a shop: tiles, terrazzo or linoleum."""
    gray = draw.uniform(rng, 0.55, 0.82)
    color = vary(rng, (gray, 0.98 * gray, 0.93 * gray), 0.03)
    match draw.choice(rng, ("linoleum", "tiles", "tiles", "terrazzo")):
        case "tiles":
            return finish(rng, "tiles", "tiles", color, scale=draw.uniform(rng, 0.3, 0.5), roughness=0.25, wear=0.3)
        case "terrazzo":
            return finish(rng, "terrazzo", "terrazzo", color, accent=(0.4, 0.36, 0.33), scale=0.03, roughness=0.2)
        case _:
            return finish(rng, "linoleum", "linoleum", color, scale=0.3, roughness=0.35, wear=0.3)
