"""Random sets of colours in which any two are clearly different, for a decoder and for an eye."""

from collections.abc import Sequence

import numpy as np

from encode.colors.distance import ciede2000, rgb_distance, srgb_to_lab
from encode.colors.names import NAMED_COLORS
from encode.draw import shuffled
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


def draw_colors(
    rng: np.random.Generator, count: int, *, named: bool = False, taken: Sequence[RGB] = ()
) -> list[RGB] | None:
    """Return `count` random colours, all apart from one another and from `taken`; None where none fit.

    named: only colours of NAMED_COLORS.
    """
    pool = shuffled(rng, list(NAMED_COLORS.values())) if named else _random_colors(rng)
    colors = list(taken)
    labs = [srgb_to_lab(color) for color in colors]
    for color in pool:
        if len(colors) == len(taken) + count:
            break
        lab = srgb_to_lab(color)
        if not colors or _apart(color, lab, colors, labs):
            colors.append(color)
            labs.append(lab)
    drawn = colors[len(taken) :]
    return drawn if len(drawn) == count else None


def draw_crowd_colors(rng: np.random.Generator, count: int, background: RGB) -> list[RGB] | None:
    """Return `count` random colours, CROWD_RGB apart and MINIMUM_RGB from the background; None where none fit."""
    pool = rng.integers(0, 256, (_CROWD_POOL, 3))
    pool = pool[rgb_distance(pool, background) >= MINIMUM_RGB]
    colors: list[RGB] = []
    while len(pool) and len(colors) < count:
        red, green, blue = pool[0].tolist()
        colors.append((red, green, blue))
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


def _random_colors(rng: np.random.Generator) -> list[RGB]:
    return [(r, g, b) for r, g, b in rng.integers(0, 256, (_POOL, 3)).tolist()]


def _apart(color: RGB, lab: np.ndarray, colors: Sequence[RGB], labs: Sequence[np.ndarray]) -> bool:
    if float(rgb_distance(color, np.array(colors)).min()) < MINIMUM_RGB:
        return False
    return float(ciede2000(lab, np.array(labs)).min()) >= MINIMUM_CIEDE2000
