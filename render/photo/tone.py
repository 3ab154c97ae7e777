"""From linear RGB in 0..1 to sRGB: saturation and a tone curve."""

from dataclasses import dataclass

import numpy as np
from jaxtyping import Float32, Float64

from encode.formulas.srgb import from_linear
from render.exposure import LUMINANCE, MIDDLE_GRAY

__all__ = ["ToneCurve", "saturated", "weighted"]

_STEPS = 2**16  # of the table: as fine as a good sensor's converter


def saturated(linear: Float32[np.ndarray, "h w 3"], factor: float) -> Float32[np.ndarray, "h w 3"]:
    """Differences from luminance times `factor`, clipped to 0..1."""
    luminance = weighted(linear, LUMINANCE)[..., None]
    return np.clip(luminance + np.float32(factor) * (linear - luminance), 0, 1)


def weighted(image: Float32[np.ndarray, "h w 3"], weights: Float32[np.ndarray, "3"]) -> Float32[np.ndarray, "h w"]:
    """The weighted sum of the channels. Without a matrix product, which is rounded differently from CPU to CPU."""
    total: Float32[np.ndarray, "h w"] = image[..., 0] * weights[0]
    total += image[..., 1] * weights[1]
    total += image[..., 2] * weights[2]
    return total


@dataclass(frozen=True, slots=True)
class ToneCurve:
    """A curve through (0, 0), (2^-headroom, middle gray) and (1, 1), linear to linear.

    The odds of the result, y / (1 - y), are in proportion to those of x^contrast: a power in the shadows, a shoulder to
    white, as of film and of cameras' JPEGs.
    """

    headroom: float
    contrast: float

    def __call__(self, linear: Float64[np.ndarray, "*n"]) -> Float64[np.ndarray, "*n"]:
        """Linear values in 0..1 through the curve."""
        power = linear**self.contrast
        middle = 2.0 ** (-self.headroom * self.contrast)
        ratio = MIDDLE_GRAY / (1 - MIDDLE_GRAY) * (1 - middle) / middle
        return ratio * power / ((ratio - 1) * power + 1)

    def encoded(self, linear: Float32[np.ndarray, "*n"]) -> Float32[np.ndarray, "*n"]:
        """Linear values in 0..1 through the curve, as sRGB in 0..1."""
        table = from_linear(self(np.linspace(0, 1, _STEPS))).astype(np.float32)
        return table[(linear * np.float32(_STEPS - 1) + np.float32(0.5)).astype(np.uint16)]

    def slope_at_gray(self) -> float:
        """By how much sRGB changes with the linear value at middle gray."""
        gray, step = 2.0**-self.headroom, 1e-4
        low, high = from_linear(self(np.array([gray - step, gray + step])))
        return float(high - low) / (2 * step)
