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
_COLOR_NAMES = ("beige", "gray", "blue", "red", "white", "brown", "green", "teal", "beige", "gray")


def make(rng: np.random.Generator, style: Style) -> ObjectSpec:
    """Draw a rug in the style of its scene."""
    width = draw.uniform(rng, 1.2, 2.6)
    return of_size(rng, style, width, width * draw.uniform(rng, 0.6, 0.75))


def of_size(rng: np.random.Generator, style: Style, length: float, width: float, *, round_: float = 0.2) -> ObjectSpec:
    """A rug of `length` by `width` metres, with the chance `round_` a round one of that width."""
    kind: MaterialKind = "carpet" if draw.chance(rng, 0.6) else "fabric"
    color_name = style.color_name(rng, allowed=_COLOR_NAMES, stray=0.3)
    base = finish(rng, kind, "wool", sample_color(rng, color_name), scale=draw.uniform(rng, 0.08, 0.14))
    accent_color_name = style.color_name(rng, allowed=_COLOR_NAMES, stray=0.4)
    accent = finish(rng, kind, "wool", sample_color(rng, accent_color_name), scale=0.1)
    thickness = draw.uniform(rng, 0.007, 0.014)
    if draw.chance(rng, round_):
        parts = [part("rug", plate_of(circle(width / 2, count=96), thickness), base, bevel=0.4 * thickness)]
        if draw.chance(rng, 0.5):
            parts.append(_layer("middle", plate_of(circle(0.36 * width, count=96), 0.0012), accent, thickness))
    else:
        parts = [part("rug", slab(length, width, thickness, corner=0.02, edge=0.35 * thickness), base)]
        parts += _pattern(rng, length, width, thickness, base, accent)
    return ObjectSpec(
        category=CATEGORY, parts=tuple(parts), color=color_name if len(parts) == 1 else "", material="fabric"
    )


def mat(rng: np.random.Generator, style: Style) -> ObjectSpec:
    """A small tufted mat for a bathroom or a doorway."""
    return of_size(rng, style, draw.uniform(rng, 0.7, 0.95), draw.uniform(rng, 0.5, 0.6), round_=0.1)


def _layer(name: str, shape: Shape, material: Material, top: float, x: float = 0.0, y: float = 0.0) -> Part:
    return part(name, shape, material, at=(x, y, top - 0.0006))


def _pattern(
    rng: np.random.Generator, length: float, width: float, top: float, base: Material, accent: Material
) -> list[Part]:
    """A border, stripes across, or nothing; layers of 0.6 mm so that no two surfaces lie in one plane."""
    chance = rng.random()
    if chance < 0.4:
        inset = draw.uniform(rng, 0.08, 0.18)
        size = (length - 2 * inset, width - 2 * inset)
        parts = [_layer("field", Box(size=(*size, 0.0012)), accent, top)]
        if draw.chance(rng, 0.6):
            parts.append(_layer("inner field", Box(size=(size[0] - 0.1, size[1] - 0.1, 0.0012)), base, top + 0.0006))
        return parts
    if chance < 0.75:
        count = draw.integer(rng, 3, 9)
        stripe_width = length / (2 * count + 1)
        return [
            _layer(
                f"stripe {k + 1}",
                Box(size=(stripe_width, width - 0.03, 0.0012)),
                accent,
                top,
                x=-length / 2 + (2 * k + 1.5) * stripe_width,
            )
            for k in range(count)
        ]
    return []
