"""Base colour as sRGB (IEC 61966-2-1), the light and shade taken away; black where there is no surface.

The parameters are those of the transfer function, so that `meta.json` alone says how to come to linear reflectance.
"""

import numpy as np
from jaxtyping import Float32, Float64, UInt8

from encode.check import check_rgb
from encode.pair import RGB, CodecParameter

__all__ = ["NO_SURFACE", "SRGB_PARAMETERS", "decode_albedo", "linear_levels"]

#: Colour of pixels without a surface.
NO_SURFACE: RGB = (0, 0, 0)

SRGB_PARAMETERS = (
    CodecParameter("cut", 0.04045),
    CodecParameter("slope", 12.92),
    CodecParameter("offset", 0.055),
    CodecParameter("gamma", 2.4),
)


def linear_levels(
    cut: float = 0.04045, slope: float = 12.92, offset: float = 0.055, gamma: float = 2.4
) -> Float64[np.ndarray, " levels"]:
    """Linear value of each 8-bit level: s / slope up to `cut`, else ((s + offset) / (1 + offset)) ** gamma."""
    s = np.arange(256) / 255
    levels: Float64[np.ndarray, " levels"] = np.where(s <= cut, s / slope, ((s + offset) / (1 + offset)) ** gamma)
    return levels


def decode_albedo(
    rgb: UInt8[np.ndarray, "h w 3"],
    cut: float = 0.04045,
    slope: float = 12.92,
    offset: float = 0.055,
    gamma: float = 2.4,
) -> Float32[np.ndarray, "h w 3"]:
    """Linear reflectance in [0, 1]; 0 where there is no surface."""
    check_rgb(rgb, "albedo decoding")
    linear: Float32[np.ndarray, "h w 3"] = linear_levels(cut, slope, offset, gamma).astype(np.float32)[rgb]
    return linear
