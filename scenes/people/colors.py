"""Colours of skin, hair and clothes as people wear them, sRGB."""

import numpy as np

from scenes import draw
from scenes.base import Rgb
from scenes.craft.finishes import tint, vary
from scenes.material import Material
from scenes.model import ObjectSpec

__all__ = ["cloth_color", "hair_color", "recolored", "skin_color"]

CLOTHS = ("cloth", "striped_cloth", "denim", "knit")  # kinds of material that clothes are of

# From light to dark, after the scale of Monk (skintone.google): each as seen under even light.
_SKINS: tuple[Rgb, ...] = (
    (0.91, 0.76, 0.69),
    (0.88, 0.72, 0.62),
    (0.85, 0.68, 0.56),
    (0.79, 0.61, 0.47),
    (0.70, 0.51, 0.37),
    (0.59, 0.41, 0.29),
    (0.46, 0.31, 0.22),
    (0.35, 0.23, 0.17),
    (0.26, 0.17, 0.13),
)
_HAIR: tuple[Rgb, ...] = (
    (0.06, 0.05, 0.045),
    (0.12, 0.085, 0.065),
    (0.21, 0.14, 0.095),
    (0.33, 0.21, 0.13),
    (0.48, 0.33, 0.19),
    (0.66, 0.52, 0.33),
    (0.45, 0.19, 0.09),
)
_GRAY: Rgb = (0.68, 0.67, 0.65)
_TOPS: tuple[Rgb, ...] = (
    (0.09, 0.09, 0.1),
    (0.13, 0.16, 0.24),
    (0.33, 0.34, 0.36),
    (0.62, 0.62, 0.63),
    (0.86, 0.85, 0.83),
    (0.55, 0.13, 0.14),
    (0.36, 0.12, 0.17),
    (0.2, 0.31, 0.5),
    (0.47, 0.6, 0.72),
    (0.26, 0.31, 0.2),
    (0.16, 0.33, 0.27),
    (0.74, 0.6, 0.42),
    (0.44, 0.3, 0.2),
    (0.79, 0.6, 0.2),
    (0.74, 0.5, 0.48),
    (0.42, 0.33, 0.45),
    (0.75, 0.36, 0.16),
)
_BOTTOMS: tuple[Rgb, ...] = (
    (0.09, 0.09, 0.1),
    (0.15, 0.17, 0.22),
    (0.3, 0.3, 0.32),
    (0.55, 0.49, 0.4),
    (0.4, 0.35, 0.27),
    (0.26, 0.27, 0.21),
)
_DENIM: tuple[Rgb, ...] = ((0.17, 0.23, 0.35), (0.27, 0.36, 0.49), (0.42, 0.51, 0.62), (0.12, 0.15, 0.22))


def _one(rng: np.random.Generator, among: tuple[Rgb, ...]) -> Rgb:
    return draw.choice(rng, among)


def skin_color(rng: np.random.Generator) -> Rgb:
    """A colour between the lightest and the darkest skin, all equally likely."""
    position = draw.uniform(rng, 0, len(_SKINS) - 1.001)
    return vary(rng, tint(_SKINS[int(position)], _SKINS[int(position) + 1], position % 1), 0.02)


def hair_color(rng: np.random.Generator, skin: Rgb, *, old: bool) -> Rgb:
    """A hair colour that occurs with the skin; grey if `old`."""
    fair = sum(skin) > 1.9
    color = _HAIR[draw.integer(rng, 7 if fair else 2)]
    return vary(rng, tint(color, _GRAY, draw.uniform(rng, 0.55, 1.0)) if old else color, 0.06)


def cloth_color(rng: np.random.Generator, what: str) -> Rgb:
    """A colour of `what`: tops, bottoms or denim."""
    return vary(rng, _one(rng, {"tops": _TOPS, "bottoms": _BOTTOMS, "denim": _DENIM}[what]), 0.07)


def recolored(rng: np.random.Generator, model: ObjectSpec) -> ObjectSpec:
    """`model` with each of its cloths in another colour; shapes, skin and hair stay, so that it costs no new mesh."""
    fresh: dict[Material, Material] = {}
    for part in model.parts:
        material = part.material
        if material.kind in CLOTHS and material not in fresh:
            fresh[material] = material.model_copy(update={"color": _rounded(rng)})
    parts = tuple(part.model_copy(update={"material": fresh.get(part.material, part.material)}) for part in model.parts)
    return model.model_copy(update={"parts": parts})


def _rounded(rng: np.random.Generator) -> tuple[float, float, float]:
    red, green, blue = (round(value, 6) for value in cloth_color(rng, "tops" if draw.chance(rng, 0.6) else "bottoms"))
    return red, green, blue
