"""Colour names, as regions of OKLCH: a sampler that stays well inside one, and the way back."""

from dataclasses import dataclass

import numpy as np

from encode.formulas.srgb import from_linear, to_linear
from scenes import draw
from scenes.base import Rgb
from scenes.mesh import Floats

__all__ = ["COLOR_NAMES", "color_name_of", "sample_color"]


_ANY_HUE = (0.0, 360.0)


@dataclass(frozen=True)
class _ColorRegion:
    """Ranges of OKLCH lightness, chroma and hue (degrees, may pass 360)."""

    lightness: tuple[float, float]
    chroma: tuple[float, float]
    hue: tuple[float, float] = _ANY_HUE


# Samples come from these; a colour still has the name within the margins below. No two regions meet.
_REGIONS = {
    "red": _ColorRegion((0.42, 0.58), (0.15, 0.21), (20, 31)),
    "orange": _ColorRegion((0.66, 0.76), (0.13, 0.17), (50, 64)),
    "yellow": _ColorRegion((0.82, 0.9), (0.12, 0.17), (87, 102)),
    "green": _ColorRegion((0.42, 0.68), (0.085, 0.16), (132, 156)),
    "teal": _ColorRegion((0.48, 0.64), (0.065, 0.105), (184, 202)),
    "blue": _ColorRegion((0.38, 0.62), (0.09, 0.17), (244, 266)),
    "purple": _ColorRegion((0.38, 0.58), (0.09, 0.17), (298, 318)),
    "pink": _ColorRegion((0.74, 0.84), (0.075, 0.13), (350, 370)),
    "brown": _ColorRegion((0.32, 0.55), (0.05, 0.085), (46, 66)),
    "beige": _ColorRegion((0.83, 0.9), (0.03, 0.055), (72, 92)),
    "black": _ColorRegion((0.12, 0.22), (0.0, 0.008)),
    "gray": _ColorRegion((0.48, 0.68), (0.0, 0.01)),
    "white": _ColorRegion((0.94, 0.975), (0.0, 0.012)),
}
COLOR_NAMES: tuple[str, ...] = tuple(_REGIONS)
_MARGIN = (0.03, 0.01, 5.0)  # of lightness, chroma, hue

_TO_LMS = np.array(
    [
        [0.4122214708, 0.5363325363, 0.0514459929],
        [0.2119034982, 0.6806995451, 0.1073969566],
        [0.0883024619, 0.2817188376, 0.6299787005],
    ]
)
_TO_LAB = np.array(
    [
        [0.2104542553, 0.7936177850, -0.0040720468],
        [1.9779984951, -2.4285922050, 0.4505937099],
        [0.0259040371, 0.7827717662, -0.8086757660],
    ]
)
_FROM_LAB, _FROM_LMS = np.linalg.inv(_TO_LAB), np.linalg.inv(_TO_LMS)


def _oklch(rgb: Rgb) -> tuple[float, float, float]:
    """Lightness, chroma and hue (degrees) of an sRGB colour."""
    lightness, a, b = _TO_LAB @ np.cbrt(_TO_LMS @ to_linear(rgb))
    return float(lightness), float(np.hypot(a, b)), float(np.degrees(np.arctan2(b, a)) % 360)


def _srgb(lightness: float, chroma: float, hue: float) -> Floats:
    """The sRGB values of an OKLCH colour, outside [0, 1] where the screen cannot show it."""
    a, b = chroma * np.cos(np.radians(hue)), chroma * np.sin(np.radians(hue))
    linear = _FROM_LMS @ (_FROM_LAB @ np.array([lightness, a, b])) ** 3
    return from_linear(linear)


def sample_color(rng: np.random.Generator, color_name: str) -> Rgb:
    """An sRGB colour that `color_name` names beyond doubt."""
    region = _REGIONS[color_name]
    for _ in range(64):
        rgb = _srgb(
            draw.uniform(rng, *region.lightness), draw.uniform(rng, *region.chroma), draw.uniform(rng, *region.hue)
        )
        if np.all((rgb >= 0) & (rgb <= 1)):
            red, green, blue = (round(float(value), 4) for value in rgb)
            return red, green, blue
    raise AssertionError(f"the region of {color_name} lies outside sRGB")


def color_name_of(rgb: Rgb) -> str:
    """The name of this colour, or "" where people would disagree."""
    return next((color_name for color_name, region in _REGIONS.items() if _inside(_oklch(rgb), region)), "")


def _inside(color: tuple[float, float, float], region: _ColorRegion) -> bool:
    """Whether the colour lies in the region or in the margin round it; greys have no hue to speak of."""
    around = (color[2] - region.hue[0] + _MARGIN[2]) % 360
    return (
        _within(color[0], region.lightness, _MARGIN[0])
        and _within(color[1], region.chroma, _MARGIN[1])
        and (region.hue == _ANY_HUE or around <= region.hue[1] - region.hue[0] + 2 * _MARGIN[2])
    )


def _within(value: float, limits: tuple[float, float], margin: float) -> bool:
    return limits[0] - margin <= value <= limits[1] + margin
