"""What the air and the clouds of Blender's physical sky look like by the height of the sun."""

import numpy as np

from scenes.base import Vec3
from scenes.mesh import Floats

__all__ = ["air_radiance", "cloud_radiance"]

# Degrees of the sun: what the sky shows a little above the horizon (linear), which is the colour of far air.
_AIR: tuple[tuple[float, Vec3], ...] = (
    (2.0, (2.0, 1.8, 1.8)),
    (5.0, (3.2, 3.1, 3.2)),
    (9.0, (4.4, 4.7, 5.2)),
    (15.0, (5.4, 6.6, 8.0)),
    (25.0, (5.8, 7.7, 9.8)),
    (40.0, (5.9, 8.2, 10.8)),
    (85.0, (6.0, 8.4, 11.4)),
)


def air_radiance(degrees: float) -> Floats:
    """Linear RGB [3] of the sky near the horizon under a sun `degrees` high."""
    return np.array([np.interp(degrees, [a for a, _ in _AIR], [rgb[k] for _, rgb in _AIR]) for k in range(3)])


def cloud_radiance(degrees: float, overcast: bool) -> Floats:
    """Linear RGB [3] of clouds: bright and a little warm in the sun, gray where they cover all of the sky."""
    air = air_radiance(degrees)
    gray = float(air.mean())
    if overcast:
        return np.asarray(0.75 * (0.9 * gray + 0.1 * air))
    return np.asarray(1.25 * (0.75 * gray + 0.25 * air) * [1.04, 1.0, 0.96])
