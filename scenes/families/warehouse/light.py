"""Light of a hall: the sky outside, the sun through doors, the lamps."""

import numpy as np

from scenes import draw
from scenes.cameras import rounded_vec3
from scenes.families.warehouse.hall import Hall
from scenes.scene import NO_DAYLIGHT, Lamp, Sky, World

__all__ = ["light_hall"]

SKY, NIGHT_SKY = 0.3, 0.05  # of the sky's own strength: full daylight at a door would overexpose the view


def light_hall(rng: np.random.Generator, hall: Hall) -> tuple[World, tuple[Lamp, ...]]:
    """The world and the lamps."""
    rotation = round(draw.uniform(rng, 0, 2 * np.pi), 4)
    lamps = list(hall.lamps)
    elevation = round(draw.uniform(rng, -0.06, 0.02) if hall.night else draw.uniform(rng, 0.3, 1.1), 4)
    strength = (NIGHT_SKY if hall.night else SKY) if hall.is_open else NO_DAYLIGHT
    if hall.is_open and not hall.night:
        lamps.append(_sun(rng, hall))
    return Sky(sun_elevation=elevation, sun_rotation=rotation, sun_disc=False, strength=strength), tuple(lamps)


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
