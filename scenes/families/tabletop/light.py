"""Light for a table: an environment map or a sky, windows beside it, lamps, the sun."""

import numpy as np

from scenes import draw
from scenes.base import Rgb
from scenes.cameras import rounded_vec3
from scenes.families.tabletop.surroundings import Surroundings
from scenes.scene import Hdri, Lamp, Sky, World

__all__ = ["light_indoors", "light_outdoors"]

_DAY: Rgb = (0.93, 0.97, 1.0)
_WARM: Rgb = (1.0, 0.83, 0.64)


def light_outdoors(rng: np.random.Generator) -> tuple[World, tuple[Lamp, ...]]:
    """A sky with its sun, or an environment map, sometimes with a sun."""
    rotation = round(draw.uniform(rng, 0, 2 * np.pi), 4)
    if draw.chance(rng, 0.5):
        elevation = round(draw.uniform(rng, 0.2, 1.25), 4)
        return Sky(sun_elevation=elevation, sun_rotation=rotation, aerosol=round(draw.uniform(rng, 0.5, 3), 3)), ()
    name = draw.choice(rng, ["forest", "courtyard", "city", "sunset", "sunrise"])
    world = Hdri.model_validate({"name": name, "rotation": rotation, "strength": round(draw.uniform(rng, 0.7, 1.3), 3)})
    return world, (_sun(rng, draw.uniform(rng, 0, 2 * np.pi)),) if draw.chance(rng, 0.4) else ()


def light_indoors(
    rng: np.random.Generator, surroundings: Surroundings, height: float
) -> tuple[World, tuple[Lamp, ...]]:
    """An environment map for the open side, and one or two lamps whose light comes from there."""
    name = draw.choice(
        rng, ["interior", "studio", "courtyard", "city", "forest", "sunrise"], p=[0.3, 0.2, 0.15, 0.12, 0.12, 0.11]
    )
    strength = round(draw.uniform(rng, 0.4, 1.1), 3)
    world = Hdri.model_validate(
        {"name": name, "rotation": round(draw.uniform(rng, 0, 2 * np.pi), 4), "strength": strength}
    )
    lamps = []
    if draw.chance(rng, 0.8):
        lamps.append(_window(rng, surroundings, height))
    if draw.chance(rng, 0.3):
        lamps.append(_ceiling(rng, height))
    if draw.chance(rng, 0.3) or not lamps:
        lamps.append(_sun(rng, draw.uniform(rng, -2.6, -0.5)))
    return world, tuple(lamps)


def _window(rng: np.random.Generator, surroundings: Surroundings, height: float) -> Lamp:
    """A large soft light from the side that has no wall."""
    side = -np.sign(surroundings.side) if surroundings.side else draw.choice(rng, [-1.0, 1.0])
    location = np.array(
        [side * draw.uniform(rng, 1.6, 2.6), draw.uniform(rng, -1.6, 0.3), height + draw.uniform(rng, 0.6, 1.6)]
    )
    return Lamp(
        kind="area",
        location=rounded_vec3(location),
        target=(0.0, 0.0, round(height, 4)),
        power=round(draw.uniform(rng, 40, 160), 1),
        size=round(draw.uniform(rng, 0.7, 1.6), 3),
        color=_DAY,
    )


def _ceiling(rng: np.random.Generator, height: float) -> Lamp:
    """A warm lamp over the table."""
    location = np.array(
        [draw.uniform(rng, -0.5, 0.5), draw.uniform(rng, -0.5, 0.1), height + draw.uniform(rng, 1.2, 1.6)]
    )
    power = round(draw.uniform(rng, 15, 50), 1)
    return Lamp(
        kind="area",
        location=rounded_vec3(location),
        target=(0.0, 0.0, round(height, 4)),
        power=power,
        size=0.35,
        color=_WARM,
    )


def _sun(rng: np.random.Generator, azimuth: float) -> Lamp:
    """Sunlight from an azimuth (radians), crisp to hazy."""
    elevation = draw.uniform(rng, 0.45, 1.05)
    toward = np.array([np.cos(azimuth) * np.cos(elevation), np.sin(azimuth) * np.cos(elevation), np.sin(elevation)])
    warm = draw.uniform(rng, 0, 1)
    color = (1.0, round(0.97 - 0.08 * warm, 3), round(0.92 - 0.2 * warm, 3))
    return Lamp(
        kind="sun",
        location=rounded_vec3(8 * toward),
        power=round(draw.uniform(rng, 1.5, 4.0), 2),
        size=round(draw.uniform(rng, 0.01, 0.08), 4),
        color=color,
    )
