"""Hairlines: how far down hair grows or hangs, by the angle round the head.

Heights are z of the neutral head, metres; angles in degrees, 0 in front and 90 on either side.
"""

import numpy as np

from scenes.hair.specs import HairPiece
from scenes.mesh import Floats

__all__ = ["HANGING", "end_heights", "hairline"]

HANGING = ("bob", "long")
# Over the forehead, round its corner to the temple, down the sideburn, round the ear, and down to the nape.
_SHORT = ((0, 74), (14, 75), (24, 77.5), (33, 77), (41, 69), (47, 57), (55, 46), (62, 37), (69, 27), (75, 14), (79, 0),
          (82, -15), (85, -21), (91, -21), (94, -13), (97, 14), (101, 26), (108, 28), (114, 23), (118, 6), (122, -16),
          (127, -36), (136, -50), (152, -56), (180, -57))  # fmt: skip
_TIED = ((0, 75), (14, 74.5), (26, 71), (36, 64), (46, 54), (56, 43), (67, 29), (76, 10), (80, -6), (84, -10), (90, -6),
         (95, 8), (98, 20), (103, 27), (110, 26), (115, 16), (119, -4), (124, -24), (132, -40), (150, -50),
         (180, -52))  # fmt: skip
_LOOSE = ((0, 75), (10, 73), (20, 67), (30, 58), (40, 47), (50, 36), (60, 24), (70, 9), (80, -6), (90, -14), (98, -16),
          (122, -24), (136, -45), (180, -52))  # fmt: skip
_CURLY = tuple((angle, max(z, -8) if angle < 100 else z) for angle, z in _SHORT)
_LINES = {"curly": _CURLY, "bun": _TIED, "ponytail": _TIED, "bob": _LOOSE, "long": _LOOSE}
_FACE = (47.0, 64.0)  # between which angles hanging hair falls beside the face
_FRINGE = 0.031  # z of its ends


def hairline(shape: HairPiece, angles: Floats) -> Floats:
    """Where hair ceases to grow, at angles [n] radians: heights [n], metres."""
    degrees = _folded(angles)
    line = np.array(_LINES.get(shape.style, _SHORT), np.float64)
    z = np.interp(degrees, line[:, 0], line[:, 1] / 1000)
    front = np.clip((60 - degrees) / 20, 0, 1)
    temple = np.exp(-(((degrees - 33) / 13) ** 2))
    return np.asarray(z + front * shape.line + shape.receding * (0.006 * front + 0.012 * temple))


def end_heights(shape: HairPiece, angles: Floats) -> Floats:
    """Where hair ends at angles [n] radians: at the hairline, or further down where it hangs; heights [n], metres."""
    z, degrees = hairline(shape, angles), _folded(angles)
    if shape.style not in HANGING:
        return z
    if shape.fringe:
        z = np.where(degrees < 50, np.minimum(z, _FRINGE + 0.006 * (degrees / 50) ** 2), z)
    share = np.clip((degrees - _FACE[0]) / (_FACE[1] - _FACE[0]), 0, 1)
    ends = shape.end + 0.012 * np.cos(np.radians(degrees))
    return np.asarray(z + (ends - z) * share * share * (3 - 2 * share))


def _folded(angles: Floats) -> Floats:
    turned = np.degrees(angles) % 360
    return np.asarray(np.minimum(turned, 360 - turned))
