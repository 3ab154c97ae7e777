"""Base colour as sRGB (IEC 61966-2-1), without light and shade; black where there is no surface.

The parameters are those of the transfer function, so that `meta.json` alone suffices to compute linear reflectance.
"""

import numpy as np
from jaxtyping import Float32, UInt8

from encode.check import check_rgb
from encode.formulas import srgb
from encode.pair import RGB, CodecParameter

__all__ = ["NO_SURFACE", "SRGB_PARAMETERS", "decode_albedo"]

#: Colour of pixels without a surface.
NO_SURFACE: RGB = (0, 0, 0)

SRGB_PARAMETERS = (
    CodecParameter("cut", srgb.CUT),
    CodecParameter("slope", srgb.SLOPE),
    CodecParameter("offset", srgb.OFFSET),
    CodecParameter("gamma", srgb.GAMMA),
)


def decode_albedo(
    rgb: UInt8[np.ndarray, "h w 3"],
    cut: float = srgb.CUT,
    slope: float = srgb.SLOPE,
    offset: float = srgb.OFFSET,
    gamma: float = srgb.GAMMA,
) -> Float32[np.ndarray, "h w 3"]:
    """Linear reflectance in [0, 1]; 0 where there is no surface."""
    check_rgb(rgb, "albedo decoding")
    levels = srgb.to_linear(np.arange(256) / 255, cut, slope, offset, gamma)
    linear: Float32[np.ndarray, "h w 3"] = levels.astype(np.float32)[rgb]
    return linear
