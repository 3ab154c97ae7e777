"""Rotations: 3x3 matrices acting on column vectors, XYZ Euler angles, unit quaternions (w, x, y, z). Radians."""

from collections.abc import Sequence

import numpy as np
from jaxtyping import Bool, Float64

__all__ = [
    "about_x",
    "about_z",
    "are_rotations",
    "euler_angles",
    "euler_matrix",
    "is_rotation",
    "nearest_rotation",
    "quaternion_about",
    "quaternion_matrix",
    "quaternion_product",
]

Matrix = Float64[np.ndarray, "3 3"]
Quaternion = Float64[np.ndarray, "4"]


def about_x(angle: float) -> Matrix:
    """The rotation by `angle` about x."""
    c, s = np.cos(angle), np.sin(angle)
    return np.array([[1.0, 0.0, 0.0], [0.0, c, -s], [0.0, s, c]])


def about_z(angle: float) -> Matrix:
    """The rotation by `angle` about z, counter-clockwise seen from above."""
    c, s = np.cos(angle), np.sin(angle)
    return np.array([[c, -s, 0.0], [s, c, 0.0], [0.0, 0.0, 1.0]])


def euler_matrix(angles: Sequence[float]) -> Matrix:
    """The matrix of XYZ Euler angles: the rotation about x, then that about y, then that about z, as in Blender."""
    (cx, cy, cz), (sx, sy, sz) = np.cos(angles), np.sin(angles)
    x = np.array([[1, 0, 0], [0, cx, -sx], [0, sx, cx]])
    y = np.array([[cy, 0, sy], [0, 1, 0], [-sy, 0, cy]])
    z = np.array([[cz, -sz, 0], [sz, cz, 0], [0, 0, 1]])
    return np.asarray(z @ y @ x, dtype=np.float64)


def euler_angles(matrix: Matrix) -> tuple[float, float, float]:
    """The XYZ Euler angles of a rotation, so that `euler_matrix` gives it back."""
    y = float(np.arcsin(np.clip(-matrix[2, 0], -1, 1)))
    return float(np.arctan2(matrix[2, 1], matrix[2, 2])), y, float(np.arctan2(matrix[1, 0], matrix[0, 0]))


def is_rotation(matrix: Float64[np.ndarray, "3 3"], tolerance: float) -> bool:
    """Whether a matrix is orthogonal to within `tolerance` in each entry of its Gram matrix, and not a reflection."""
    return bool(are_rotations(matrix[None], tolerance)[0])


def are_rotations(matrices: Float64[np.ndarray, "n 3 3"], tolerance: float) -> Bool[np.ndarray, " n"]:
    """`is_rotation` of each of many matrices."""
    gram = matrices.swapaxes(1, 2) @ matrices
    rotations: Bool[np.ndarray, " n"] = (np.abs(gram - np.eye(3)) <= tolerance).all(axis=(1, 2))
    rotations[rotations] = np.linalg.det(matrices[rotations]) > 0
    return rotations


def nearest_rotation(matrix: Float64[np.ndarray, "3 3"]) -> Matrix:
    """The rotation nearest to a matrix that may also stretch, shear or mirror (its polar decomposition)."""
    u, _, v = np.linalg.svd(matrix)
    nearest: Matrix = u @ np.diag([1.0, 1.0, float(np.sign(np.linalg.det(u @ v)))]) @ v
    return nearest


def quaternion_about(axis: Sequence[float], angle: float) -> Quaternion:
    """The rotation by `angle` about a unit vector."""
    return np.array([np.cos(angle / 2), *(np.sin(angle / 2) * component for component in axis)]) + 0.0  # no -0.0


def quaternion_product(second: Sequence[float] | Quaternion, first: Sequence[float] | Quaternion) -> Quaternion:
    """The rotation `first`, then `second` (Hamilton's product)."""
    w, v = second[0], np.asarray(second[1:])
    s, u = first[0], np.asarray(first[1:])
    return np.array([w * s - v @ u, *(w * u + s * v + np.cross(v, u))])


def quaternion_matrix(quaternion: Sequence[float] | Quaternion) -> Matrix:
    """The matrix of a unit quaternion."""
    w, x, y, z = quaternion
    cross = np.array([[0, -z, y], [z, 0, -x], [-y, x, 0]])
    return np.asarray(np.eye(3) + 2 * w * cross + 2 * cross @ cross)
