"""Normals in camera axes (x right, y up, z toward the viewer) as colours.

R = (1 - x)/2, G = (1 + y)/2, B = (1 + z)/2 (Vision Banana, third version): the red channel is flipped. Where there is
no surface the target is black, which decodes to a vector of length sqrt(3): not a normal. The paper writes
trunc((1 - x)/2, 0, 1) x 255: its `trunc` is a clamp to [0, 1], and cuts no decimals. It does not say how to round; here
channels are rounded to nearest.
"""

import numpy as np
from jaxtyping import Bool, Float, Float32, UInt8

from encode.check import check_normals, check_rgb
from encode.formulas.channels import any_channel, dots, has_color
from encode.pair import RGB, CodecParameter

__all__ = ["NORMAL_PARAMETERS", "NO_SURFACE", "decode_normals", "encode_normals", "normals_agree", "normals_confidence"]

#: Colour of pixels without a surface.
NO_SURFACE: RGB = (0, 0, 0)

#: Decoded vectors outside this range of lengths are "none". 1.366 is half way from a unit vector to black; under 0.5
#: (near mid grey) the direction is mostly noise.
NORMAL_PARAMETERS = (CodecParameter("min_length", 0.5), CodecParameter("max_length", 1.366))

_SIGNS = np.array([-1.0, 1.0, 1.0], np.float32)

# Half of an 8-bit step of a component (2/255), and the float32 rounding of the truth.
_HALF_STEP = 1 / 255 + 1e-6


def encode_normals(normal: Float[np.ndarray, "h w 3"]) -> UInt8[np.ndarray, "h w 3"]:
    """Paint unit normals in camera axes, rounded to nearest, and black for 0; raises ArrayError for anything else."""
    check_normals(normal, "normals encoding")
    surface = any_channel(normal)
    rgb: UInt8[np.ndarray, "h w 3"] = np.empty(normal.shape, np.uint8)
    for channel, sign in enumerate(_SIGNS):
        painted = normal[..., channel] * (sign * np.float32(127.5))
        painted += 127.5 + 0.5  # the cast below cuts, so half more makes it round to nearest
        np.clip(painted, 0, 255, out=painted)
        painted *= surface  # NO_SURFACE is black
        np.copyto(rgb[..., channel], painted, casting="unsafe")
    return rgb


def decode_normals(
    rgb: UInt8[np.ndarray, "h w 3"], min_length: float = 0.5, max_length: float = 1.366
) -> Float32[np.ndarray, "h w 3"]:
    """Read unit normals in camera axes back, renormalised; 0 where the decoded length is out of range: no surface.

    Raises ArrayError unless `rgb` is UInt8 (h, w, 3).
    """
    check_rgb(rgb, "normals decoding")
    vector = _vectors(rgb)
    length = np.sqrt(dots(vector, vector))
    valid = (length > min_length) & (length < max_length)
    vector /= np.where(valid, length, np.float32(1))[..., None]
    vector[~valid] = 0
    return vector


def normals_confidence(
    rgb: UInt8[np.ndarray, "h w 3"], min_length: float = 0.5, max_length: float = 1.366
) -> Float32[np.ndarray, "h w"]:
    """1 for vectors of unit length and for black, falling to 0 at the lengths where `decode_normals` switches.

    A blend of two normals is shorter than either, so the length shows edges.
    """
    check_rgb(rgb, "normals decoding")
    vector = _vectors(rgb)
    length = np.sqrt(dots(vector, vector))
    short = (length - min_length) / (1 - min_length)
    long = (max_length - length) / (max_length - 1)
    # Black is sqrt(3) long; from max_length on the confidence in "no surface" rises.
    none = (length - max_length) / (np.sqrt(np.float32(3)) - max_length)
    confidence = np.where(length < max_length, np.minimum(short, long), none)
    clipped: Float32[np.ndarray, "h w"] = np.clip(confidence, 0, 1).astype(np.float32)
    return clipped


def normals_agree(rgb: UInt8[np.ndarray, "h w 3"], normal: Float[np.ndarray, "h w 3"]) -> Bool[np.ndarray, "h w"]:
    """True where every component is within half an 8-bit step of `normal`, and black is exactly where there is none."""
    near = np.ones(rgb.shape[:2], bool)
    for channel in range(3):
        near &= np.abs(_components(rgb, channel) - normal[..., channel]) <= _HALF_STEP
    black = has_color(rgb, NO_SURFACE)
    agreed: Bool[np.ndarray, "h w"] = np.where(any_channel(normal), near & ~black, black)
    return agreed


def _vectors(rgb: UInt8[np.ndarray, "h w 3"]) -> Float32[np.ndarray, "h w 3"]:
    return np.moveaxis(np.stack([_components(rgb, channel) for channel in range(3)]), 0, -1)


def _components(rgb: UInt8[np.ndarray, "h w 3"], channel: int) -> Float32[np.ndarray, "h w"]:
    """The x, y or z that a channel of the colours shows: whole channels are many times as fast as an axis of three."""
    components: Float32[np.ndarray, "h w"] = rgb[..., channel].astype(np.float32)
    components -= np.float32(127.5)
    components *= _SIGNS[channel] / np.float32(127.5)
    return components
