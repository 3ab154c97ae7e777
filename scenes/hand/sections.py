"""Sections of fingers and thumb: how thick they are from knuckle to tip, and where their rings lie."""

import numpy as np

from scenes.hand.anatomy import Digit
from scenes.mesh import Floats

__all__ = ["AROUND", "digit_ring", "ring_points", "stations"]

AROUND = 16  # points of a ring
_TIP = 0.62  # of the radius: how far from its end a digit is round


def digit_ring(digit: Digit, along: float) -> tuple[float, float, float, float]:
    """The section at a distance from the knuckle, millimetres.

    Half its breadth, its depth to the back and to the palm, and how far it is shifted palmward.
    """
    one, two, three = np.cumsum(digit.bones)
    at = [0.0, one / 2, one, (one + two) / 2, two, (two + three) / 2, digit.length]
    wide, back, palm = (
        float(np.interp(along, at, values)) * digit.radius for values in zip(*digit.sections, strict=True)
    )
    past = max(along - digit.length + _TIP * digit.radius, 0.0) / (_TIP * digit.radius)
    shrink = float(np.sqrt(max(1 - past**2, 0.0)))
    return wide * shrink, back * shrink, palm * shrink, 0.1 * digit.radius * (1 - shrink)


def stations(digit: Digit, start: float) -> list[float]:
    """Where the rings of a digit lie: close together at joints and at the tip."""
    one, two, _ = np.cumsum(digit.bones)
    r, tip = digit.radius, digit.length
    bends = [one + share * r for share in (-0.85, -0.42, 0.0, 0.42, 0.85) if one + share * r > start + 2.0]
    bends += [two + share * r for share in (-0.65, -0.2, 0.25, 0.7)]
    ends = [tip - _TIP * r * (1 - np.sin(angle)) for angle in (0.0, 0.42, 0.8, 1.15, 1.4)]
    first = [start, start + 0.3 * (bends[0] - start), start + 0.65 * (bends[0] - start)]
    return [*first, *bends, *ends]


def ring_points(wide: float, back: float, palm: float) -> Floats:
    """A ring [16, 2] (x, y) from the thumb's side over the back."""
    angle = np.pi + np.arange(AROUND) * 2 * np.pi / AROUND
    x, y = wide * np.cos(angle), np.sin(angle)
    return np.stack([x, np.where(y < 0, back, palm) * y], 1)
