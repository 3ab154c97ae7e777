"""Colours of materials in linear light, limited to the brightest albedo found in nature."""

from encode.formulas.srgb import to_linear
from scenes.base import Rgb

__all__ = ["blend", "linear", "shade"]

BRIGHTEST = 0.92  # linear albedo: natural surfaces are no lighter, and light must fade with each bounce


def linear(color: Rgb) -> Rgb:
    """An sRGB colour as linear light, which node sockets hold."""
    r, g, b = to_linear(color).tolist()
    return (min(r, BRIGHTEST), min(g, BRIGHTEST), min(b, BRIGHTEST))


def shade(color: Rgb, factor: float, tint: Rgb = (1.0, 1.0, 1.0)) -> Rgb:
    """A linear colour times `factor` and `tint`, held below the brightest albedo there is."""
    r, g, b = (min(c * factor * t, BRIGHTEST) for c, t in zip(color, tint, strict=True))
    return (r, g, b)


def blend(a: Rgb, b: Rgb, share: float) -> Rgb:
    """`share` of b in a, linear colours."""
    x, y, z = (p + (q - p) * share for p, q in zip(a, b, strict=True))
    return (x, y, z)
