"""Turns of body parts."""

import numpy as np

from encode.formulas.rotation import euler_matrix
from scenes.base import Vec3
from scenes.mesh import Floats

__all__ = ["bent", "facing", "row", "unit"]


def unit(vector: Floats) -> Floats:
    """The vector [3] scaled to length 1."""
    return np.asarray(vector / max(float(np.linalg.norm(vector)), 1e-9))


def row(vector: Floats) -> Vec3:
    """Three plain numbers, to a tenth of a millimetre."""
    x, y, z = (round(float(value), 4) for value in vector)
    return x, y, z


def bent(pitch: float, roll: float = 0.0, yaw: float = 0.0) -> Floats:
    """A turn: `pitch` bows toward the front, `roll` leans to the left, `yaw` looks to the left; radians."""
    return np.asarray(euler_matrix((pitch, roll, yaw)))


def facing(along: Floats, front: Floats) -> Floats:
    """Axes as columns (x, y, z): z against `along`, -y as near to `front` as that allows."""
    z = -unit(along)
    y = unit(-(front - z * float(front @ z)))
    return np.stack([np.cross(y, z), y, z], 1)
