"""The sky by day, under cloud, at dusk and at night, and the street's own lamps."""

from typing import Any

import numpy as np

from scenes import draw
from scenes.cameras import rounded_vec3
from scenes.craft.switch import WARM, is_lit, light_spot
from scenes.families.street.parameters import StreetParameters
from scenes.families.street.placement import StreetLayout
from scenes.scene import Lamp, Sky, World
from scenes.weather import cloud_radiance

__all__ = ["DARK", "lamp_lights", "sample_hour", "sky"]

DARK = ("dusk", "night")


def sample_hour(rng: np.random.Generator, parameters: StreetParameters) -> str:
    """sun, overcast, dusk or night."""
    shares = (parameters.overcast_share, parameters.dusk_share, parameters.night_share)
    return draw.choice(rng, ["sun", "overcast", *DARK], p=[1 - sum(shares), *shares])


def sky(rng: np.random.Generator, hour: str) -> World:
    """The sky of an hour (`sample_hour`), its sun to one side of the street."""
    # From one side: a low sun over the end of the street would leave all surfaces that face the camera black.
    rotation = round(draw.choice(rng, [-1.0, 1.0]) * np.pi / 2 + draw.uniform(rng, -0.85, 0.85), 4)
    chance = draw.uniform(rng, 0, 1)
    match hour:
        case "overcast":
            return _overcast(rng, 0.35 + 0.7 * chance, rotation)
        case "dusk":
            return Sky(sun_elevation=round(-0.06 + 0.04 * chance, 4), sun_rotation=rotation, aerosol=1.0)
        case "night":
            return Sky(sun_elevation=round(-0.13 + 0.04 * chance, 4), sun_rotation=rotation, aerosol=1.0)
        case _:
            low = draw.chance(rng, 0.2)
            return _sunny(rng, 0.08 + 0.2 * chance if low else 0.3 + 0.85 * chance, rotation)


def _overcast(rng: np.random.Generator, elevation: float, rotation: float) -> Sky:
    """One gray of cloud, or air so thick that the sun is a glow."""
    haze = {"aerosol": round(draw.uniform(rng, 5, 10), 3)}
    return Sky(
        sun_elevation=round(elevation, 4),
        sun_rotation=rotation,
        sun_disc=False,
        air=round(1.0 + 1.2 * draw.uniform(rng, 0, 1), 3),
        **(haze if draw.chance(rng, 0.4) else _clouds(rng, 1.0, elevation)),
    )


def _sunny(rng: np.random.Generator, elevation: float, rotation: float) -> Sky:
    """A clear sky, or one with clouds beside the sun."""
    return Sky(
        sun_elevation=round(elevation, 4),
        sun_rotation=rotation,
        air=round(draw.uniform(rng, 0.7, 1.4), 3),
        aerosol=round(draw.uniform(rng, 0.4, 3.0), 3),
        **(_clouds(rng, draw.uniform(rng, 0.15, 0.7), elevation) if draw.chance(rng, 0.65) else {}),
    )


def _clouds(rng: np.random.Generator, cover: float, elevation: float) -> dict[str, Any]:
    light = cloud_radiance(float(np.degrees(elevation)), overcast=cover == 1.0)
    return {"clouds": round(cover, 3), "cloud_light": rounded_vec3(light), "cloud_seed": draw.integer(rng, 1000)}


def lamp_lights(layout: StreetLayout, hour: str) -> tuple[Lamp, ...]:
    """A light under each near street lamp that is on."""
    if hour not in DARK:
        return ()
    lamps = []
    for item in layout.placements:
        if item.category != "street lamp" or not is_lit(item.model) or abs(item.y) > 70:
            continue
        x, y, z = light_spot(item.model)
        cosine, sine = np.cos(item.yaw), np.sin(item.yaw)
        location = np.array([item.x + cosine * x - sine * y, item.y + sine * x + cosine * y, item.z + z])
        lamps.append(
            Lamp(
                kind="point",
                location=rounded_vec3(location),
                power=60.0 if hour == "night" else 90.0,
                size=0.12,
                color=WARM,
            )
        )
    return tuple(lamps)
