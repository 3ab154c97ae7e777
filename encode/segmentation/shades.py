"""Finds the flat colours that an image is painted in, where no prompt lists them."""

import numpy as np
from jaxtyping import Bool, Float64, Int64, Integer, UInt8, UInt32

from encode.colors.legend import CROWD_RGB

__all__ = ["painted_colors"]

# What is within this radius (Euclidean, 0-255) of a colour is a shade of it: colours are at least that far apart.
_RADIUS = CROWD_RGB

# Bins of colour are 2**3 levels wide: narrower than a shade, and few enough to go through one by one.
_BIN_BITS = 3

# A pixel is inside an area if this many of the 25 around it have its colour: the middle of a line 3 px wide has 15.
_INSIDE = 15

# Least share of a colour's pixels inside areas, as in stage 4 of the instance decoder: rims and noise have less.
_LEAST_INSIDE = 0.1

# Images with more colours are not exact targets.
_MOST_COLORS = 128


def painted_colors(rgb: UInt8[np.ndarray, "h w 3"], least: float) -> Float64[np.ndarray, "k 3"]:
    """Colours (0-255) of the image's flat areas.

    Exactly its colours where they are few and CROWD_RGB apart, as those of every target are. Else the means of its
    shades, which leave out rims, specks, and what has fewer pixels than `least`.
    """
    exact = _distinct(rgb)
    return _shade_means(rgb, least) if exact is None else exact


def _distinct(rgb: UInt8[np.ndarray, "h w 3"]) -> Float64[np.ndarray, "k 3"] | None:
    """All colours of the image; None where they are many or too near each other."""
    packed = np.unique(_packed(rgb, 8))
    if len(packed) > _MOST_COLORS:
        return None
    colors = np.stack([packed >> 16, packed >> 8 & 255, packed & 255], -1).astype(np.float64)
    squared = ((colors[:, None] - colors[None]) ** 2).sum(-1)
    apart = (squared >= CROWD_RGB**2) | np.eye(len(colors), dtype=bool)
    return colors if apart.all() else None


def _shade_means(rgb: UInt8[np.ndarray, "h w 3"], least: float) -> Float64[np.ndarray, "k 3"]:
    bins = _packed(rgb >> _BIN_BITS, 8 - _BIN_BITS)
    labels = _shades(rgb, bins, least)[bins]
    inside = _inside(labels)
    areas = np.bincount(labels.ravel())
    inside_areas = np.bincount(labels[inside], minlength=len(areas))
    sums = _channel_sums(labels[inside], rgb[inside], len(areas))
    flat = (inside_areas >= _LEAST_INSIDE * areas) & (inside_areas > 0)
    flat[0] = False
    means: Float64[np.ndarray, "k 3"] = sums[flat] / inside_areas[flat, None]
    return means


def _shades(
    rgb: UInt8[np.ndarray, "h w 3"], bins: UInt32[np.ndarray, "h w"], least: float
) -> Integer[np.ndarray, " bins"]:
    """Shade 1.. of each bin, 0 for none: the fullest bin takes all within _RADIUS, then the fullest of the rest."""
    size = 1 << 3 * (8 - _BIN_BITS)
    counts = np.bincount(bins.ravel(), minlength=size).astype(np.float64)
    used = np.flatnonzero(counts)
    weights = counts[used]
    means = _channel_sums(bins.ravel(), rgb.reshape(-1, 3), size)[used] / weights[:, None]
    free = np.ones(len(used), bool)
    table = np.zeros(size, np.int32)
    shade = 0
    while free.any():
        near = _shade_round(means, weights, free)
        if weights[near].sum() < least:
            break
        shade += 1
        table[used[near]] = shade
        free &= ~near
    return table


def _shade_round(
    means: Float64[np.ndarray, "n 3"], weights: Float64[np.ndarray, " n"], free: Bool[np.ndarray, " n"]
) -> Bool[np.ndarray, " n"]:
    """Free bins within _RADIUS of the mean of those within _RADIUS of the fullest; that one always among them."""
    top = int(np.argmax(np.where(free, weights, 0)))
    near = free & (((means - means[top]) ** 2).sum(-1) < _RADIUS**2)
    center = np.average(means[near], axis=0, weights=weights[near])
    near = free & (((means - center) ** 2).sum(-1) < _RADIUS**2)
    near[top] = True
    return near


def _inside(labels: Integer[np.ndarray, "h w"]) -> Bool[np.ndarray, "h w"]:
    height, width = labels.shape
    padded = np.pad(labels, 2, mode="edge")
    same = np.zeros(labels.shape, np.uint8)
    for dy in range(5):
        for dx in range(5):
            same += padded[dy : dy + height, dx : dx + width] == labels
    inside: Bool[np.ndarray, "h w"] = same >= _INSIDE
    return inside


def _packed(rgb: UInt8[np.ndarray, "h w 3"], bits: int) -> UInt32[np.ndarray, "h w"]:
    channels = rgb.astype(np.uint32)
    return (channels[..., 0] << 2 * bits) | (channels[..., 1] << bits) | channels[..., 2]


def _channel_sums(
    bins_of_pixels: Integer[np.ndarray, " n"], rgb: Integer[np.ndarray, "n 3"], size: int
) -> Float64[np.ndarray, "{size} 3"] | Int64[np.ndarray, "{size} 3"]:
    return np.stack([np.bincount(bins_of_pixels, rgb[:, channel], size) for channel in range(3)], -1)
