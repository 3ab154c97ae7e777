"""Smooth fractal noise, the same on every machine."""

import numpy as np

from scenes.mesh import Floats

__all__ = ["fractal"]


def _lattice(points: Floats, seed: int, octave: int, span: int) -> Floats:
    """Value noise in [-1, 1] at lattice coordinates `points` [n, 2], both in [0, span]."""
    rng = np.random.Generator(np.random.PCG64([abs(seed), octave]))
    values = rng.uniform(-1, 1, (span + 2, span + 2))
    cell = np.minimum(points.astype(np.int64), span)
    t = points - cell
    t = t * t * (3 - 2 * t)
    x, y = cell.T
    low = values[x, y] * (1 - t[:, 0]) + values[x + 1, y] * t[:, 0]
    high = values[x, y + 1] * (1 - t[:, 0]) + values[x + 1, y + 1] * t[:, 0]
    return np.asarray(low * (1 - t[:, 1]) + high * t[:, 1])


def fractal(points: Floats, *, feature: float, seed: int, octaves: int = 4) -> Floats:
    """Noise in [-1, 1] at `points` [n, 2] (metres); the largest features are `feature` metres wide."""
    origin = points.min(0)
    total = np.zeros(len(points))
    for octave in range(octaves):
        scaled = (points - origin) * (2**octave / feature)
        span = int(min(np.ceil(scaled.max()), 4096)) + 1
        total += _lattice(np.minimum(scaled, span), seed, octave, span) * 0.5**octave
    return total / (2 - 0.5 ** (octaves - 1))
