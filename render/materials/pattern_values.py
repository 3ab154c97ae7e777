"""Values that the texture nodes of Cycles have at points far from each other, which are as good as random. numpy only.

Each function returns one value for each of `POINTS` points. Formulas are those of Cycles' nodes (Perlin's gradient
noise summed over octaves, Worley's cells, running bonds of bricks) with random numbers for their hashes.
"""

from functools import lru_cache
from itertools import product

import numpy as np
from jaxtyping import Bool, Float64

__all__ = ["POINTS", "brick_values", "cell_values", "noise_values", "rng_of"]

#: How many points a mean is taken over.
POINTS = 128
_PERLIN = 0.982  # Cycles' factor for noise of three dimensions
#: Perlin's gradients: the middles of a cube's edges.
_GRADIENTS = np.array([v for v in product((-1, 0, 1), repeat=3) if np.abs(v).sum() == 2], np.float64)
_CORNERS = np.array(list(product((0, 1), repeat=3)), np.float64)

Values = Float64[np.ndarray, "n"]


def rng_of(*key: int) -> np.random.Generator:
    """Random numbers that depend on `key` alone, so that a material has the same mean everywhere."""
    return np.random.default_rng([20_260, *key])


@lru_cache(maxsize=256)
def noise_values(detail: float, roughness: float) -> Values:
    """Normalized fractal noise, 0 to 1, of `detail` + 1 octaves, each of `roughness` times the one before."""
    rng = rng_of(1)
    octaves = [_perlin(rng) for _ in range(int(detail) + 2)]
    whole, rest = int(detail), detail - int(detail)
    amplitudes = roughness ** np.arange(len(octaves))

    def summed(count: int) -> Values:
        total: Values = sum(a * octave for a, octave in zip(amplitudes[:count], octaves, strict=False))
        return 0.5 * total / amplitudes[:count].sum() + 0.5

    return summed(whole + 1) * (1 - rest) + summed(whole + 2) * rest


def _perlin(rng: np.random.Generator) -> Values:
    at = rng.random((POINTS, 3))
    gradients = _GRADIENTS[rng.integers(0, len(_GRADIENTS), (POINTS, len(_CORNERS)))]
    towards = at[:, None] - _CORNERS
    fade = at**3 * (at * (at * 6 - 15) + 10)
    weight = np.where(_CORNERS == 1, fade[:, None], 1 - fade[:, None]).prod(axis=-1)
    return _PERLIN * (weight * (gradients * towards).sum(axis=-1)).sum(axis=-1)


@lru_cache(maxsize=64)
def cell_values(dimensions: int, randomness: float, *, edges: bool) -> Values:
    """The distance to the nearest point of a cell; to the nearest border between two cells with `edges`."""
    rng = rng_of(2, dimensions)
    cells = np.array(list(product((-1, 0, 1), repeat=dimensions)), np.float64)
    at = rng.random((POINTS, 1, dimensions))
    away = cells + rng.random((POINTS, len(cells), dimensions)) * randomness - at
    distance = np.sqrt((away**2).sum(axis=-1))
    nearest = distance.argmin(axis=-1)
    if not edges:
        return distance.min(axis=-1)
    mine = away[np.arange(POINTS), nearest][:, None]
    across = away - mine
    length = np.sqrt((across**2).sum(axis=-1))
    border = ((away + mine) / 2 * across).sum(axis=-1) / np.where(length > 0, length, 1)
    return np.where(length > 0, border, np.inf).min(axis=-1)


def brick_values(
    x: Values, y: Values, *, width: float, height: float, mortar: float, smooth: float, offset: float
) -> tuple[Values, Values]:
    """Of a wall of bricks at (x, y): a random number for each brick, and how much of the point is mortar."""
    row = np.floor(y / height)
    x = x + np.where(row % 2 == 0, width * offset, 0.0)
    inside_x, inside_y = x - width * np.floor(x / width), y - height * row
    border = np.minimum(np.minimum(inside_x, width - inside_x), np.minimum(inside_y, height - inside_y))
    depth = 1 - border / max(mortar, 1e-9)
    share = np.clip(depth / smooth, 0, 1) if smooth > 0 else np.ones_like(depth)
    in_mortar: Bool[np.ndarray, "*n"] = border < mortar
    return rng_of(3).random(len(x)), np.where(in_mortar, share**2 * (3 - 2 * share), 0.0)
