"""Diffuse shading of the image, from the parts of its light that Cycles keeps apart. numpy only."""

from dataclasses import dataclass

import numpy as np
from jaxtyping import Float32, UInt8, UInt32

from encode.formulas.srgb import to_linear
from encode.frame import ShadingMaps

__all__ = ["DiffuseLight", "diffuse_shading", "shading_maps"]

#: Diffuse colour under which a surface shows too little of its light to tell how much there is.
LEAST_COLOR = 0.01
#: Pixels of a side over which the share of diffuse light is averaged, which is as noisy as few samples are.
WINDOW = 7
#: The largest finite number of 16 bits.
_MOST = 65504.0


@dataclass(frozen=True, slots=True)
class DiffuseLight:
    """What Cycles keeps of an image's diffuse light, linear: from lamps, from other surfaces, and the colour of both.

    light: direct and indirect, before the surface colours it, as noisy as the samples leave it. whole: all light of the
    same samples, the diffuse part of it included, as noisy.
    color: the diffuse colour, 0 for metals, glass, lamps and the sky.
    """

    light: Float32[np.ndarray, "h w 3"]
    color: Float32[np.ndarray, "h w 3"]
    whole: Float32[np.ndarray, "h w 3"]


def diffuse_shading(
    diffuse: DiffuseLight, image: Float32[np.ndarray, "h w 3"], instance: UInt32[np.ndarray, "h w"]
) -> Float32[np.ndarray, "h w 3"]:
    """Return the light that falls on diffuse surfaces, in the image's linear units; 0 where nothing is diffuse.

    image: the whole of the light, denoised. Which share of it is diffuse is taken of the noisy parts, over the pixels
    of the same object in a window, where the same noise is in both; shading is that share of the denoised light over
    the diffuse colour. Where all light is diffuse it is as clean as the image.
    """
    lit = np.maximum(diffuse.light, 0) * diffuse.color
    told = diffuse.color >= LEAST_COLOR
    whole = np.maximum(diffuse.whole, 0)
    share = np.clip(_sum(lit, instance) / np.maximum(_sum(whole, instance), np.float32(1e-9)), 0, 1)
    shading = np.where(told, share * np.maximum(image, 0) / np.maximum(diffuse.color, np.float32(LEAST_COLOR)), 0)
    # A channel that is hardly reflected has the light of those that are: sunlight on a red wall.
    known = told.any(axis=-1, keepdims=True)
    rest = np.max(shading, axis=-1, keepdims=True)
    return np.where(known, np.where(told, shading, rest), 0).astype(np.float32)


def shading_maps(
    diffuse: DiffuseLight,
    image: Float32[np.ndarray, "h w 3"],
    instance: UInt32[np.ndarray, "h w"],
    albedo: UInt8[np.ndarray, "h w 3"],
) -> ShadingMaps:
    """Return the shading, and what the image has besides 8-bit base colour times the shading as it is stored."""
    shading = np.minimum(diffuse_shading(diffuse, image, instance), _MOST)
    shading = np.where((instance > 0)[..., None], shading, 0).astype(np.float16)
    residual = image - to_linear(albedo / 255) * shading.astype(np.float64)
    return ShadingMaps(shading, np.clip(residual, -_MOST, _MOST).astype(np.float16))


def _sum(values: Float32[np.ndarray, "h w 3"], instance: UInt32[np.ndarray, "h w"]) -> Float32[np.ndarray, "h w 3"]:
    """The sum over the pixels of the same object in the window round each pixel."""
    total, reach = np.zeros_like(values), WINDOW // 2
    height, width = instance.shape
    for dy in range(-reach, reach + 1):
        for dx in range(-reach, reach + 1):
            here = slice(max(0, -dy), height - max(0, dy)), slice(max(0, -dx), width - max(0, dx))
            there = slice(max(0, dy), height - max(0, -dy)), slice(max(0, dx), width - max(0, -dx))
            total[here] += values[there] * (instance[here] == instance[there])[..., None]
    return total
