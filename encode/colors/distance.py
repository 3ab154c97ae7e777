"""Distances between colours: Euclidean in 8-bit RGB for decoders, CIEDE2000 for what an eye or a model distinguishes.

CIEDE2000 after Sharma, Wu and Dalal, "The CIEDE2000 color-difference formula" (2005); sRGB with the D65 white.
"""

import numpy as np
from jaxtyping import Bool, Float64

from encode.formulas.srgb import to_linear

__all__ = ["ciede2000", "rgb_distance", "srgb_to_lab"]

_TO_XYZ = np.array(
    [[0.4124564, 0.3575761, 0.1804375], [0.2126729, 0.7151522, 0.0721750], [0.0193339, 0.1191920, 0.9503041]]
)
#: What numpy makes of values of one colour (a scalar) or of many.
Values = Float64[np.ndarray, "*n"] | np.float64

_WHITE = np.array([0.95047, 1.0, 1.08883])


def rgb_distance(a: object, b: object) -> Float64[np.ndarray, "*n"]:
    """Euclidean distance of 8-bit colours (..., 3), broadcast; 0 to 441.7."""
    difference = np.asarray(a, np.float64) - np.asarray(b, np.float64)
    return np.asarray(np.sqrt((difference * difference).sum(-1)))


def srgb_to_lab(rgb: object) -> Float64[np.ndarray, "*n 3"]:
    """CIE Lab (D65) of 8-bit sRGB colours (..., 3)."""
    t = to_linear(np.asarray(rgb, np.float64) / 255) @ _TO_XYZ.T / _WHITE
    f = np.where(t > (6 / 29) ** 3, np.cbrt(t), t / (3 * (6 / 29) ** 2) + 4 / 29)
    return np.stack([116 * f[..., 1] - 16, 500 * (f[..., 0] - f[..., 1]), 200 * (f[..., 1] - f[..., 2])], -1)


def ciede2000(lab1: Float64[np.ndarray, "*n 3"], lab2: Float64[np.ndarray, "*m 3"]) -> Float64[np.ndarray, "*k"]:
    """CIEDE2000 difference of Lab colours (..., 3), broadcast; 1 is about a just noticeable difference."""
    lightness1, a1, b1 = np.moveaxis(np.asarray(lab1, np.float64), -1, 0)
    lightness2, a2, b2 = np.moveaxis(np.asarray(lab2, np.float64), -1, 0)
    stretch = 1.5 - 0.5 * _seventh((np.hypot(a1, b1) + np.hypot(a2, b2)) / 2)
    chroma1, chroma2 = np.hypot(a1 * stretch, b1), np.hypot(a2 * stretch, b2)
    hue1 = np.degrees(np.arctan2(b1, a1 * stretch)) % 360
    hue2 = np.degrees(np.arctan2(b2, a2 * stretch)) % 360
    hue_difference, mean_hue = _hues(hue1, hue2, chroma1 * chroma2 == 0)
    mean_lightness, mean_chroma = (lightness1 + lightness2) / 2, (chroma1 + chroma2) / 2
    light = (lightness2 - lightness1) / _lightness_weight(mean_lightness)
    chroma = (chroma2 - chroma1) / (1 + 0.045 * mean_chroma)
    hue = 2 * np.sqrt(chroma1 * chroma2) * np.sin(np.radians(hue_difference) / 2)
    hue = hue / (1 + 0.015 * mean_chroma * _hue_weight(mean_hue))
    rotation = -np.sin(np.radians(60 * np.exp(-(((mean_hue - 275) / 25) ** 2)))) * 2 * _seventh(mean_chroma)
    squared = light**2 + chroma**2 + hue**2 + rotation * chroma * hue
    return np.asarray(np.sqrt(np.maximum(squared, 0)))


def _seventh(chroma: Values) -> Values:
    return np.sqrt(chroma**7 / (chroma**7 + 25.0**7))


def _hues(hue1: Values, hue2: Values, no_hue: Bool[np.ndarray, "*n"] | np.bool) -> tuple[Values, Values]:
    """Signed turn from hue1 to hue2 and their mean, degrees, the short way round."""
    hue_difference = (hue2 - hue1 + 180) % 360 - 180
    # The paper takes +180, not -180, for opposite hues of which the second is the greater.
    hue_difference = np.where((hue_difference == -180) & (hue2 > hue1), 180.0, hue_difference)
    total = hue1 + hue2
    far = np.abs(hue1 - hue2) > 180
    mean = np.where(far, np.where(total < 360, total + 360, total - 360), total) / 2
    return np.where(no_hue, 0.0, hue_difference), np.where(no_hue, total, mean)


def _lightness_weight(lightness: Values) -> Values:
    offset = (lightness - 50) ** 2
    return 1 + 0.015 * offset / np.sqrt(20 + offset)


def _hue_weight(hue: Values) -> Values:
    cosines = ((-0.17, 1, -30), (0.24, 2, 0), (0.32, 3, 6), (-0.20, 4, -63))
    terms = [weight * np.cos(np.radians(times * hue + shift)) for weight, times, shift in cosines]
    return 1 + np.sum(terms, axis=0)
