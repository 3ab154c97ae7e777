"""Points of a frame in space, and boxes of masks."""

import numpy as np
from jaxtyping import Bool, Float64

from encode import Box3D, Frame

__all__ = ["box_corners", "box_of", "project", "rays"]


def rays(frame: Frame, stride: int) -> Float64[np.ndarray, "h w 3"]:
    """Directions through the centres of every `stride`-th pixel in camera axes, of unit depth."""
    height, width = frame.truth.shape
    k = frame.intrinsics
    y, x = np.arange(0, height, stride) + 0.5, np.arange(0, width, stride) + 0.5
    directions = np.empty((len(y), len(x), 3))
    directions[..., 0] = (x - k[0, 2]) / k[0, 0]
    directions[..., 1] = ((k[1, 2] - y) / k[1, 1])[:, None]
    directions[..., 2] = -1
    return directions


def project(frame: Frame, points: Float64[np.ndarray, "n 3"]) -> Float64[np.ndarray, "n 3"]:
    """Pixel position (u, v) and planar depth of world points; one at or below depth 0 lies behind the camera."""
    pose, k = frame.camera_to_world, frame.intrinsics
    local = (points - pose[:3, 3]) @ pose[:3, :3]
    depth = -local[:, 2]
    with np.errstate(divide="ignore", invalid="ignore"):
        u = k[0, 0] * local[:, 0] / depth + k[0, 2]
        v = k[1, 2] - k[1, 1] * local[:, 1] / depth
    return np.stack([u, v, depth], axis=-1)


def box_corners(box: Box3D) -> Float64[np.ndarray, "8 3"]:
    """The corners of a box in world axes."""
    signs = np.array(np.meshgrid([-0.5, 0.5], [-0.5, 0.5], [-0.5, 0.5])).reshape(3, -1).T
    corners: Float64[np.ndarray, "8 3"] = (signs * box.extent) @ np.array(box.rotation).T + box.center
    return corners


def box_of(rows: Bool[np.ndarray, " h"], columns: Bool[np.ndarray, " w"]) -> tuple[int, int, int, int]:
    """Half-open box x0, y0, x1, y1 of a mask, by the rows and columns that it has pixels in; zeros for an empty one."""
    y, x = np.flatnonzero(rows), np.flatnonzero(columns)
    return (int(x[0]), int(y[0]), int(x[-1]) + 1, int(y[-1]) + 1) if len(y) else (0, 0, 0, 0)
