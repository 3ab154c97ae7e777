"""Boxes of masks in pixels."""

from typing import NamedTuple

import numpy as np
from jaxtyping import Bool

__all__ = ["PixelBox", "box_2d"]


class PixelBox(NamedTuple):
    """A half-open box of pixels: columns from `left` to `right` - 1, rows from `top` to `bottom` - 1."""

    left: int
    top: int
    right: int
    bottom: int

    @property
    def area(self) -> int:
        """How many pixels it holds."""
        return (self.right - self.left) * (self.bottom - self.top)

    def joined(self, other: "PixelBox") -> "PixelBox":
        """The smallest box that holds both."""
        return PixelBox(
            min(self.left, other.left),
            min(self.top, other.top),
            max(self.right, other.right),
            max(self.bottom, other.bottom),
        )


def box_2d(rows: Bool[np.ndarray, " h"], columns: Bool[np.ndarray, " w"]) -> PixelBox:
    """The box of a mask, by the rows and columns that it has pixels in; zeros for an empty one."""
    y, x = np.flatnonzero(rows), np.flatnonzero(columns)
    if not len(y):
        return PixelBox(0, 0, 0, 0)
    return PixelBox(int(x[0]), int(y[0]), int(x[-1]) + 1, int(y[-1]) + 1)
