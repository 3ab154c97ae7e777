"""Stages 1 and 2 of the instance decoder: the background, and flood fill by the seed's colour."""

import numpy as np
from jaxtyping import Bool, Float32, Int32, UInt8

from encode.lazy_import import import_lazily
from encode.pair import RGB

__all__ = ["background_mask", "flood_labels"]

# Side of the first window round a seed; most regions of a soft edge are smaller.
_FIRST_WINDOW = 8


def background_mask(rgb: UInt8[np.ndarray, "h w 3"], background: RGB, tolerance: float) -> Bool[np.ndarray, "h w"]:
    """Pixels nearer than `tolerance` (Euclidean, 0-255) to the background colour."""
    return _near(rgb.astype(np.float32), np.array(background, np.float32), tolerance)


def flood_labels(
    rgb: UInt8[np.ndarray, "h w 3"], free: Bool[np.ndarray, "h w"], tolerance: float
) -> Int32[np.ndarray, "h w"]:
    """Label 1.. of the regions of `free`, 0 elsewhere.

    Seeds are taken in raster order. A region is what is connected to its seed (4 neighbours) through pixels that no
    earlier region has and that are nearer than `tolerance` to the *seed's* colour, so that a gradient cannot leak from
    one instance to the next.
    """
    image = rgb.astype(np.float32)
    labels = np.zeros(free.shape, np.int32)
    unlabelled = free.copy()
    flat_unlabelled = unlabelled.reshape(-1)
    width = free.shape[1]
    count = 0
    for pixel in np.flatnonzero(free):
        if not flat_unlabelled[pixel]:
            continue
        count += 1
        window, region = _region(image, unlabelled, divmod(int(pixel), width), tolerance)
        labels[window][region] = count
        unlabelled[window][region] = False
    return labels


def _region(
    image: Float32[np.ndarray, "h w 3"], unlabelled: Bool[np.ndarray, "h w"], seed: tuple[int, int], tolerance: float
) -> tuple[tuple[slice, slice], Bool[np.ndarray, "a b"]]:
    """Window and mask of the seed's region: a window grows until the region no longer touches its inner border."""
    ndimage = import_lazily("scipy.ndimage")

    reach = _FIRST_WINDOW
    height, width = unlabelled.shape
    while True:
        # No pixel above the seed's row is left: seeds are taken in raster order. Columns may lie on both sides.
        top, bottom = seed[0], min(height, seed[0] + reach)
        first, last = max(0, seed[1] - reach), min(width, seed[1] + reach)
        window = (slice(top, bottom), slice(first, last))
        close = unlabelled[window] & _near(image[window], image[seed], tolerance)
        components = ndimage.label(close)[0]
        region: Bool[np.ndarray, "a b"] = components == components[0, seed[1] - first]
        open_sides = (
            (bottom < height and region[-1].any())
            or (first > 0 and region[:, 0].any())
            or (last < width and region[:, -1].any())
        )
        if not open_sides:
            return window, region
        reach *= 2


def _near(
    image: Float32[np.ndarray, "h w 3"], color: Float32[np.ndarray, " 3"], tolerance: float
) -> Bool[np.ndarray, "h w"]:
    difference = image - color
    near: Bool[np.ndarray, "h w"] = np.einsum("hwc,hwc->hw", difference, difference) < tolerance**2
    return near
