"""Gradient noise over an endless plane; a point's value does not depend on the other points of the call."""

from functools import lru_cache

import numpy as np
import numpy.typing as npt

from scenes.mesh import Floats

__all__ = ["noise", "ridges"]

_TURN = np.array([[0.8, 0.6], [-0.6, 0.8]])  # between octaves, so that their lattices do not line up


@lru_cache(maxsize=256)
def _gradients(seed: int) -> tuple[npt.NDArray[np.int32], Floats, Floats]:
    """A table of 256 lattice hashes, and the gradients they name."""
    rng = np.random.Generator(np.random.PCG64(seed))
    angle = rng.uniform(0, 2 * np.pi, 256)
    return rng.permutation(256).astype(np.int32), 1.5 * np.cos(angle), 1.5 * np.sin(angle)


def _octave(points: Floats, seed: int) -> Floats:
    """Noise with features of size 1; it repeats after 256, more than any view shows."""
    table, gx, gy = _gradients(seed)
    cell = np.floor(points)
    x, y = (cell.astype(np.int64) & 255).T
    dx, dy = (points - cell).T
    u, v = (t * t * t * (t * (6 * t - 15) + 10) for t in (dx, dy))
    left, right = table[x], table[(x + 1) & 255]
    above = y + 1

    def corner(column: npt.NDArray[np.int32], row: npt.NDArray[np.int64], over: Floats, up: Floats) -> Floats:
        h = table[(column + row) & 255]
        return np.asarray(gx[h] * over + gy[h] * up)

    low, high = corner(left, y, dx, dy), corner(left, above, dx, dy - 1)
    low += u * (corner(right, y, dx - 1, dy) - low)
    high += u * (corner(right, above, dx - 1, dy - 1) - high)
    return np.asarray(low + v * (high - low))


def noise(points: Floats, feature: float, seed: int, *, octaves: int = 4, gain: float = 0.5) -> Floats:
    """Fractal noise, about -1 to 1, at `points` [n, 2] in metres; its largest features are `feature` metres wide."""
    scaled, total, weight, size = points / feature, np.zeros(len(points)), 1.0, 0.0
    for octave in range(octaves):
        total += weight * _octave(scaled, seed % 65536 + 131 * octave)
        size += weight
        scaled, weight = 2.03 * (scaled @ _TURN), weight * gain
    return total / size


def ridges(points: Floats, feature: float, seed: int, *, octaves: int = 5) -> Floats:
    """Mountains from 0 to 1: sharp crests, each octave stronger where the one before is high."""
    scaled, total, weight, size = points / feature, np.zeros(len(points)), 1.0, 0.0
    last: Floats = np.ones(len(points))
    for octave in range(octaves):
        crest = (1 - np.minimum(np.abs(_octave(scaled, seed % 65536 + 197 * octave)) * 1.3, 1.0)) ** 2
        last = crest * np.clip(0.35 + last, 0, 1)
        total += weight * last
        size += weight
        scaled, weight = 2.03 * (scaled @ _TURN), weight * 0.5
    return total / size
