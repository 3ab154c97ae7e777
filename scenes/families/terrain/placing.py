"""Free places on the land, and how a thing stands in one: sunk a little, level or along the slope."""

import math
from dataclasses import dataclass, field

import numpy as np

from encode.formulas.rotation import quaternion_about, quaternion_product
from scenes import draw
from scenes.base import Vec3, Vec4
from scenes.cameras import triple
from scenes.mesh import Floats
from scenes.model import ObjectSpec
from scenes.nature.land import ground_height, shore_field, slope, trail_field, water_field
from scenes.nature.specs import Land
from scenes.quaternions import spec_quaternion

__all__ = ["Field", "Stand", "along", "contour", "ground_at", "upright"]

POOL_REACH = 64.0  # metres from the origin to the farthest thing


@dataclass(frozen=True, eq=False)
class Stand:
    """A thing in its place; `radius` of the circle round its foot that nothing else enters."""

    model: ObjectSpec
    spot: Floats
    location: Vec3
    rotation: Vec4
    radius: float
    height: float


@dataclass(frozen=True, eq=False)
class Pool:
    """Spots that are not too steep, their distance from the origin, and how far they are within path or water."""

    spots: Floats
    away: Floats
    wet: Floats


def _pool(rng: np.random.Generator, land: Land) -> Pool:
    """Some thousands of spots judged at once, more to the square metre toward the origin."""
    away = POOL_REACH * rng.uniform(0, 1, 5000) ** 0.7
    turn = rng.uniform(0, 2 * np.pi, len(away))
    spots = np.stack([away * np.cos(turn), away * np.sin(turn)], 1)
    good = slope(land, spots) < 0.8
    spots, away = spots[good], away[good]
    fields = [trail_field(land, spots), shore_field(land, spots), water_field(land, spots)]
    return Pool(spots, away, np.max(fields, axis=0))


@dataclass(eq=False)
class Field:
    """The land and the circles that are taken on it."""

    land: Land
    taken: list[tuple[float, float, float]] = field(default_factory=list)
    pool: Pool | None = None

    def free(
        self,
        rng: np.random.Generator,
        radius: float,
        near: float,
        far: float,
        *,
        margin: float = 0.3,
        close_to: Floats | None = None,
    ) -> Floats | None:
        """A spot between two distances of the origin, off path and water, not too steep; it is then taken.

        close_to: a spot that it should stand by, as near as there is room.
        """
        if self.pool is None:
            self.pool = _pool(rng, self.land)
        pool = self.pool
        good = (pool.away > near) & (pool.away < far) & (pool.wet < -(0.8 * radius + margin))
        spots = pool.spots[good]
        order = rng.permutation(len(spots))
        if close_to is not None:
            order = np.argsort(np.linalg.norm(spots - close_to, axis=1) * rng.uniform(0.3, 1.0, len(spots)))
        for k in order[:60]:
            if self.clear(spots[k], radius):
                return self.take(spots[k], radius)
        return None

    def clear(self, spot: Floats, radius: float) -> bool:
        return all(math.hypot(x - spot[0], y - spot[1]) > r + radius for x, y, r in self.taken)

    def take(self, spot: Floats, radius: float) -> Floats:
        self.taken.append((float(spot[0]), float(spot[1]), radius))
        return spot


def ground_at(land: Land, spot: Floats) -> float:
    return float(ground_height(land, spot[None])[0])


def upright(
    rng: np.random.Generator,
    land: Land,
    model: ObjectSpec,
    spot: Floats,
    radius: float,
    height: float,
    *,
    sink: float,
    tilt: float = 0.0,
    yaw: float | None = None,
) -> Stand:
    """Standing, turned by `yaw` or at random and tilted by about `tilt` radians, `sink` metres in the ground."""
    turn, lean, toward = draw.uniform(rng, 0, np.pi), tilt * draw.normal(rng), draw.uniform(rng, 0, 2 * np.pi)
    turn = turn if yaw is None else yaw / 2
    about = quaternion_about((0, 0, 1), 2 * turn)
    tip = quaternion_about((float(np.cos(toward)), float(np.sin(toward)), 0), lean)
    low = _lowest(land, spot, 0.7 * radius)
    return Stand(
        model,
        spot,
        triple(np.array([*spot, low - sink])),
        spec_quaternion(quaternion_product(tip, about)),
        radius,
        height,
    )


def along(
    land: Land, model: ObjectSpec, spot: Floats, heading: float, half: float, height: float, *, sink: float
) -> Stand:
    """Lying or standing along `heading`, its ends at the height of the ground there."""
    out = np.array([np.cos(heading), np.sin(heading)])
    ends = ground_height(land, np.stack([spot - half * out, spot + half * out]))
    pitch = -float(np.arctan2(ends[1] - ends[0], 2 * half))
    yaw, tip = quaternion_about((0, 0, 1), heading), quaternion_about((0, 1, 0), pitch)
    z = min(float(ends.mean()), ground_at(land, spot)) - sink
    return Stand(model, spot, triple(np.array([*spot, z])), spec_quaternion(quaternion_product(yaw, tip)), half, height)


def contour(land: Land, spot: Floats) -> float:
    """The heading along which the ground stays level."""
    step = 1.0
    points = spot + np.array([(step, 0), (-step, 0), (0, step), (0, -step)])
    east, west, north, south = ground_height(land, points)
    return float(np.arctan2(east - west, -(north - south)) % (2 * np.pi))


def _lowest(land: Land, spot: Floats, radius: float) -> float:
    angle = np.linspace(0, 2 * np.pi, 8, endpoint=False)
    around = spot + radius * np.stack([np.cos(angle), np.sin(angle)], 1)
    return float(ground_height(land, np.concatenate([spot[None], around])).min())
