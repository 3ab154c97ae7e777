"""Directions spread evenly over the sphere."""

import numpy as np

from scenes.mesh import Floats

__all__ = ["even_directions"]


def even_directions(count: int) -> Floats:
    """Unit vectors [count, 3] from the zenith down, by the golden-angle spiral (Fibonacci lattice)."""
    k = np.arange(count) + 0.5
    z = 1 - 2 * k / count
    angle = np.pi * (1 + 5**0.5) * k
    side = np.sqrt(1 - z**2)
    return np.stack([side * np.cos(angle), side * np.sin(angle), z], axis=1)
