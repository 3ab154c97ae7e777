"""Gradient noise over an endless plane; a point's value does not depend on the other points of the call."""

from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache

import numpy as np
import numpy.typing as npt

from scenes.mesh import Floats

__all__ = ["noise", "ridges"]

PERIOD, MASK = 256, 255  # of the lattice
FEW = 512  # points; all octaves of so many are worked out at once, since a call costs more than its numbers
_TURN = np.array([[0.8, 0.6], [-0.6, 0.8]])  # between octaves, so that their lattices do not line up


@dataclass(frozen=True, eq=False)
class _GradientTables:
    """Tables of 256 entries for each of some octaves, one after the other: hashes, and the gradients they name."""

    hashes: npt.NDArray[np.int64]
    gradients: tuple[Floats, Floats]


@lru_cache(maxsize=256)
def _gradient_tables(seed: int, step: int, octaves: int) -> _GradientTables:
    hashes, angles = [], []
    for octave in range(octaves):
        rng = np.random.Generator(np.random.PCG64(seed + step * octave))
        angles.append(rng.uniform(0, 2 * np.pi, PERIOD))
        hashes.append(rng.permutation(PERIOD))
    angle = np.concatenate(angles)
    return _GradientTables(np.concatenate(hashes), (1.5 * np.cos(angle), 1.5 * np.sin(angle)))


def _octaves(points: Floats, seed: int, step: int, count: int) -> Iterator[Floats]:
    """Octave after octave at `points` [n, 2], in features of the first; each next one is about half as large."""
    tables = _gradient_tables(seed % 65536, step, count)
    scaled = [points]
    while len(scaled) < count:
        scaled.append(2.03 * (scaled[-1] @ _TURN))
    if len(points) <= FEW:
        yield from _values(np.stack([level.T for level in scaled], axis=1), tables, 0)
        return
    for octave, level in enumerate(scaled):
        yield from _values(level.T[:, None], tables, octave)


def _values(points: Floats, tables: _GradientTables, octave: int) -> Floats:
    """Noise [octaves, n], about -1 to 1, with features of size 1 at `points` [2, octaves, n].

    octave: of the first, whose tables come first.

    It repeats after 256, more than any view shows.
    """
    cell = np.floor(points)
    dx, dy = points - cell
    first = ((octave + np.arange(len(dx))) * PERIOD)[:, None]  # where each octave's tables begin
    x, y = cell.astype(np.int64) & MASK
    left, right = tables.hashes[first + x], tables.hashes[first + ((x + 1) & MASK)]
    rows = np.stack([y, y + 1])
    gx, gy = tables.gradients
    up = np.stack([dy, dy - 1])

    def corners(column: npt.NDArray[np.int64], over: Floats) -> Floats:
        h = first + tables.hashes[first + ((column + rows) & MASK)]
        return np.asarray(gx[h] * over + gy[h] * up)

    u, v = (t * t * t * (t * (6 * t - 15) + 10) for t in (dx, dy))
    ends = corners(left, dx)
    low, high = ends + u * (corners(right, dx - 1) - ends)
    return np.asarray(low + v * (high - low))


def noise(points: Floats, feature: float, seed: int, *, octaves: int = 4, gain: float = 0.5) -> Floats:
    """Fractal noise, about -1 to 1, at `points` [n, 2] in metres; its largest features are `feature` metres wide."""
    total, weight, size = np.zeros(len(points)), 1.0, 0.0
    for octave in _octaves(points / feature, seed, 131, octaves):
        total += weight * octave
        size += weight
        weight *= gain
    return total / size


def ridges(points: Floats, feature: float, seed: int, *, octaves: int = 5) -> Floats:
    """Mountains from 0 to 1: sharp crests, each octave stronger where the one before is high."""
    total, weight, size = np.zeros(len(points)), 1.0, 0.0
    last: Floats = np.ones(len(points))
    for octave in _octaves(points / feature, seed, 197, octaves):
        crest = (1 - np.minimum(np.abs(octave) * 1.3, 1.0)) ** 2
        last = crest * np.clip(0.35 + last, 0, 1)
        total += weight * last
        size += weight
        weight *= 0.5
    return total / size
