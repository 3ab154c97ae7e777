"""Hikers on the path."""

import numpy as np

from scenes import draw
from scenes.catalog import finished
from scenes.families.terrain.placing import Field, Stand, upright
from scenes.measure import bounds
from scenes.nature.land import slope, trail_field, water_field
from scenes.people.person import make_person

__all__ = ["hikers"]

ROOM = 0.45  # metres round a hiker that are free
NEAR, FAR = 4.0, 24.0


def hikers(rng: np.random.Generator, field: Field, most: int) -> list[Stand]:
    """Up to `most` people who walk along the path, if there is one."""
    if field.land.trail is None or not most:
        return []
    spots = rng.uniform(-FAR, FAR, (1500, 2))
    away = np.linalg.norm(spots, axis=1)
    good = (trail_field(field.land, spots) > 0.12) & (water_field(field.land, spots) < -0.8)
    good &= (away > NEAR) & (away < FAR) & (slope(field.land, spots) < 0.3)
    found: list[Stand] = []
    wanted = draw.integer(rng, 0, most + 1)
    for spot in spots[good]:
        if len(found) >= wanted:
            break
        if not field.clear(spot, ROOM):
            continue
        field.take(spot, ROOM)
        model = finished(make_person(rng, "walk" if draw.chance(rng, 0.8) else "stand", role="hike"))
        yaw = _heading(field, spot) + np.pi / 2 + draw.choice(rng, [0.0, np.pi]) + draw.normal(rng, 0, 0.1)
        height = float(bounds(model).size[2])
        found.append(upright(rng, field.land, model, spot, 0.3, height, sink=0.005, yaw=yaw))
    return found


def _heading(field: Field, spot: np.ndarray) -> float:
    """The direction in which the path goes on: where, two steps away both ways, one is most in its middle."""
    angles = np.linspace(0, np.pi, 24, endpoint=False)
    out = 1.6 * np.stack([np.cos(angles), np.sin(angles)], 1)
    on = np.minimum(trail_field(field.land, spot + out), trail_field(field.land, spot - out))
    return float(angles[int(np.argmax(on))])
