"""Corrugated sheet as a plan outline, to be pulled up or along."""

import numpy as np

from scenes.mesh import Floats

__all__ = ["corrugated"]


def corrugated(length: float, pitch: float, depth: float, *, back: float = 0.01) -> Floats:
    """A trapezoidal sheet `length` metres along x, its waves `pitch` apart, `depth` deep toward -y, from y = 0.

    A closed counter-clockwise outline [n, 2] with a flat back at y = `back`.
    """
    count = max(1, round(length / pitch))
    step = length / count
    wave = np.array([(0.0, 0.0), (0.32, 0.0), (0.42, -depth), (0.9, -depth)])
    ring = [(x * step + k * step - length / 2, y) for k in range(count) for x, y in wave]
    ring += [(length / 2, 0.0), (length / 2, back), (-length / 2, back)]
    return np.round(np.array(ring), 4)
