"""Hikers on the path."""

import numpy as np

from scenes import draw
from scenes.catalog import finished
from scenes.families.terrain.placement import LandLayout
from scenes.measure import bounds
from scenes.mesh import Floats
from scenes.nature.land import slope, trail_field, water_field
from scenes.nature.specs import Land
from scenes.people.person import make_person

__all__ = ["add_hikers"]

ROOM = 0.45  # metres of free space around a hiker
NEAR, FAR = 4.0, 24.0


def add_hikers(rng: np.random.Generator, layout: LandLayout, most: int) -> None:
    """Add up to `most` people who walk along the path, if there is one."""
    land = layout.land
    if land.trail is None or not most:
        return
    points = rng.uniform(-FAR, FAR, (1500, 2))
    away = np.linalg.norm(points, axis=1)
    good = (trail_field(land, points) > 0.12) & (water_field(land, points) < -0.8)
    good &= (away > NEAR) & (away < FAR) & (slope(land, points) < 0.3)
    wanted = draw.integer(rng, 0, most + 1)
    for point in points[good]:
        if not wanted:
            break
        if not layout.claim_circle(point, ROOM):
            continue
        model = finished(make_person(rng, "walk" if draw.chance(rng, 0.8) else "stand", role="hike"))
        yaw = _heading(land, point) + np.pi / 2 + draw.choice(rng, [0.0, np.pi]) + draw.normal(rng, 0, 0.1)
        height = float(bounds(model).size[2])
        layout.add_upright(rng, model, point, radius=0.3, height=height, sink=0.005, yaw=yaw)
        wanted -= 1


def _heading(land: Land, point: Floats) -> float:
    """The direction of the path: the one in which points two steps away on both sides lie nearest to its middle."""
    angles = np.linspace(0, np.pi, 24, endpoint=False)
    out = 1.6 * np.stack([np.cos(angles), np.sin(angles)], 1)
    on = np.minimum(trail_field(land, point + out), trail_field(land, point - out))
    return float(angles[int(np.argmax(on))])
