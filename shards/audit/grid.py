"""The pixels of a frame that rules of geometry compare: every other one each way, since an error moves all of them."""

import numpy as np
from jaxtyping import Float64

from encode import Frame
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
    return frame.points(STRIDE)
