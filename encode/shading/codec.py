"""Diffuse shading in steps of brightness, relative to the image's own median; black where nothing is diffuse.

A camera's exposure hides how strong light is, so only ratios can be asked for. Equal ratios are equal steps, as eyes
judge light: a channel that is twice as bright is `LEVELS` levels lighter, the median is `MIDDLE`.
"""

import numpy as np
from jaxtyping import Bool, Float, Float32, UInt8

from encode.check import check_rgb
from encode.errors import MetaError
from encode.formulas.srgb import LUMINANCE
from encode.pair import RGB, CodecParameter

__all__ = [
    "NO_SHADING",
    "SHADING_PARAMETERS",
    "decode_shading",
    "encode_shading",
    "relative_shading",
    "shading_agrees",
]

#: Colour of pixels where nothing is diffuse.
NO_SHADING: RGB = (0, 0, 0)

#: Levels (of 255) a stop, and the level of the median.
LEVELS, MIDDLE = 25.0, 128.0

# Half a level, and the rounding of 32-bit ratios, in levels.
_HALF_LEVEL = 0.5 + 1e-3

SHADING_PARAMETERS = (CodecParameter("levels_per_stop", LEVELS), CodecParameter("middle", MIDDLE))


def relative_shading(shading: Float[np.ndarray, "h w 3"]) -> Float32[np.ndarray, "h w 3"]:
    """Return shading over the median of its luminance where something is diffuse; 0 where nothing is."""
    light = np.maximum(shading.astype(np.float32), 0)
    known = light.any(axis=-1)
    median = float(np.median(light[known] @ np.array(LUMINANCE, np.float32))) if known.any() else 0.0
    return light / np.float32(median) if median > 0 else np.zeros_like(light)


def encode_shading(shading: Float[np.ndarray, "h w 3"]) -> UInt8[np.ndarray, "h w 3"]:
    """Paint linear shading; ratios beyond five stops of the median are clamped. Black where it is 0 in all channels."""
    relative = relative_shading(shading)
    with np.errstate(divide="ignore"):
        levels = np.clip(np.rint(MIDDLE + LEVELS * np.log2(relative)), 1, 255)
    painted: UInt8[np.ndarray, "h w 3"] = np.where(relative.any(axis=-1)[..., None], levels, 0).astype(np.uint8)
    return painted


def decode_shading(
    rgb: UInt8[np.ndarray, "h w 3"], levels: float = LEVELS, middle: float = MIDDLE
) -> Float32[np.ndarray, "h w 3"]:
    """Return shading relative to the median's, linear; 0 in black pixels.

    Raises ArrayError, and MetaError for levels that are none.
    """
    check_rgb(rgb, "shading decoding")
    if not 1 <= levels <= 255 or not 0 <= middle <= 255:
        raise MetaError(
            "codec parameters of shading", "levels_per_stop from 1 to 255, middle from 0 to 255", f"{levels}, {middle}"
        )
    ratios = 2.0 ** ((np.arange(256) - middle) / levels)
    ratios[0] = ratios[1]  # of a channel; a pixel that is all black has none
    decoded: Float32[np.ndarray, "h w 3"] = ratios.astype(np.float32)[rgb]
    return np.where(rgb.any(axis=-1)[..., None], decoded, np.float32(0))


def shading_agrees(rgb: UInt8[np.ndarray, "h w 3"], shading: Float[np.ndarray, "h w 3"]) -> Bool[np.ndarray, "h w"]:
    """Whether each pixel is painted within half a level of linear shading, and black exactly where that is 0.

    By what the levels mean, and not by painting: the light over its median in stops, from -5.08 to 5.08 (1 to 255).
    """
    light = np.maximum(shading.astype(np.float64), 0)
    known = (light > 0).any(axis=-1)
    right = ~rgb.any(axis=-1)
    if known.any():
        with np.errstate(divide="ignore"):
            stops = np.log2(light[known]) - np.log2(np.median(light[known] @ np.array(LUMINANCE)))
        due = np.clip(stops * LEVELS + MIDDLE, 1, 255)
        painted = rgb[known].astype(np.float64)
        right[known] = ((painted >= 1) & (np.abs(painted - due) <= _HALF_LEVEL)).all(-1)
    agrees: Bool[np.ndarray, "h w"] = right
    return agrees
