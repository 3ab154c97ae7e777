"""Specks of a painted answer: pieces of lines that are too small for an edge, of pixels between two colours."""

from collections.abc import Sequence

import numpy as np
from jaxtyping import Float32, Int32

from encode.edges.occlusion import LEAST_GROUP
from encode.lazy_import import import_lazily

__all__ = ["without_specks"]

# Confidence under which a pixel may be one of another colour that noise moved.
_UNCLEAR = 0.5

_EIGHT = np.ones((3, 3), bool)


def without_specks(
    index: Int32[np.ndarray, "h w"], confidence: Float32[np.ndarray, "h w"], lines: Sequence[int]
) -> Int32[np.ndarray, "h w"]:
    """Return a map of colours with the specks of `lines` given to the most frequent other colour of their 3 x 3 pixels.

    A speck is a piece (8-connected) of fewer than LEAST_GROUP pixels, all of them unclear: noise of a line's colour.
    Gaps of a pixel stay, since lines have such; and so does a small piece that is clearly painted.
    """
    ndimage = import_lazily("scipy.ndimage")

    specks = np.zeros(index.shape, bool)
    for line in lines:
        pieces, _ = ndimage.label(index == line, _EIGHT)
        sizes = np.bincount(pieces.ravel())
        clear = np.bincount(pieces[confidence >= _UNCLEAR], minlength=len(sizes))
        small = (sizes < LEAST_GROUP) & (clear == 0)
        small[0] = False
        specks |= small[pieces]
    if not specks.any():
        return index
    values = np.unique(index)
    around = [ndimage.uniform_filter(((index == value) & ~specks).astype(np.float32), 3) for value in values]
    cleaned: Int32[np.ndarray, "h w"] = np.where(specks, values[np.argmax(around, axis=0)], index)
    return cleaned
