"""Shapes of pixels that tasks paint and read: discs and outlines; the box of a mask, and how deep its pixels lie."""

import numpy as np
from jaxtyping import Bool, Float64

from encode.formulas.boxes import PixelBox, box_2d
from encode.lazy_import import import_lazily

__all__ = ["box_of", "clearance", "disc", "most_interior", "outline"]


def disc(radius: int) -> Bool[np.ndarray, "d d"]:
    """Return the pixels within `radius` and a half of the centre of the middle pixel; d is 2 * radius + 1."""
    steps = np.arange(-radius, radius + 1)
    inside: Bool[np.ndarray, "d d"] = steps[:, None] ** 2 + steps**2 <= (radius + 0.5) ** 2
    return inside


def outline(shape: tuple[int, int], width: int) -> Bool[np.ndarray, "h w"]:
    """Return the pixels of a box of `shape` (height, width) that are nearer than `width` to its border."""
    mask = np.ones(shape, bool)
    mask[width : max(shape[0] - width, 0), width : max(shape[1] - width, 0)] = False
    return mask


def box_of(mask: Bool[np.ndarray, "h w"]) -> PixelBox:
    """Return the box of a mask; zeros for an empty one."""
    return box_2d(mask.any(1), mask.any(0))


def clearance(mask: Bool[np.ndarray, "h w"]) -> Float64[np.ndarray, "h w"]:
    """Return the distance of each pixel of a mask to the nearest one outside, in pixels; all beyond it is outside."""
    edt = import_lazily("scipy.ndimage").distance_transform_edt

    box = box_of(mask)
    window = slice(box.top, box.bottom), slice(box.left, box.right)
    distance = np.zeros(mask.shape)
    distance[window] = edt(np.pad(mask[window], 1))[1:-1, 1:-1]
    return distance


def most_interior(mask: Bool[np.ndarray, "h w"]) -> tuple[int, int]:
    """Return row and column of the pixel of a mask with the greatest `clearance`, the first of equals row by row."""
    row, column = divmod(int(clearance(mask).argmax()), mask.shape[1])
    return row, column
