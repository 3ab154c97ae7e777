"""Rotations of body parts, as matrices."""

import numpy as np

from encode.formulas.rotation import euler_matrix
from scenes.base import Vec3
from scenes.mesh import Floats

__all__ = ["bent", "facing", "row", "unit"]


def unit(vector: Floats) -> Floats:
    """The vector [3] scaled to length 1."""
    return np.asarray(vector / max(float(np.linalg.norm(vector)), 1e-9))


def row(vector: Floats) -> Vec3:
    """The vector [3] as three floats, rounded to a tenth of a millimetre."""
    x, y, z = (round(float(value), 4) for value in vector)
    return x, y, z


def bent(pitch: float, roll: float = 0.0, yaw: float = 0.0) -> Floats:
    """Rotation matrix [3, 3]: `pitch` bows to the front, `roll` leans to the left, `yaw` looks to the left; radians."""
    return np.asarray(euler_matrix((pitch, roll, yaw)))


def facing(along: Floats, front: Floats) -> Floats:
    """Axes as columns [3, 3] (x, y, z): z opposite to `along`, -y as close to `front` as that allows."""
    z = -unit(along)
    y = unit(-(front - z * float(front @ z)))
    return np.stack([np.cross(y, z), y, z], 1)
