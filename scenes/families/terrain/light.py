"""Daylight from the golden hour to noon, clear to overcast, and haze."""

from dataclasses import dataclass

import numpy as np

from scenes import draw
from scenes.base import Vec3
from scenes.families.terrain.biomes import Biome
from scenes.families.terrain.parameters import TerrainParameters
from scenes.mesh import Floats
from scenes.scene import Haze, Sky
from scenes.weather import air_radiance, cloud_radiance

__all__ = ["Daylight", "sample_daylight"]


@dataclass(frozen=True)
class Daylight:
    """A sky and its haze."""

    sky: Sky
    haze: Haze | None

    @property
    def lift(self) -> float:
        """Stops to add where automatic exposure for a gray sky would darken the land."""
        return 0.0 if self.sky.sun_disc else 0.4

    def toward_sun(self) -> Floats:
        """Unit vector; where clouds hide the sun it is overhead, since no view looks into it."""
        up, rotation = self.sky.sun_elevation, self.sky.sun_rotation
        if not self.sky.sun_disc:
            return np.array([0.0, 0.0, 1.0])
        return np.array([np.sin(rotation) * np.cos(up), np.cos(rotation) * np.cos(up), np.sin(up)])


def sample_daylight(rng: np.random.Generator, biome: Biome, parameters: TerrainParameters) -> Daylight:
    """A sky with sun or clouds, with low suns as likely as high ones."""
    degrees = _sun(rng, parameters)
    overcast = draw.chance(rng, parameters.overcast_share)
    cover = 1.0 if overcast else draw.choice(rng, [0.0, draw.uniform(rng, 0.15, 0.7)], p=[0.25, 0.75])
    light = cloud_radiance(degrees, overcast)
    sky = Sky(
        sun_elevation=round(float(np.radians(degrees)), 4),
        sun_rotation=round(draw.uniform(rng, 0, 2 * np.pi), 4),
        sun_disc=not overcast,
        air=round(draw.uniform(rng, 0.8, 1.4), 3),
        aerosol=round(draw.uniform(rng, 0.4, 2.0), 3),
        clouds=round(cover, 3),
        cloud_light=_triple(light),
        cloud_seed=draw.integer(rng, 1000),
    )
    if parameters.haze == 0:
        return Daylight(sky, None)
    distance = float(np.exp(draw.uniform(rng, *np.log(biome.haze)))) / parameters.haze * (0.6 if overcast else 1.0)
    return Daylight(
        sky, Haze(distance=round(distance, 1), radiance=_triple(light if overcast else 0.85 * air_radiance(degrees)))
    )


def _sun(rng: np.random.Generator, parameters: TerrainParameters) -> float:
    """Degrees above the horizon; a third of the suns are low, where the limits allow it."""
    low, high = parameters.min_sun, parameters.max_sun
    if draw.chance(rng, 0.35) and low < 14:
        return draw.uniform(rng, low, min(14.0, high))
    return draw.uniform(rng, min(max(low, 16.0), high), high)


def _triple(values: np.ndarray) -> Vec3:
    r, g, b = (round(float(v), 3) for v in values)
    return r, g, b
