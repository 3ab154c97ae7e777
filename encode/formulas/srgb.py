"""The transfer function of sRGB (IEC 61966-2-1), between encoded and linear values in 0..1."""

import numpy as np
import numpy.typing as npt
from jaxtyping import Float64

__all__ = ["CUT", "GAMMA", "LUMINANCE", "OFFSET", "SLOPE", "from_linear", "to_linear"]

#: What linear red, green and blue add to the luminance (Rec. ITU-R BT.709, whose primaries sRGB has).
LUMINANCE = (0.2126, 0.7152, 0.0722)

#: An encoded value s is s / SLOPE in linear light up to CUT, beyond it ((s + OFFSET) / (1 + OFFSET)) ** GAMMA.
CUT, SLOPE, OFFSET, GAMMA = 0.04045, 12.92, 0.055, 2.4
#: The linear value up to which `from_linear` is a straight line.
LINEAR_CUT = 0.0031308


def to_linear(
    encoded: npt.ArrayLike, cut: float = CUT, slope: float = SLOPE, offset: float = OFFSET, gamma: float = GAMMA
) -> Float64[np.ndarray, "*n"]:
    """Linear values of encoded ones. The parameters are the curve's, for decoders that read them from `meta.json`."""
    s = np.asarray(encoded, np.float64)
    return np.where(s <= cut, s / slope, ((s + offset) / (1 + offset)) ** gamma)


def from_linear(linear: npt.ArrayLike) -> Float64[np.ndarray, "*n"]:
    """Encoded values of linear ones; those outside 0..1 continue the curve."""
    value = np.asarray(linear, np.float64)
    curve = (1 + OFFSET) * np.maximum(value, LINEAR_CUT) ** (1 / GAMMA) - OFFSET
    return np.where(value <= LINEAR_CUT, SLOPE * value, curve)
