"""What one image looks like in figures: light, contrast, flatness, clipping, colour, noise and detail.

Noise and detail depend on scale: compare images of one size (`reduced`). They are NaN for images that are too small.
"""

import math
from collections.abc import Callable

import numpy as np
from jaxtyping import Float64, UInt8
from PIL import Image
from scipy import ndimage

from encode.formulas.srgb import LUMINANCE, to_linear

__all__ = ["FIGURES", "FIGURE_SIDE", "reduced"]

#: Pixels of the shorter side at which the figures of photographs were measured (docs/photo.md).
FIGURE_SIDE = 512

LUMA = np.array([0.299, 0.587, 0.114])  # Rec. 601, encoded
BLOCK = 8  # pixels, of the blocks in which noise is looked for
LEAST_SPECTRUM = 64  # pixels of a side, so that every band of the spectrum has some
#: Twice the second difference across both axes: nothing is left of gradients, and the variance of white noise stays
#: (Immerkaer, "Fast noise variance estimation", 1996).
RESIDUAL = np.array([[1, -2, 1], [-2, 4, -2], [1, -2, 1]]) / 6

Pixels = UInt8[np.ndarray, "h w 3"]
Luma = Float64[np.ndarray, "h w"]


def median_luminance(image: Pixels) -> float:
    """Median of the linear luminance, 1 is white."""
    return float(np.median(to_linear(image / 255) @ LUMINANCE))


def contrast(image: Pixels) -> float:
    """Standard deviation of the luma, 1 is white."""
    return float((image @ LUMA).std() / 255)


def near_flat(image: Pixels) -> float:
    """Share of the steps between neighbouring pixels, across and down, of less than one code of luma."""
    luma = image @ LUMA
    return float(np.mean(np.abs(np.concatenate([np.diff(luma, axis=k).ravel() for k in (0, 1)])) < 1))


def clipped(image: Pixels) -> float:
    """Share of the pixels with a channel at 254 or more."""
    return float((image >= 254).any(axis=-1).mean())


def white(image: Pixels) -> float:
    """Share of the pixels with all channels at 254 or more."""
    return float((image >= 254).all(axis=-1).mean())


def saturation(image: Pixels) -> float:
    """Mean saturation, as in HSV."""
    high, low = image.max(axis=-1).astype(np.float64), image.min(axis=-1)
    return float(np.divide(high - low, high, out=np.zeros_like(high), where=high > 0).mean())


def warmth(image: Pixels) -> float:
    """Stops by which mean red exceeds mean blue, linear."""
    red, _, blue = to_linear(image / 255).mean(axis=(0, 1))
    return float(np.log2(max(red, 1e-6) / max(blue, 1e-6)))


def noise(image: Pixels) -> float:
    """Standard deviation of the luma's residual in codes, in the smoothest tenth of the blocks of middle luma."""
    if min(image.shape[:2]) < BLOCK:
        return math.nan
    luma = image @ LUMA
    means = _blocks(luma).mean(axis=1)
    deviations = np.sqrt(np.square(_blocks(ndimage.convolve(luma, RESIDUAL))).mean(axis=1))
    shown = (means > 15) & (means < 240)
    return float(np.quantile(deviations[shown] if shown.any() else deviations, 0.1))


def _blocks(values: Luma) -> Float64[np.ndarray, "n _"]:
    height, width = (side // BLOCK * BLOCK for side in values.shape)
    tiles = values[:height, :width].reshape(height // BLOCK, BLOCK, width // BLOCK, BLOCK)
    return tiles.transpose(0, 2, 1, 3).reshape(-1, BLOCK**2)


def spectrum_slope(image: Pixels) -> float:
    """Slope of log power over log frequency from 8 periods of the middle square to a third of its pixels."""
    luma = image @ LUMA / 255
    side = min(luma.shape)
    if side < LEAST_SPECTRUM:
        return math.nan
    top, left = ((size - side) // 2 for size in luma.shape)
    square = luma[top : top + side, left : left + side]
    window = np.outer(np.hanning(side), np.hanning(side))
    power = np.abs(np.fft.fft2((square - square.mean()) * window)) ** 2
    periods = np.hypot(*np.meshgrid(np.fft.fftfreq(side), np.fft.fftfreq(side))) * side
    edges = np.geomspace(8, side / 3, 12)
    bins = np.digitize(periods, edges)
    means = [power[bins == k].mean() for k in range(1, len(edges))]
    return float(np.polyfit(np.log(np.sqrt(edges[1:] * edges[:-1])), np.log(np.maximum(means, 1e-12)), 1)[0])


FIGURES: dict[str, Callable[[Pixels], float]] = {
    "median luminance": median_luminance,
    "contrast": contrast,
    "near-flat steps": near_flat,
    "clipped, a channel": clipped,
    "clipped to white": white,
    "saturation": saturation,
    "warmth, stops": warmth,
    "noise, codes": noise,
    "spectrum slope": spectrum_slope,
}


def reduced(image: Image.Image, side: int) -> Pixels:
    """The image with `side` pixels on its shorter side, or as it is where it has no more; means over areas."""
    scale = side / min(image.size)
    if scale < 1:
        size = round(image.width * scale), round(image.height * scale)
        image = image.resize(size, Image.Resampling.BOX)
    return np.asarray(image)
