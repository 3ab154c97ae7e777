"""Edges of 3D boxes projected into the image."""

import numpy as np
from jaxtyping import Float64

from encode import Box3D, Frame
from encode.formulas.lens import PINHOLE
from encode.formulas.projection import to_camera, to_pixels

__all__ = ["box_edges"]

#: Metres in front of the camera at which edges that reach behind it are cut off.
_NEAR = 0.01

#: Straight lines that an edge is drawn by where a lens bends it.
_LINES = 12


def box_edges(frame: Frame, box: Box3D) -> list[list[float]]:
    """Pixel positions [u0, v0, u1, v1] of the box's edges, their parts out of the camera's sight left out."""
    points = to_camera(box.edges(2 if frame.lens == PINHOLE else _LINES + 1), frame.camera_to_world)
    lines = (_cut(edge[i], edge[i + 1]) for edge in points for i in range(len(edge) - 1))
    projected = (_project(frame, line) for line in lines if line is not None)
    return [line for line in projected if not np.isnan(line).any()]


def _cut(one: Float64[np.ndarray, "3"], other: Float64[np.ndarray, "3"]) -> Float64[np.ndarray, "2 3"] | None:
    """The part of an edge, in camera axes, that is in front of the camera."""
    if one[2] > other[2]:
        one, other = other, one  # z points toward the viewer, so `one` becomes the farther end
    if one[2] > -_NEAR:
        return None
    if other[2] > -_NEAR:
        other = one + (other - one) * (-_NEAR - one[2]) / (other[2] - one[2])
    return np.stack([one, other])


def _project(frame: Frame, edge: Float64[np.ndarray, "2 3"]) -> list[float]:
    u, v, _ = to_pixels(edge, frame.intrinsics, frame.lens)
    return [round(float(value), 2) for value in (u[0], v[0], u[1], v[1])]
