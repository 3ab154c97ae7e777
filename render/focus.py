"""What an aperture makes of a view: the distance that is sharp, and how wide the rest is spread. numpy only.

By the thin lens, a point at planar depth Z spreads over a disc whose diameter in pixels is

    f D |1 / F - 1 / Z|

with the focal length f in pixels, the aperture's diameter D and the sharp planar depth F, both in metres.
"""

from dataclasses import dataclass
from typing import Any

import numpy as np
from jaxtyping import Float, Float64

from scenes.blur import Aperture

__all__ = ["Focus", "blur_diameters", "focused"]

#: Share of the width that the discs of nine in ten pixels may have: beyond it a view shows nothing to learn from.
MOST_BLUR = 0.012
#: Digits of metres of what is recorded.
_DIGITS = 6


@dataclass(frozen=True, slots=True)
class Focus:
    """The sharp planar depth and the aperture's diameter, metres."""

    distance: float
    diameter: float

    def record(self) -> dict[str, Any]:
        """As JSON has it."""
        return {"focus_distance": self.distance, "aperture_diameter": self.diameter}


def focused(aperture: Aperture, k: Float64[np.ndarray, "3 3"], depth: Float[np.ndarray, "h w"], sensor: float) -> Focus:
    """Return the focus on the surface at `aperture.focus`, or at the median depth where that is the sky.

    The diameter is that of the f-number, less where nine in ten pixels would not stay within MOST_BLUR. depth: planar,
    metres. sensor: the longer side of the image in pixels, along which a sensor's width lies.
    """
    height, width = depth.shape
    u, v = aperture.focus
    surface = depth[np.isfinite(depth)]
    there = float(depth[min(int(v * height), height - 1), min(int(u * width), width - 1)])
    distance = there if np.isfinite(there) else float(np.median(surface)) if surface.size else 100.0
    focal = float(k[0, 0]) / sensor * aperture.sensor_width / 1000
    diameter = focal / aperture.f_number
    spread = float(np.quantile(blur_diameters(depth, k, distance, diameter), 0.9))
    limit = MOST_BLUR * width
    if spread > limit:
        diameter *= limit / spread
    return Focus(round(distance, _DIGITS), round(diameter, _DIGITS))


def blur_diameters(
    depth: Float[np.ndarray, "h w"], k: Float64[np.ndarray, "3 3"], distance: float, diameter: float
) -> Float64[np.ndarray, "h w"]:
    """Return the diameter of the disc over which the point of each pixel is spread, in pixels."""
    with np.errstate(divide="ignore", invalid="ignore"):  # the audit asks of what strangers wrote, such as no depth
        apart = np.abs(1 / np.float64(distance) - 1 / depth.astype(np.float64))
    spread: Float64[np.ndarray, "h w"] = float(k[0, 0]) * diameter * apart
    return spread
