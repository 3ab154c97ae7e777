"""Normals in camera axes (x right, y up, z toward the viewer) as colours.

R = (1 - x)/2, G = (1 + y)/2, B = (1 + z)/2 (Vision Banana, third version): the red channel is flipped. Where there is
no surface the target is black, which decodes to a vector of length sqrt(3): not a normal. The paper writes
trunc((1 - x)/2, 0, 1) x 255: its `trunc` is a clamp to [0, 1], and cuts no decimals. It does not say how to round; here
channels are rounded to nearest.
"""

import numpy as np
from jaxtyping import Bool, Float, Float32, UInt8

from encode.channels import all_channels, any_channel, has_color
from encode.check import check_normals, check_rgb
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
    painted = _times(normal, _SIGNS * 127.5)
    painted += 127.5 + 0.5  # the cast below cuts, so half more makes it round to nearest
    np.clip(painted, 0, 255, out=painted)
    rgb: UInt8[np.ndarray, "h w 3"] = painted.astype(np.uint8)
    rgb[~any_channel(normal)] = NO_SURFACE
    return rgb


def decode_normals(
    rgb: UInt8[np.ndarray, "h w 3"], min_length: float = 0.5, max_length: float = 1.366
) -> Float32[np.ndarray, "h w 3"]:
    """Read unit normals in camera axes back, renormalised; 0 where the decoded length is out of range: no surface.

    Raises ArrayError unless `rgb` is UInt8 (h, w, 3).
    """
    check_rgb(rgb, "normals decoding")
    vector = _vectors(rgb)
    length = np.sqrt(np.einsum("hwc,hwc->hw", vector, vector))
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
    length = np.sqrt(np.einsum("hwc,hwc->hw", vector, vector))
    short = (length - min_length) / (1 - min_length)
    long = (max_length - length) / (max_length - 1)
    # Black is sqrt(3) long; from max_length on the confidence in "no surface" rises.
    none = (length - max_length) / (np.sqrt(np.float32(3)) - max_length)
    confidence = np.where(length < max_length, np.minimum(short, long), none)
    clipped: Float32[np.ndarray, "h w"] = np.clip(confidence, 0, 1).astype(np.float32)
    return clipped


def normals_agree(rgb: UInt8[np.ndarray, "h w 3"], normal: Float[np.ndarray, "h w 3"]) -> Bool[np.ndarray, "h w"]:
    """True where every component is within half an 8-bit step of `normal`, and black is exactly where there is none."""
    near = all_channels(np.abs(_vectors(rgb) - normal) <= _HALF_STEP)
    black = has_color(rgb, NO_SURFACE)
    surface = any_channel(normal)
    agreed: Bool[np.ndarray, "h w"] = np.where(surface, near & ~black, black)
    return agreed


def _vectors(rgb: UInt8[np.ndarray, "h w 3"]) -> Float32[np.ndarray, "h w 3"]:
    vectors: Float32[np.ndarray, "h w 3"] = rgb.astype(np.float32)
    vectors -= np.float32(127.5)
    return _times(vectors, _SIGNS / np.float32(127.5))


def _times(vectors: Float[np.ndarray, "h w 3"], factors: Float32[np.ndarray, " 3"]) -> Float[np.ndarray, "h w 3"]:
    """Each component times its factor, by whole rows: numpy takes four times as long over an axis of three."""
    height, width, _ = vectors.shape
    product: Float[np.ndarray, "h w 3"] = vectors.reshape(height, -1) * np.tile(factors, width)
    return product.reshape(vectors.shape)
