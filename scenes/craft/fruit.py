"""What fruit has in common: a skin turned from a profile, and a stem."""

from collections.abc import Sequence

import numpy as np

from scenes.craft.build import tube
from scenes.craft.curve import spline
from scenes.mesh import Floats
from scenes.shapes import Sweep

__all__ = ["skin_profile", "stem"]


def skin_profile(points: Sequence[tuple[float, float]], count: int, radius: float, length: float) -> Floats:
    """A smooth curve [`count`, 2] of (radius, z), metres, that begins and ends on the axis.

    points: (radius, z) in units of `radius` and `length`.
    """
    profile = spline(points, count) * [radius, length]
    profile[:, 0] = np.maximum(profile[:, 0], 0.0)
    profile[[0, -1], 0] = 0.0
    return np.asarray(profile)


def stem(top: float, lean: Floats, *, bend: float, length: float, radii: tuple[float, float, float]) -> Sweep:
    """A stem on the top: upright for `bend` metres, then curving to the offset `lean` [2] at `length` metres."""
    path = [(0, 0, top - 0.004), (0.2 * lean[0], 0.2 * lean[1], top + bend), (lean[0], lean[1], top + length)]
    return tube(path, list(radii), count=10, segments=8)
