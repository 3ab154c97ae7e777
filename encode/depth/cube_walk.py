"""The walk along seven edges of the RGB cube: black, red, yellow, green, cyan, blue, magenta, white.

In 8 bits the walk has 7 * 255 = 1785 steps. Encoding is a table of its 1786 colours. Decoding is the projection on the
nearest of the seven edges: they are axis-parallel, so the squared distance to each is a sum of two squares and the
position along it is a channel itself.
"""

import numpy as np
from jaxtyping import Int32, Integer, UInt8

__all__ = ["STEPS", "VERTICES", "nearest_step", "walk_colors"]

#: Steps of the 8-bit walk; the levels are 0..STEPS.
STEPS = 7 * 255

VERTICES = ((0, 0, 0), (1, 0, 0), (1, 1, 0), (0, 1, 0), (0, 1, 1), (0, 0, 1), (1, 0, 1), (1, 1, 1))

# A level needs 11 bits (1786 < 2048); a squared distance, at most 2 * 255^2, needs 17 more: both fit an int32, and the
# minimum of (distance, level) pairs packed like this is the nearest edge, the earlier one where two are as near.
_LEVEL_BITS = 11

# Small enough that the dozen work arrays of a chunk stay in the L2 cache.
_CHUNK = 1 << 14


def walk_colors() -> UInt8[np.ndarray, "1786 3"]:
    """Colours of all levels of the walk."""
    corners = np.array(VERTICES, np.int64) * 255
    level = np.arange(STEPS + 1)
    edge = np.minimum(level // 255, 6)
    along = (level - 255 * edge)[:, None]
    colors: UInt8[np.ndarray, "1786 3"] = corners[edge] + (corners[edge + 1] - corners[edge]) // 255 * along
    return colors.astype(np.uint8)


def nearest_step(rgb: UInt8[np.ndarray, "n 3"]) -> Int32[np.ndarray, " n"]:
    """Level 0..STEPS of the point of the walk nearest to each colour (Euclidean; of two equals the nearer in depth)."""
    result = np.empty(len(rgb), np.int32)
    for start in range(0, len(rgb), _CHUNK):
        part = rgb[start : start + _CHUNK]
        result[start : start + _CHUNK] = _nearest_of_chunk(part[:, 0], part[:, 1], part[:, 2])
    return result


def _nearest_of_chunk(
    red: UInt8[np.ndarray, " n"], green: UInt8[np.ndarray, " n"], blue: UInt8[np.ndarray, " n"]
) -> Int32[np.ndarray, " n"]:
    r, g, b = red.astype(np.int32), green.astype(np.int32), blue.astype(np.int32)
    # x0: squared distance from channel value 0, x1: from 255, shifted above the level's bits.
    r0, r1 = _squares(r)
    g0, g1 = _squares(g)
    b0, b1 = _squares(b)
    best: Int32[np.ndarray, " n"] = g0 + b0
    best += r
    for first, second, base, sign, channel in (
        (r1, b0, 255, 1, g),
        (g1, b0, 765, -1, r),
        (r0, g1, 765, 1, b),
        (r0, b1, 1275, -1, g),
        (g0, b1, 1275, 1, r),
        (r1, b1, 1530, 1, g),
    ):
        key = first + second
        (np.add if sign > 0 else np.subtract)(key, channel, out=key)
        key += base
        np.minimum(best, key, out=best)
    best &= (1 << _LEVEL_BITS) - 1
    return best


def _squares(channel: Integer[np.ndarray, " n"]) -> tuple[Int32[np.ndarray, " n"], Int32[np.ndarray, " n"]]:
    near = channel * channel
    near <<= _LEVEL_BITS
    far = 255 - channel
    far *= far
    far <<= _LEVEL_BITS
    return near, far
