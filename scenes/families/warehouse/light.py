"""Light of a hall: the sky outside, the sun through doors, the lamps."""

import numpy as np

from scenes import draw
from scenes.cameras import rounded_vec3
from scenes.families.warehouse.hall import Hall
from scenes.scene import Lamp, Sky, World

__all__ = ["light_hall"]


def light_hall(rng: np.random.Generator, hall: Hall) -> tuple[World, tuple[Lamp, ...]]:
    """The world and the lamps."""
    rotation = round(draw.uniform(rng, 0, 2 * np.pi), 4)
    lamps = list(hall.lamps)
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
