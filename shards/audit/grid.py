"""The pixels of a frame that rules of geometry compare: every other one each way, since an error moves all of them."""

import numpy as np
from jaxtyping import Float64

from encode import Frame
from encode.formulas.projection import to_world
from encode.frame_cache import cached_per_frame

__all__ = ["STRIDE", "grid_points", "grid_rays"]

STRIDE = 2


@cached_per_frame
def grid_rays(frame: Frame) -> Float64[np.ndarray, "h w 3"]:
    """`Frame.rays` of these pixels."""
    return frame.rays(STRIDE)


@cached_per_frame
def grid_points(frame: Frame) -> Float64[np.ndarray, "n 3"]:
    """`Frame.points` of these pixels."""
    depth = frame.truth.depth[::STRIDE, ::STRIDE]
    surface = np.isfinite(depth)
    return to_world(grid_rays(frame)[surface] * depth[surface][:, None].astype(np.float64), frame.camera_to_world)
