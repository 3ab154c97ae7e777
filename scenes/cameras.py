"""Cameras round something worth seeing."""

from dataclasses import dataclass

import numpy as np

from scenes import draw
from scenes.base import Vec3
from scenes.mesh import Floats
from scenes.scene import Camera, View

__all__ = ["Orbit", "OrbitRanges", "orbit_camera", "orbit_view", "rounded_vec3"]


def rounded_vec3(values: Floats) -> Vec3:
    """Three metres, to a tenth of a millimetre."""
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
        location=rounded_vec3(orbit.target + toward * distance),
        target=rounded_vec3(aim),
        roll=round(draw.normal(rng, 0, roll), 4),
        focal_length=round(float(orbit.focal_length), 2),
    )


@dataclass(frozen=True)
class OrbitRanges:
    """What the candidates of `orbit_view` are drawn from.

    radius: shares of the reach that fill the frame, in the first candidate; each later one adds `growth` of it.
    spread: standard deviation of the azimuth, radians. elevation: radians. focal_length: millimetres.
    """

    radius: tuple[float, float]
    growth: float
    spread: float
    elevation: tuple[float, float]
    focal_length: tuple[float, float]
    shift: float = 0.15
    candidates: int = 6


def orbit_view(rng: np.random.Generator, center: Floats, radius: float, azimuth: float, ranges: OrbitRanges) -> View:
    """Cameras round what lies within `reach` metres of `center`, from about one azimuth, the later ones farther off."""
    orbits = [
        Orbit(
            center,
            radius * draw.uniform(rng, *ranges.radius) * (1 + ranges.growth * k),
            azimuth + draw.normal(rng, 0, ranges.spread),
            draw.uniform(rng, *ranges.elevation),
            draw.uniform(rng, *ranges.focal_length),
        )
        for k in range(ranges.candidates)
    ]
    return View(candidates=tuple(orbit_camera(rng, orbit, shift=ranges.shift) for orbit in orbits))
