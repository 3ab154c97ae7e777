"""Industrial finishes: sprayed steel in a few strong colours, black rubber, galvanised sheet, rough timber."""

import numpy as np

from scenes import draw
from scenes.base import Rgb
from scenes.colors import sample_color
from scenes.craft.finishes import finish, vary
from scenes.material import Material

__all__ = ["board", "galvanised", "painted", "rough_timber", "tyre_rubber"]


def painted(rng: np.random.Generator, color_name: str, *, wear: float = 0.0, roughness: float = 0.42) -> Material:
    """Powder coat in a colour called `color_name`."""
    return finish(
        rng, "painted_metal", "metal", sample_color(rng, color_name), roughness=roughness, wear=wear, scale=0.2
    )


def galvanised(rng: np.random.Generator) -> Material:
    """Zinc on steel: dull and pale."""
    gray = draw.uniform(rng, 0.55, 0.68)
    color: Rgb = (gray, gray + 0.01, gray + 0.015)
    return finish(rng, "galvanised", "metal", color, roughness=0.48, scale=0.1)


def tyre_rubber(rng: np.random.Generator) -> Material:
    """The black rubber of tyres, dusted gray."""
    return finish(rng, "rubber", "rubber", vary(rng, (0.055, 0.055, 0.058), 0.1), scale=0.1)


def rough_timber(rng: np.random.Generator, *, fresh: float = 0.5) -> Material:
    """Sawn softwood, from `fresh` yellow (1) to weathered gray (0)."""
    new, old = np.array((0.78, 0.62, 0.42)), np.array((0.47, 0.42, 0.36))
    red, green, blue = (float(value) for value in old + (new - old) * fresh)
    color = vary(rng, (red, green, blue), 0.06)
    return finish(rng, "wood", "wood", color, scale=0.4, roughness=0.75, wear=0.25 * (1 - fresh))


def board(rng: np.random.Generator) -> Material:
    """Brown corrugated board, some of it bleached."""
    base: Rgb = (0.86, 0.84, 0.79) if draw.chance(rng, 0.12) else (0.64, 0.47, 0.31)
    return finish(rng, "cardboard", "cardboard", vary(rng, base, 0.09), scale=0.05)
