"""Which pixels of an answer belong to a line of which prompted colour, on black or over a dimmed image."""

import numpy as np
from jaxtyping import Float32, Float64, Int32, UInt8

from encode.boxes.outlines import DIMMED_MOST, OVER_IMAGE
from encode.lazy_import import import_lazily

__all__ = ["label_lines", "line_confidence"]

# A pixel is on a line if so much of it is the line's colour, and at least half as much as on the strongest pixel near:
# blur takes half of a thin line's colour.
_LEAST_SHARE = 0.3
_LEAST_OF_STRONGEST = 0.5

# Shares of a line's colour in a mixture that are tried, and how much a mixture costs beside a wrong hue.
_SHARES = (1.0, 0.85, 0.7, 0.55, 0.4, 0.3)
_COST_OF_MIXTURE = 0.25


def label_lines(
    rgb: UInt8[np.ndarray, "h w 3"], colors: Float64[np.ndarray, "k 3"], codec: str, line_width: int
) -> tuple[Int32[np.ndarray, "h w"], Float32[np.ndarray, "h w"]]:
    """Index of the colour whose line each pixel is on, -1 for none; and the share of a line's colour in it, 0 to 1."""
    ndimage = import_lazily("scipy.ndimage")

    ground = _ground_distance(rgb, codec)
    index = np.full(rgb.shape[:2], -1, np.int32)
    share = np.zeros(rgb.shape[:2], np.float32)
    if not len(colors):
        return index, share
    rows, columns = np.nonzero(ground > 0)
    pixels = rgb[rows, columns].astype(np.float32)
    nearest, least = np.zeros(len(pixels), np.int32), np.full(len(pixels), np.inf, np.float32)
    for number, color in enumerate(colors):
        cost = _cost(pixels, color.astype(np.float32), codec)
        nearest[cost < least] = number
        np.minimum(least, cost, out=least)
    off = np.linalg.norm(pixels - colors.astype(np.float32)[nearest], axis=-1)
    own = ground[rows, columns]
    share[rows, columns] = own / (own + off)
    strongest = ndimage.maximum_filter(share, 2 * line_width + 1)
    on_line = share >= np.maximum(np.float32(_LEAST_SHARE), np.float32(_LEAST_OF_STRONGEST) * strongest)
    index[rows, columns] = nearest
    index[~on_line] = -1
    return index, share


def line_confidence(
    rgb: UInt8[np.ndarray, "h w 3"], colors: Float64[np.ndarray, "k 3"], codec: str
) -> Float32[np.ndarray, "h w"]:
    """How clearly each pixel is of a line or of none: 1 - d1/d2 of the two nearest of all colours and the ground."""
    first = _ground_distance(rgb, codec)
    second = np.full_like(first, np.inf)
    for color in colors.astype(np.float32):
        distance = np.linalg.norm(rgb.astype(np.float32) - color, axis=-1)
        np.minimum(second, np.maximum(first, distance), out=second)
        np.minimum(first, distance, out=first)
    confidence: Float32[np.ndarray, "h w"] = 1 - first / np.maximum(second, np.float32(1e-6))
    return confidence


def _ground_distance(rgb: UInt8[np.ndarray, "h w 3"], codec: str) -> Float32[np.ndarray, "h w"]:
    """Distance (Euclidean, 0-255) of each pixel from black, or from the nearest colour that a dimmed image can have."""
    most = DIMMED_MOST if codec == OVER_IMAGE else 0
    over = np.maximum(rgb, most).astype(np.float32) - np.float32(most)
    distance: Float32[np.ndarray, "h w"] = np.sqrt(np.einsum("hwc,hwc->hw", over, over))
    return distance


def _cost(
    pixels: Float32[np.ndarray, "n 3"], color: Float32[np.ndarray, " 3"], codec: str
) -> Float32[np.ndarray, " n"]:
    """Distance of each pixel from the nearest mixture of the colour with the ground, and a part of that from itself."""
    most = np.float32(DIMMED_MOST if codec == OVER_IMAGE else 0)
    best = np.full(len(pixels), np.inf, np.float32)
    for share in _SHARES:
        rest = pixels - np.float32(share) * color
        rest -= np.clip(rest, 0, np.float32(1 - share) * most)
        np.minimum(best, np.linalg.norm(rest, axis=-1), out=best)
    cost: Float32[np.ndarray, " n"] = best + np.float32(_COST_OF_MIXTURE) * np.linalg.norm(pixels - color, axis=-1)
    return cost
