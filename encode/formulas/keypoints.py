"""The keypoints of people: COCO's seventeen names, and the rule for which of them are seen."""

from enum import IntEnum

import numpy as np
from jaxtyping import Bool, Float, Float64, Int64, UInt32

__all__ = ["KEYPOINT_NAMES", "KeypointVisibility", "keypoint_visibility"]

#: In COCO's order; left is the person's own left.
KEYPOINT_NAMES = (
    "nose",
    "left_eye",
    "right_eye",
    "left_ear",
    "right_ear",
    "left_shoulder",
    "right_shoulder",
    "left_elbow",
    "right_elbow",
    "left_wrist",
    "right_wrist",
    "left_hip",
    "right_hip",
    "left_knee",
    "right_knee",
    "left_ankle",
    "right_ankle",
)


class KeypointVisibility(IntEnum):
    """Whether a keypoint is seen, in the numbers of COCO's `v`."""

    OUTSIDE = 0
    HIDDEN = 1
    VISIBLE = 2


def keypoint_visibility(
    pixels: Float64[np.ndarray, "n 2"],
    depth: Float64[np.ndarray, " n"],
    radius: Float64[np.ndarray, " n"],
    object_id: int,
    seen_depth: Float[np.ndarray, "h w"],
    instance: UInt32[np.ndarray, "h w"],
) -> Int64[np.ndarray, " n"]:
    """Visibility (`KeypointVisibility`) of keypoints of one object, by what the truth shows at their pixels.

    A keypoint at the pixel position (u, v) and the planar depth z, metres, inside a limb of `radius` metres, is

    - outside where z <= 0, or (u, v) is not in [0, w) x [0, h);
    - hidden where the surface at pixel (floor u, floor v) is in front of it: of the object itself and nearer than
      z - radius, or of another object and nearer than z;
    - visible elsewhere. So it is where that pixel's centre just misses a thin limb and shows what is behind.

    The margin is exact for a sphere of that radius round the keypoint: a ray through its centre meets it at most
    `radius` nearer. A limb that points to the camera hides its own far end.
    """
    height, width = seen_depth.shape
    inside = _inside(pixels, depth, width, height)
    # Positions outside are looked up at pixel (0, 0), whose answer is not used.
    column, row = np.where(inside[:, None], pixels, 0.0).astype(np.int64).T
    own = instance[row, column] == object_id
    nearest = np.where(own, depth - radius, depth)
    hidden = seen_depth[row, column].astype(np.float64) < nearest
    seen = np.where(hidden, KeypointVisibility.HIDDEN, KeypointVisibility.VISIBLE)
    return np.where(inside, seen, KeypointVisibility.OUTSIDE).astype(np.int64)


def _inside(
    pixels: Float64[np.ndarray, "n 2"], depth: Float64[np.ndarray, " n"], width: int, height: int
) -> Bool[np.ndarray, " n"]:
    in_front = depth > 0
    u, v = np.where(in_front[:, None], pixels, -1.0).T
    inside: Bool[np.ndarray, " n"] = in_front & (u >= 0) & (u < width) & (v >= 0) & (v < height)
    return inside
