"""Reads dots back from an answer: exact ones, soft and noisy ones, and some that a model let touch."""

import numpy as np
from jaxtyping import Bool, Float32, Float64, UInt8

from encode.check import check_rgb
from encode.lazy_import import import_lazily
from encode.pair import RADIUS, CodecParameter, ColorEntry, Decoding, PairMeta
from encode.pixel_shapes import disc
from encode.segmentation.flat_task import flat_decoding

__all__ = ["decode_dots", "dot_confidence", "dot_decoding"]

# Least share of the dots' colour in a pixel of a dot.
_LEAST_SHARE = 0.5

# Least area of a dot, as a share of the stated one; smaller spots are noise.
_LEAST_AREA = 0.25

# A spot with more than this of the area of a usual dot may be several that touch.
_MANY = 1.6

# Peaks of a spot's thickness that are so much of its greatest are dots of their own.
_LEAST_PEAK = 0.7


def dot_decoding(entries: tuple[ColorEntry, ...], background: tuple[int, int, int], radius: float) -> Decoding:
    """Return the decoding of dots: `entries`, the background, and the radius."""
    flat = flat_decoding(entries, background, (CodecParameter(RADIUS, float(radius)),))
    return Decoding("dots", flat.parameters, flat.colors)


def decode_dots(rgb: UInt8[np.ndarray, "h w 3"], meta: PairMeta) -> Float64[np.ndarray, "n 2"]:
    """Centres (x right, y down) of the dots, pixels with pixel centres at +0.5, row by row.

    Raises ArrayError unless `rgb` is UInt8 (h, w, 3), MetaError where `meta` does not say how large dots are
    or of which colour.
    """
    ndimage = import_lazily("scipy.ndimage")

    check_rgb(rgb, "points decoding")
    radius = meta.mark_size(RADIUS)
    spots = ndimage.label(_dot_share(rgb, meta) >= _LEAST_SHARE)[0]
    areas = np.bincount(spots.ravel())[1:]
    large = areas >= _LEAST_AREA * disc(radius).sum()
    if not large.any():
        return np.zeros((0, 2))
    usual = float(np.median(areas[large]))
    centers: list[tuple[float, float]] = []
    for number, window in enumerate(ndimage.find_objects(spots), start=1):
        if window is not None and large[number - 1]:
            spot = spots[window] == number
            several = areas[number - 1] > _MANY * usual or areas[number - 1] > 2 * _MANY * disc(radius).sum()
            found = _parts(spot, radius) if several else [np.argwhere(spot).mean(0)]
            centers += [(window[1].start + float(x) + 0.5, window[0].start + float(y) + 0.5) for y, x in found]
    return np.array(sorted(centers, key=lambda center: (center[1], center[0])), np.float64).reshape(-1, 2)


def dot_confidence(rgb: UInt8[np.ndarray, "h w 3"], meta: PairMeta) -> Float32[np.ndarray, "h w"]:
    """How clearly each pixel is of a dot or of the background: 1 on one of the colours, 0 half way between them."""
    check_rgb(rgb, "points decoding")
    colors = [np.array(color, np.float32) for color in (meta.asked.rgb, meta.background)]
    distances = [np.linalg.norm(rgb.astype(np.float32) - color, axis=-1) for color in colors]
    first, second = np.minimum(*distances), np.maximum(*distances)
    confidence: Float32[np.ndarray, "h w"] = 1 - first / np.maximum(second, np.float32(1e-6))
    return confidence


def _dot_share(rgb: UInt8[np.ndarray, "h w 3"], meta: PairMeta) -> Float32[np.ndarray, "h w"]:
    """Share of the dots' colour in each pixel, which is nearer to the background the less it has."""
    color, background = np.array(meta.asked.rgb, np.float32), np.array(meta.background, np.float32)
    to_color = np.linalg.norm(rgb.astype(np.float32) - color, axis=-1)
    to_background = np.linalg.norm(rgb.astype(np.float32) - background, axis=-1)
    share: Float32[np.ndarray, "h w"] = to_background / np.maximum(to_color + to_background, np.float32(1e-6))
    return share


def _parts(spot: Bool[np.ndarray, "h w"], radius: int) -> list[Float64[np.ndarray, " 2"]]:
    """Centres (row, column) of the dots that a spot consists of: where it is thickest, more than a radius apart."""
    ndimage = import_lazily("scipy.ndimage")

    thickness = ndimage.gaussian_filter(ndimage.distance_transform_edt(np.pad(spot, 1))[1:-1, 1:-1], 0.5)
    peaks = spot & (thickness == ndimage.maximum_filter(thickness, 2 * radius + 1))
    peaks &= thickness >= _LEAST_PEAK * thickness.max()
    labels, count = ndimage.label(peaks, np.ones((3, 3)))
    return [np.argwhere(labels == number).mean(0) for number in range(1, count + 1)]
