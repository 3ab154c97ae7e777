"""Rotations of objects as specs hold them: unit quaternions (w, x, y, z) to six digits."""

from collections.abc import Iterable

import numpy as np

from encode.lazy_import import import_lazily
from scenes.base import Vec4
from scenes.mesh import Floats

__all__ = ["matrix_quaternion", "spec_quaternion", "yaw_quaternion"]


def spec_quaternion(values: Iterable[float]) -> Vec4:
    """A quaternion to six digits."""
    w, x, y, z = (round(float(value), 6) for value in values)
    return w, x, y, z


def yaw_quaternion(yaw: float) -> Vec4:
    """The rotation by `yaw` radians about z."""
    return spec_quaternion((np.cos(yaw / 2), 0.0, 0.0, np.sin(yaw / 2)))


def matrix_quaternion(matrix: Floats) -> Vec4:
    """The rotation of a 3x3 matrix; w is not negative."""
    x, y, z, w = import_lazily("scipy.spatial.transform").Rotation.from_matrix(matrix).as_quat(canonical=True)
    return spec_quaternion((w, x, y, z))
