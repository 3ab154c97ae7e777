"""A Bayer mosaic (RGGB), and the image that is made of it.

Demosaicing is the linear one of Malvar, He and Cutler, "High-quality linear interpolation for demosaicing of
Bayer-patterned color images" (2004): a colour is interpolated from its own sites, and corrected by the curvature of the
one that was measured. All filters are symmetric, so that nothing moves.
"""

import numpy as np
from jaxtyping import Float32

from encode.lazy_import import import_lazily

__all__ = ["demosaic", "mosaic"]

#: Green at a red or blue site.
_GREEN = np.array(
    [
        [0, 0, -1, 0, 0],
        [0, 0, 2, 0, 0],
        [-1, 2, 4, 2, -1],
        [0, 0, 2, 0, 0],
        [0, 0, -1, 0, 0],
    ],
    np.float32,
) / np.float32(8)
#: Red (blue) at a green site in a row with red (blue); in a column with it, transposed.
_ROW = np.array(
    [
        [0, 0, 0.5, 0, 0],
        [0, -1, 0, -1, 0],
        [-1, 4, 5, 4, -1],
        [0, -1, 0, -1, 0],
        [0, 0, 0.5, 0, 0],
    ],
    np.float32,
) / np.float32(8)
#: Red at a blue site, and the other way round.
_DIAGONAL = np.array(
    [
        [0, 0, -1.5, 0, 0],
        [0, 2, 0, 2, 0],
        [-1.5, 0, 6, 0, -1.5],
        [0, 2, 0, 2, 0],
        [0, 0, -1.5, 0, 0],
    ],
    np.float32,
) / np.float32(8)


def mosaic(image: Float32[np.ndarray, "h w 3"]) -> Float32[np.ndarray, "h w"]:
    """Of each pixel the one channel that a sensor measures there: red at even rows and columns, blue at odd ones."""
    raw = image[..., 1].copy()
    raw[::2, ::2] = image[::2, ::2, 0]
    raw[1::2, 1::2] = image[1::2, 1::2, 2]
    return raw


def demosaic(raw: Float32[np.ndarray, "h w"]) -> Float32[np.ndarray, "h w 3"]:
    """All channels of each pixel. `raw` is white-balanced, so that its channels are alike where there is no colour."""
    correlate = import_lazily("scipy.ndimage").correlate
    green, row, column, diagonal = (
        correlate(raw, kernel, mode="mirror") for kernel in (_GREEN, _ROW, _ROW.T.copy(), _DIAGONAL)
    )
    image = np.empty((*raw.shape, 3), np.float32)
    image[..., 1] = raw
    image[::2, ::2, 1] = green[::2, ::2]
    image[1::2, 1::2, 1] = green[1::2, 1::2]
    for channel, own in ((0, 0), (2, 1)):  # red's own sites are at even rows and columns, blue's at odd ones
        other = 1 - own
        image[own::2, own::2, channel] = raw[own::2, own::2]
        image[own::2, other::2, channel] = row[own::2, other::2]
        image[other::2, own::2, channel] = column[other::2, own::2]
        image[other::2, other::2, channel] = diagonal[other::2, other::2]
    return image
