"""Rotations as matrices."""

import numpy as np

from scenes.base import Vec3
from scenes.mesh import Floats

__all__ = ["euler_matrix"]


def euler_matrix(angles: Vec3) -> Floats:
    """XYZ Euler angles in radians as a matrix: first about x, then y, then z, as Blender does."""
    (cx, cy, cz), (sx, sy, sz) = np.cos(angles), np.sin(angles)
    about_x = np.array([[1, 0, 0], [0, cx, -sx], [0, sx, cx]])
    about_y = np.array([[cy, 0, sy], [0, 1, 0], [-sy, 0, cy]])
    about_z = np.array([[cz, -sz, 0], [sz, cz, 0], [0, 0, 1]])
    return np.asarray(about_z @ about_y @ about_x, dtype=np.float64)
