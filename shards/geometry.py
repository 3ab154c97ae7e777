"""Points of a frame in space, and boxes of masks."""

import numpy as np
from jaxtyping import Bool, Float64

from encode import Frame
from encode.formulas.projection import pixel_rays

__all__ = ["box_of", "rays"]


def rays(frame: Frame, stride: int) -> Float64[np.ndarray, "h w 3"]:
    """Directions through the centres of every `stride`-th pixel in camera axes, of unit depth."""
    height, width = frame.truth.shape
    return pixel_rays(frame.intrinsics, width, height, stride)


def box_of(rows: Bool[np.ndarray, " h"], columns: Bool[np.ndarray, " w"]) -> tuple[int, int, int, int]:
    """Half-open box x0, y0, x1, y1 of a mask, by the rows and columns that it has pixels in; zeros for an empty one."""
    y, x = np.flatnonzero(rows), np.flatnonzero(columns)
    return (int(x[0]), int(y[0]), int(x[-1]) + 1, int(y[-1]) + 1) if len(y) else (0, 0, 0, 0)
