"""Boxes of masks in pixels."""

import numpy as np
from jaxtyping import Bool

__all__ = ["box_2d"]


def box_2d(rows: Bool[np.ndarray, " h"], columns: Bool[np.ndarray, " w"]) -> tuple[int, int, int, int]:
    """Half-open box x0, y0, x1, y1 of a mask, by the rows and columns that it has pixels in; zeros for an empty one."""
    y, x = np.flatnonzero(rows), np.flatnonzero(columns)
    return (int(x[0]), int(y[0]), int(x[-1]) + 1, int(y[-1]) + 1) if len(y) else (0, 0, 0, 0)
