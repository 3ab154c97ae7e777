"""Light of a hall: the sky outside, the sun through doors, the lamps.

Rooflights and tubes shine by themselves; bells get an area lamp each where their disc is, so that rooms are lit
without noise.
"""

import numpy as np

from scenes import draw
from scenes.cameras import rounded_vec3
from scenes.families.warehouse.hall import Hall
from scenes.scene import Lamp, Sky, World

__all__ = ["light_hall"]


def light_hall(rng: np.random.Generator, hall: Hall) -> tuple[World, tuple[Lamp, ...]]:
    """The world and the lamps."""
    rotation = round(draw.uniform(rng, 0, 2 * np.pi), 4)
    lamps = [
        Lamp(
            kind="area",
            location=location,
            target=(location[0], location[1], 0.0),
            power=round(watts, 2),
            size=size,
            color=_tone(rng),
        )
        for location, size, watts in hall.lamps
    ]
    if hall.night:
        world = Sky(
            sun_elevation=round(draw.uniform(rng, -0.06, 0.02), 4), sun_rotation=rotation, sun_disc=False, strength=0.05
        )
        return world, tuple(lamps)
    elevation = round(draw.uniform(rng, 0.3, 1.1), 4)
    if hall.is_open:
        lamps.append(_sun(rng, hall))
    return Sky(sun_elevation=elevation, sun_rotation=rotation, sun_disc=False, strength=SKY), tuple(lamps)


SKY = 0.3  # of the sky's own strength: full daylight at a door would overexpose the view


def _tone(rng: np.random.Generator) -> tuple[float, float, float]:
    warm = draw.uniform(rng, 0, 1)
    return 1.0, round(0.985 - 0.045 * warm, 3), round(0.98 - 0.14 * warm, 3)


def _sun(rng: np.random.Generator, hall: Hall) -> Lamp:
    """Sunlight that falls in at the first open door, from left or right of it."""
    door = next(item for item in hall.doors if item.up)
    x, y, yaw = hall.at(door.side, door.s, 0.0)
    azimuth = yaw + np.pi / 2 + draw.uniform(rng, -0.9, 0.9)
    elevation = draw.uniform(rng, 0.35, 0.8)
    toward = np.array([np.cos(azimuth) * np.cos(elevation), np.sin(azimuth) * np.cos(elevation), np.sin(elevation)])
    location = np.array([x, y, 0.0]) + 60 * toward
    power = round(draw.uniform(rng, 2.0, 4.5), 2)
    return Lamp(
        kind="sun",
        location=rounded_vec3(location),
        target=rounded_vec3(np.array([x, y, 0.0])),
        power=power,
        size=0.01,
        color=(1.0, 0.95, 0.86),
    )
