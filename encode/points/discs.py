"""Dots read by the pixels of an exact target alone, for the audit: whole discs, and the pixels of none."""

import numpy as np
from jaxtyping import Bool

from encode.lazy_import import import_lazily
from encode.points.dots import Pixel

__all__ = ["read_discs"]

# More pieces than this are not read one by one: they are no dots of ours, and a stranger's image may hold millions.
_MOST_PIECES = 1024


def read_discs(mask: Bool[np.ndarray, "h w"], radius: float) -> tuple[list[Pixel], Bool[np.ndarray, "h w"]]:
    """Return the middles of the discs that a mask consists of, row by row, and its pixels that are of no disc.

    A disc has the pixels of the image within `radius` and a half of its middle, which is in the image, and touches
    nothing else of the mask, not at a corner either. Where the image's border cuts it, its whole sides tell its middle.
    """
    ndimage = import_lazily("scipy.ndimage")

    labels, count = ndimage.label(mask, np.ones((3, 3)))
    stray = mask.copy()
    if count > _MOST_PIECES:
        return [], stray
    middles = []
    for label, window in enumerate(ndimage.find_objects(labels), start=1):
        piece = labels[window] == label
        y, x = (_middle(side, length, radius) for side, length in zip(window, mask.shape, strict=True))
        down, right = np.ogrid[_reached(y, mask.shape[0], radius), _reached(x, mask.shape[1], radius)]
        if np.array_equal(piece, (down - y) ** 2 + (right - x) ** 2 <= (radius + 0.5) ** 2):
            middles.append(Pixel(x, y))
            stray[window] &= ~piece
    return sorted(middles, key=lambda middle: (middle.y, middle.x)), stray


def _middle(side: slice, length: int, radius: float) -> int:
    """The middle of a disc along one axis of the image, from an end of it that the border does not cut."""
    reach = int(radius + 0.5)
    middle = int(side.stop) - 1 - reach if side.start == 0 else int(side.start) + reach
    return min(max(middle, 0), length - 1)


def _reached(middle: int, length: int, radius: float) -> slice:
    """The pixels along one axis of the image that a disc reaches."""
    reach = int(radius + 0.5)
    return slice(max(middle - reach, 0), min(middle + reach + 1, length))
