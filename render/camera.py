"""Pose and intrinsics of a `scenes.scene.Camera`, as `encode.formulas.projection` takes them. numpy only."""

import numpy as np
from jaxtyping import Float64

from scenes.scene import Camera

__all__ = ["camera_to_world", "clip_end", "intrinsics"]

MARGIN = 1.01  # of the far plane over the distance of the farthest corner
#: Metres to the far plane at least. Its distance enters the rounding of every ray (1e-6 of depth, no more), so scenes
#: share one where they can.
LEAST_FAR = 10_000.0


def camera_to_world(camera: Camera) -> Float64[np.ndarray, "4 4"]:
    """The pose that looks from `location` at `target`, world up held upright, then rolled counter-clockwise."""
    location = np.asarray(camera.location, np.float64)
    back = location - np.asarray(camera.target, np.float64)
    back /= np.linalg.norm(back)
    # Straight down or up, "upright" has no meaning: north (y) takes its place.
    up = np.array([0.0, 0.0, 1.0]) if abs(back[2]) < 0.9999 else np.array([0.0, 1.0, 0.0])
    right = np.cross(up, back)
    right /= np.linalg.norm(right)
    upright = np.cross(back, right)
    cos, sin = np.cos(camera.roll), np.sin(camera.roll)
    pose = np.eye(4)
    pose[:3, 0] = cos * right + sin * upright
    pose[:3, 1] = cos * upright - sin * right
    pose[:3, 2] = back
    pose[:3, 3] = location
    return pose


def clip_end(corners: Float64[np.ndarray, "n 3"], camera: Camera) -> float:
    """The distance of the far plane, metres: beyond all that has its box's corners (world axes) among `corners`."""
    away = corners - np.asarray(camera.location, np.float64)
    return max(LEAST_FAR, MARGIN * float(np.linalg.norm(away, axis=1).max(initial=0.0)))


def intrinsics(camera: Camera, width: int, height: int) -> Float64[np.ndarray, "3 3"]:
    """K for square pixels; the sensor width lies along the longer side, as Blender's AUTO fit has it."""
    longer = max(width, height)
    focal = camera.focal_length / camera.sensor_width * longer
    cx = width / 2 - camera.shift[0] * longer
    cy = height / 2 + camera.shift[1] * longer
    return np.array([[focal, 0.0, cx], [0.0, focal, cy], [0.0, 0.0, 1.0]])
