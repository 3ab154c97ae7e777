"""Random sets of colours in which any two are clearly different, for a decoder and for an eye."""

from collections.abc import Sequence
from functools import cache

import numpy as np
from jaxtyping import Bool, Int64

from encode.colors.distance import ciede2000, rgb_distance, srgb_to_lab
from encode.colors.names import NAMED_COLORS
from encode.errors import ColorError
from encode.pair import RGB

__all__ = [
    "CROWD_RGB",
    "FEW_COLORS",
    "MINIMUM_CIEDE2000",
    "MINIMUM_RGB",
    "check_apart",
    "draw_colors",
    "draw_crowd_colors",
]

#: Least Euclidean distance of two colours used together (ENCODINGS.md): soft edges and model noise stay under half.
MINIMUM_RGB = 64.0

#: Least CIEDE2000 distance; 12 is a clearly different colour, and 30 colours always fit into the cube.
MINIMUM_CIEDE2000 = 12.0

#: So many colours always fit at these distances.
FEW_COLORS = 30

#: Least Euclidean distance of the colours of more instances than FEW_COLORS: twice the instance decoder's tolerance.
#: They are still MINIMUM_RGB from the background.
CROWD_RGB = 28.0

_POOL = 1500
_CROWD_POOL = 6000

# More colours than this need a larger pool, of which 40 and a background always fit.
_MANY, _LARGE_POOL = 30, 8000

# Candidates that are compared at once, besides two for each colour.
_COMPARED = 8


def draw_colors(
    rng: np.random.Generator, count: int, *, named: bool = False, taken: Sequence[RGB] = ()
) -> list[RGB] | None:
    """Return `count` random colours, all apart from one another and from `taken`; None where none fit.

    named: only colours of NAMED_COLORS.
    """
    drawn = _named(rng, count, taken) if named else _random(rng, count, taken)
    return drawn if len(drawn) == count else None


def _named(rng: np.random.Generator, count: int, taken: Sequence[RGB]) -> list[RGB]:
    colors, apart = _names()
    free = _apart(colors, np.array(taken, np.int64).reshape(-1, 3)).all(axis=1)
    drawn: list[RGB] = []
    for index in rng.permutation(len(colors)).tolist():
        if free[index] and len(drawn) < count:
            drawn.append(_color(colors[index]))
            free &= apart[index]
    return drawn


@cache
def _names() -> tuple[Int64[np.ndarray, "n 3"], Bool[np.ndarray, "n n"]]:
    """The named colours, and which of them are apart."""
    colors = np.array(list(NAMED_COLORS.values()))
    return colors, _apart(colors, colors)


def _random(rng: np.random.Generator, count: int, taken: Sequence[RGB]) -> list[RGB]:
    pool = rng.integers(0, 256, (_POOL if count + len(taken) <= _MANY else _LARGE_POOL, 3))
    drawn: list[RGB] = []
    # Most colours come from the first candidates: the rest of the pool is seldom compared with any colour.
    compared = 2 * count + _COMPARED
    for start in range(0, len(pool), compared):
        if len(drawn) == count:
            break
        _draw_from(pool[start : start + compared], drawn, count, taken)
    return drawn


def _draw_from(candidates: Int64[np.ndarray, "n 3"], drawn: list[RGB], count: int, taken: Sequence[RGB]) -> None:
    """Append to `drawn`, up to `count`, each candidate that is apart from `taken` and from those before it."""
    free = _apart(candidates, np.array([*taken, *drawn], np.int64).reshape(-1, 3)).all(axis=1)
    candidates = candidates[free]
    apart = _apart(candidates, candidates)
    left = np.ones(len(candidates), bool)
    for index, color in enumerate(candidates):
        if left[index] and len(drawn) < count:
            drawn.append(_color(color))
            left &= apart[index]


def _color(rgb: Int64[np.ndarray, " 3"]) -> RGB:
    red, green, blue = rgb.tolist()
    return red, green, blue


def draw_crowd_colors(rng: np.random.Generator, count: int, background: RGB) -> list[RGB] | None:
    """Return `count` random colours, CROWD_RGB apart and MINIMUM_RGB from the background; None where none fit."""
    pool = rng.integers(0, 256, (_CROWD_POOL, 3))
    pool = pool[rgb_distance(pool, background) >= MINIMUM_RGB]
    colors: list[RGB] = []
    while len(pool) and len(colors) < count:
        colors.append(_color(pool[0]))
        pool = pool[rgb_distance(pool, colors[-1]) >= CROWD_RGB]
    return colors if len(colors) == count else None


def check_apart(colors: Sequence[RGB], where: str) -> None:
    """Raise ColorError when two of `colors` are closer than MINIMUM_RGB."""
    for i, first in enumerate(colors):
        for second in colors[i + 1 :]:
            distance = float(rgb_distance(first, second))
            if distance < MINIMUM_RGB:
                got = f"{first} and {second}, {distance:.1f} apart"
                raise ColorError(where, f"colours at least {MINIMUM_RGB:g} apart", got)


def _apart(a: Int64[np.ndarray, "n 3"], b: Int64[np.ndarray, "m 3"]) -> Bool[np.ndarray, "n m"]:
    """Which colours of `a` are apart from which of `b`."""
    apart: Bool[np.ndarray, "n m"] = rgb_distance(a[:, None], b) >= MINIMUM_RGB
    first, second = np.nonzero(apart)  # the costly distance is measured where it decides
    apart[first, second] = ciede2000(srgb_to_lab(a)[first], srgb_to_lab(b)[second]) >= MINIMUM_CIEDE2000
    return apart
