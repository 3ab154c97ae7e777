"""Cameras round something worth seeing."""

from dataclasses import dataclass

import numpy as np

from scenes import draw
from scenes.base import Vec3
from scenes.mesh import Floats
from scenes.scene import Camera

__all__ = ["Orbit", "orbit_camera", "triple"]


def triple(values: Floats) -> Vec3:
    """Three numbers, to a tenth of a millimetre."""
    x, y, z = (round(float(value), 4) for value in values)
    return x, y, z


@dataclass(frozen=True, eq=False)
class Orbit:
    """A camera round `target` at `azimuth` and `elevation` (radians), `radius` metres filling the frame."""

    target: Floats
    radius: float
    azimuth: float
    elevation: float
    focal_length: float


def orbit_camera(rng: np.random.Generator, orbit: Orbit, *, roll: float = 0.03, shift: float = 0.15) -> Camera:
    """A camera on the orbit, aimed up to `shift` of the radius off the centre and rolled by about `roll` radians."""
    half_field = np.arctan(18 / orbit.focal_length)
    distance = orbit.radius / np.sin(half_field)
    level = np.array([np.cos(orbit.azimuth), np.sin(orbit.azimuth), 0])
    toward = level * np.cos(orbit.elevation) + np.array([0, 0, np.sin(orbit.elevation)])
    aim = orbit.target + rng.uniform(-shift, shift, 3) * orbit.radius * np.array([1, 1, 0.5])
    return Camera(
        location=triple(orbit.target + toward * distance),
        target=triple(aim),
        roll=round(draw.normal(rng, 0, roll), 4),
        focal_length=round(float(orbit.focal_length), 2),
    )
