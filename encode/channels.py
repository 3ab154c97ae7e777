"""Tests of the three channels of each pixel.

numpy's any and all over an axis of three take 25 times as long as two operations on whole channels.
"""

from collections.abc import Sequence

import numpy as np
from jaxtyping import Bool, Shaped, UInt8

__all__ = ["all_channels", "any_channel", "has_color"]


def any_channel(values: Shaped[np.ndarray, "*n 3"]) -> Bool[np.ndarray, "*n"]:
    """True where any of three is not 0: `values.any(-1)`."""
    first, second, third = (values[..., channel] != 0 for channel in range(3))
    return np.asarray(first | second | third)


def all_channels(values: Bool[np.ndarray, "*n 3"]) -> Bool[np.ndarray, "*n"]:
    """True where all three are: `values.all(-1)`."""
    return np.asarray(values[..., 0] & values[..., 1] & values[..., 2])


def has_color(rgb: UInt8[np.ndarray, "*n 3"], color: Sequence[int]) -> Bool[np.ndarray, "*n"]:
    """True where a pixel has exactly this colour."""
    first, second, third = (rgb[..., channel] == color[channel] for channel in range(3))
    return np.asarray(first & second & third)
