"""Rugs: rectangular with a border or stripes, or round."""

import numpy as np

from scenes import draw
from scenes.colors import sample_color
from scenes.craft.build import part, plate_of, slab
from scenes.craft.finishes import finish
from scenes.craft.outline import circle
from scenes.craft.style import Style
from scenes.material import Material, MaterialKind
from scenes.model import ObjectSpec, Part
from scenes.shapes import Box, Shape

__all__ = ["CATEGORY", "PLACE", "make", "mat", "of_size"]

CATEGORY = "rug"
PLACE = "floor"
_WORDS = ("beige", "gray", "blue", "red", "white", "brown", "green", "teal", "beige", "gray")


def make(rng: np.random.Generator, style: Style) -> ObjectSpec:
    """Draw a rug in the style of its scene."""
    width = draw.uniform(rng, 1.2, 2.6)
    return of_size(rng, style, width, width * draw.uniform(rng, 0.6, 0.75))


def of_size(rng: np.random.Generator, style: Style, x: float, y: float, *, round_: float = 0.2) -> ObjectSpec:
    """A rug of `x` by `y` metres, with the chance `round_` a round one of width `y`."""
    kind: MaterialKind = "carpet" if draw.chance(rng, 0.6) else "fabric"
    color_name = style.word(rng, allowed=_WORDS, stray=0.3)
    base = finish(rng, kind, "wool", sample_color(rng, color_name), scale=draw.uniform(rng, 0.08, 0.14))
    other = style.word(rng, allowed=_WORDS, stray=0.4)
    second = finish(rng, kind, "wool", sample_color(rng, other), scale=0.1)
    thickness = draw.uniform(rng, 0.007, 0.014)
    if draw.chance(rng, round_):
        parts = [part("rug", plate_of(circle(y / 2, count=96), thickness), base, bevel=0.4 * thickness)]
        if draw.chance(rng, 0.5):
            parts.append(_layer("middle", plate_of(circle(0.36 * y, count=96), 0.0012), second, thickness))
    else:
        parts = [part("rug", slab(x, y, thickness, corner=0.02, edge=0.35 * thickness), base)]
        parts += _pattern(rng, x, y, thickness, (base, second))
    return ObjectSpec(
        category=CATEGORY, parts=tuple(parts), color=color_name if len(parts) == 1 else "", material="fabric"
    )


def mat(rng: np.random.Generator, style: Style) -> ObjectSpec:
    """A small tufted mat for a bathroom or a doorway."""
    return of_size(rng, style, draw.uniform(rng, 0.7, 0.95), draw.uniform(rng, 0.5, 0.6), round_=0.1)


def _layer(name: str, shape: Shape, material: Material, top: float, x: float = 0.0, y: float = 0.0) -> Part:
    return part(name, shape, material, at=(x, y, top - 0.0006))


def _pattern(rng: np.random.Generator, x: float, y: float, top: float, dyes: tuple[Material, Material]) -> list[Part]:
    """A border, stripes across, or nothing; layers of 0.6 mm so that no two surfaces lie in one plane."""
    chance = rng.random()
    if chance < 0.4:
        inset = draw.uniform(rng, 0.08, 0.18)
        size = (x - 2 * inset, y - 2 * inset)
        parts = [_layer("field", Box(size=(*size, 0.0012)), dyes[1], top)]
        if draw.chance(rng, 0.6):
            parts.append(_layer("inner field", Box(size=(size[0] - 0.1, size[1] - 0.1, 0.0012)), dyes[0], top + 0.0006))
        return parts
    if chance < 0.75:
        count = draw.integer(rng, 3, 9)
        each = x / (2 * count + 1)
        return [
            _layer(f"stripe {k + 1}", Box(size=(each, y - 0.03, 0.0012)), dyes[1], top, x=-x / 2 + (2 * k + 1.5) * each)
            for k in range(count)
        ]
    return []
