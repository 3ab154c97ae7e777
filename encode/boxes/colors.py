"""Colours for thin lines, which a model blends with what is beside them.

Each is far from every mixture of another one with black, so that the soft rim of one line is not another's colour, and
far from all that a dimmed source has.
"""

import numpy as np
from jaxtyping import Bool, Float64, Int64

from encode.colors.legend import MINIMUM_RGB
from encode.colors.names import NAMED_COLORS
from encode.colors.notation import NOTATIONS
from encode.draw import choice, shuffled
from encode.pair import BLACK, RGB
from encode.segmentation.flat_task import Palette

__all__ = ["draw_line_palette", "line_color_distance"]

_POOL = 1500

# Least value of a line's brightest channel: a dimmed source has at most DIMMED_MOST.
_LEAST_BRIGHT = 192


def draw_line_palette(rng: np.random.Generator, count: int) -> Palette | None:
    """Draw a notation and `count` colours for lines on black or a dimmed source; None where too few fit."""
    notation = choice(rng, NOTATIONS)
    pool = (
        np.array(shuffled(rng, list(NAMED_COLORS.values())))
        if notation == "name"
        else rng.integers(0, 256, (_POOL, 3)).astype(np.int64)
    )
    pool = pool[pool.max(-1) >= _LEAST_BRIGHT]
    colors: list[RGB] = []
    while len(pool) and len(colors) < count:
        red, green, blue = pool[0].tolist()
        colors.append((red, green, blue))
        pool = pool[_are_apart(pool, colors[-1])]
    return Palette(notation, BLACK, tuple(colors)) if len(colors) == count else None


def line_color_distance(first: RGB, second: RGB) -> float:
    """Least distance (Euclidean, 0-255) of one colour from the other's mixtures with black, either way."""
    a, b = np.array([first], np.float64), np.array(second, np.float64)
    return float(min(_from_mixtures(a, b)[0], _from_mixtures(b[None], a[0])[0]))


def _are_apart(pool: Int64[np.ndarray, "n 3"], color: RGB) -> Bool[np.ndarray, " n"]:
    values, wanted = pool.astype(np.float64), np.array(color, np.float64)
    there = _from_mixtures(values, wanted)
    # The other way round: of `color` from the mixtures of each of the pool.
    share = np.clip((values @ wanted) / np.maximum((values * values).sum(-1), 1), 0, 1)
    back = np.linalg.norm(wanted - share[:, None] * values, axis=-1)
    return np.asarray(np.minimum(there, back) >= MINIMUM_RGB)


def _from_mixtures(colors: Float64[np.ndarray, "n 3"], color: Float64[np.ndarray, " 3"]) -> Float64[np.ndarray, " n"]:
    """Distance of each of `colors` from the nearest mixture of `color` with black."""
    share = np.clip(colors @ color / max(float(color @ color), 1.0), 0, 1)  # black mixes to black alone
    return np.asarray(np.linalg.norm(colors - share[:, None] * color, axis=-1))
