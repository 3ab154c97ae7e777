"""Repair: which of a few flat colours each pixel of an answer has, decided with its neighbours.

Noise, soft edges, JPEG and resizing leave pixels between colours, and purple is between red and blue. Such pixels
get the dominant colour around them. An image that has exactly the colours is not changed.
"""

import numpy as np
from jaxtyping import Bool, Float32, Float64, Int32, UInt8

__all__ = ["nearest_colors", "repair_labels", "squared_distance"]

# Within this distance (Euclidean, 0-255) of an area's colour a pixel surely has it: JPEG 70 leaves flat areas nearer.
_SURE = 12.0

# A colour may be off by so many times as much as most others are: mid-tones change more than black and white.
_MID_TONES = 3.0

# Pixels handled at once, so that a table of pixels by colours stays in the cache.
_CHUNK = 1 << 14


def squared_distance(rgb: UInt8[np.ndarray, "h w 3"], color: Float64[np.ndarray, " 3"]) -> Float32[np.ndarray, "h w"]:
    """Squared Euclidean distance (0-255) of every pixel from one colour."""
    difference = rgb.astype(np.float32) - color.astype(np.float32)
    squared: Float32[np.ndarray, "h w"] = np.einsum("hwc,hwc->hw", difference, difference)
    return squared


def nearest_colors(
    rgb: UInt8[np.ndarray, "h w 3"], colors: Float64[np.ndarray, "k 3"]
) -> tuple[Int32[np.ndarray, "h w"], Float32[np.ndarray, "h w"]]:
    """Index of the colour nearest to each pixel (the first of equals), and its squared distance."""
    flat, palette = rgb.reshape(-1, 3), colors.astype(np.float32)
    index = np.empty(len(flat), np.int32)
    for start in range(0, len(flat), _CHUNK):
        part = flat[start : start + _CHUNK].astype(np.float32)
        # |x - c|^2 without |x|^2, which is the same for all colours.
        index[start : start + _CHUNK] = ((palette**2).sum(-1) - 2 * part @ palette.T).argmin(-1)
    shaped = index.reshape(rgb.shape[:2])
    return shaped, _squared_offset(rgb, colors, shaped)


def repair_labels(
    rgb: UInt8[np.ndarray, "h w 3"], index: Int32[np.ndarray, "h w"], colors: Float64[np.ndarray, "k 3"]
) -> Int32[np.ndarray, "h w"]:
    """`index` into `colors` with uncertain pixels given the dominant colour of the 5 x 5 pixels around them.

    A pixel is uncertain if it is in no 3 x 3 block of its index, and off both its colour and the mean colour of the
    blocks (a model's red is a little off). Where an index has no block, as a thin part has none, its colour may be off
    by as much as others are: by another tone curve or hue. The nearer a pixel is to its colour, the more its vote
    counts. With only two colours, a blend cannot be near a third one, and the nearest is kept.
    """
    if len(colors) <= 2:
        return index
    off = _squared_offset(rgb, colors, index)
    if not (off > _SURE**2).any():
        return index
    block = _blocks(index)
    means = _block_colors(rgb, index, block, colors)
    off = np.minimum(off, _squared_offset(rgb, means, index))
    unsure = (off > _sure_distances(rgb[block], index[block], means, colors)[index] ** 2) & ~_grown(block)
    return _voted(index, unsure, 1 / (np.float32(_SURE**2) + off), len(colors))


def _sure_distances(
    block_rgb: UInt8[np.ndarray, "n 3"],
    block_index: Int32[np.ndarray, " n"],
    means: Float64[np.ndarray, "k 3"],
    colors: Float64[np.ndarray, "k 3"],
) -> Float32[np.ndarray, " k"]:
    """How far from its colour a pixel of each index is still sure: farther if it has no blocks, and others are far off.

    What moves the mean colours of the others' blocks by more than their noise is another tone curve or hue; noise that
    is cut at black and at white moves them too.
    """
    if not len(block_index):
        return np.full(len(colors), _SURE, np.float32)
    has_block = np.bincount(block_index, minlength=len(colors)) > 0
    shift = np.median(np.linalg.norm(means - colors, axis=-1)[has_block])
    noise = np.median(np.linalg.norm(block_rgb - means[block_index], axis=-1))
    return np.where(has_block, _SURE, max(_SURE, _MID_TONES * (shift - noise))).astype(np.float32)


def _voted(
    index: Int32[np.ndarray, "h w"],
    unsure: Bool[np.ndarray, "h w"],
    weight: Float32[np.ndarray, "h w"],
    count: int,
) -> Int32[np.ndarray, "h w"]:
    """`index` with the unsure pixels given to the colour of the most weight in the 5 x 5 pixels around them."""
    near_index, near_weight = (np.pad(values, 2, mode="edge") for values in (index, weight))
    result = index.copy()
    rows, columns = np.nonzero(unsure)
    for start in range(0, len(rows), _CHUNK):
        y, x = rows[start : start + _CHUNK], columns[start : start + _CHUNK]
        votes = np.zeros((len(y), count), np.float32)
        voter = np.arange(len(y))
        for dy in range(5):
            for dx in range(5):
                votes[voter, near_index[y + dy, x + dx]] += near_weight[y + dy, x + dx]
        result[y, x] = votes.argmax(-1)
    return result


def _blocks(index: Int32[np.ndarray, "h w"]) -> Bool[np.ndarray, "h w"]:
    """Pixels whose 3 x 3 neighbours all have their index; outside the image counts as the same."""
    padded = np.pad(index, 1, mode="edge")
    height, width = index.shape
    same = np.ones(index.shape, bool)
    for dy in range(3):
        for dx in range(3):
            same &= padded[dy : dy + height, dx : dx + width] == index
    return same


def _grown(mask: Bool[np.ndarray, "h w"]) -> Bool[np.ndarray, "h w"]:
    """The mask and all its 3 x 3 neighbours."""
    padded = np.pad(mask, 1)
    height, width = mask.shape
    grown = np.zeros(mask.shape, bool)
    for dy in range(3):
        for dx in range(3):
            grown |= padded[dy : dy + height, dx : dx + width]
    return grown


def _block_colors(
    rgb: UInt8[np.ndarray, "h w 3"],
    index: Int32[np.ndarray, "h w"],
    block: Bool[np.ndarray, "h w"],
    colors: Float64[np.ndarray, "k 3"],
) -> Float64[np.ndarray, "k 3"]:
    """Mean colour of each index's blocks; its own colour where it has none."""
    block_index, block_rgb = index[block], rgb[block]
    counts = np.bincount(block_index, minlength=len(colors))[:, None]
    sums = np.stack([np.bincount(block_index, block_rgb[:, channel], len(colors)) for channel in range(3)], -1)
    means: Float64[np.ndarray, "k 3"] = np.where(counts > 0, sums / np.maximum(counts, 1), colors)
    return means


def _squared_offset(
    rgb: UInt8[np.ndarray, "h w 3"], colors: Float64[np.ndarray, "k 3"], index: Int32[np.ndarray, "h w"]
) -> Float32[np.ndarray, "h w"]:
    difference = rgb.astype(np.float32) - colors.astype(np.float32)[index]
    squared: Float32[np.ndarray, "h w"] = np.einsum("hwc,hwc->hw", difference, difference)
    return squared
