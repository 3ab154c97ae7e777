"""Free points on the land, and how an object stands at one: sunk a little, level or along the slope."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from jaxtyping import Float64

from encode.formulas.rotation import quaternion_about, quaternion_product
from scenes.base import Vec4
from scenes.cameras import rounded_vec3
from scenes.layout import CircleCollision, Layout, Placement, circle
from scenes.mesh import Floats
from scenes.model import ObjectSpec
from scenes.nature.land import ground_height, shore_field, slope, trail_field, water_field
from scenes.nature.specs import Land
from scenes.numbering import ObjectNumbering
from scenes.quaternions import spec_quaternion

__all__ = ["LandLayout", "LandPlacement", "contour", "height_at"]

FARTHEST = 64.0  # metres from the origin to the farthest object
STEEPEST = 0.8  # slope of the ground on which objects stand
TRIES = 60  # points tried before an object is left out


@dataclass(frozen=True, eq=False, kw_only=True)
class LandPlacement(Placement):
    """An object on the land at `point`, the unrounded (x, y) of its location; sizes in metres.

    radius: of the circle around its foot that cameras avoid. height: of its model.
    """

    point: Float64[np.ndarray, "2"]
    radius: float
    height: float


@dataclass(frozen=True, eq=False)
class _FreePoints:
    """Points that are not too steep, their distance from the origin, and how far they are within path or water."""

    points: Floats
    away: Floats
    wet: Floats


class LandLayout(Layout[LandPlacement]):
    """Objects on a land: first the ground's surfaces, which carry everything else; circles keep objects apart."""

    def __init__(self, land: Land, grounds: Sequence[ObjectSpec] = ()) -> None:
        super().__init__(collision=CircleCollision(), numbering=ObjectNumbering(per_category=False, hyphens=False))
        self.land = land
        self._points: _FreePoints | None = None
        for model in grounds:
            self.add(LandPlacement(model=model, location=np.zeros(3), point=np.zeros(2), radius=0.0, height=0.0))
        self._grounds = len(self)
        self._base = max((index for index, item in enumerate(self.placements) if _is_base(item.model)), default=-1)

    @property
    def things(self) -> list[LandPlacement]:
        """All placements but the ground's surfaces."""
        return self.placements[self._grounds :]

    def claim_circle(self, point: Floats, radius: float) -> bool:
        """Claim the circle around a point, if it is free."""
        return self.claim(circle(point, radius))

    def free_point(
        self,
        rng: np.random.Generator,
        radius: float,
        near: float,
        far: float,
        *,
        margin: float = 0.3,
        close_to: Floats | None = None,
    ) -> Floats | None:
        """A point between two distances of the origin, off path and water, not too steep; its circle is then taken.

        close_to: a point that it should be near.
        """
        if self._points is None:
            self._points = _draw_points(rng, self.land)
        drawn = self._points
        good = (drawn.away > near) & (drawn.away < far) & (drawn.wet < -(0.8 * radius + margin))
        points = drawn.points[good]
        order = rng.permutation(len(points))
        if close_to is not None:
            order = np.argsort(np.linalg.norm(points - close_to, axis=1) * rng.uniform(0.3, 1.0, len(points)))
        return next((points[k] for k in order[:TRIES] if self.claim_circle(points[k], radius)), None)

    def add_upright(
        self,
        rng: np.random.Generator,
        model: ObjectSpec,
        point: Floats,
        *,
        radius: float,
        height: float,
        sink: float,
        tilt: float = 0.0,
        yaw: float | None = None,
    ) -> None:
        """Add an object standing, turned by `yaw` or at random, tilted by about `tilt` radians, `sink` metres deep."""
        half_yaw, lean, toward = rng.uniform(0, np.pi), tilt * rng.normal(), rng.uniform(0, 2 * np.pi)
        half_yaw = half_yaw if yaw is None else yaw / 2
        about = quaternion_about((0, 0, 1), 2 * half_yaw)
        tip = quaternion_about((float(np.cos(toward)), float(np.sin(toward)), 0), lean)
        z = _lowest(self.land, point, 0.7 * radius) - sink
        self.add_at(model, point, z, spec_quaternion(quaternion_product(tip, about)), radius=radius, height=height)

    def add_along(
        self, model: ObjectSpec, point: Floats, heading: float, *, radius: float, height: float, sink: float
    ) -> None:
        """Add an object along `heading`, its ends, `radius` from its middle, at the height of the ground there."""
        out = np.array([np.cos(heading), np.sin(heading)])
        ends = ground_height(self.land, np.stack([point - radius * out, point + radius * out]))
        pitch = -float(np.arctan2(ends[1] - ends[0], 2 * radius))
        yaw, tip = quaternion_about((0, 0, 1), heading), quaternion_about((0, 1, 0), pitch)
        z = min(float(ends.mean()), height_at(self.land, point)) - sink
        self.add_at(model, point, z, spec_quaternion(quaternion_product(yaw, tip)), radius=radius, height=height)

    def add_at(
        self, model: ObjectSpec, point: Floats, z: float, rotation: Vec4, *, radius: float, height: float
    ) -> None:
        """Add an object with its origin at height `z` (metres), carried by the ground."""
        location = np.array(rounded_vec3(np.array([*point, z])))
        side = np.array([radius, radius, 0.0])
        self.add(
            LandPlacement(
                model=model,
                location=location,
                rotation=rotation,
                support=self._base,
                boxes=np.stack([location - side, location + side + np.array([0.0, 0.0, height])])[None],
                point=point,
                radius=radius,
                height=height,
            )
        )


def _is_base(model: ObjectSpec) -> bool:
    """Whether this is the surface that reaches under everything."""
    shape = model.parts[0].shape
    return shape.kind == "ground" and shape.zone == "base"


def _draw_points(rng: np.random.Generator, land: Land) -> _FreePoints:
    """Some thousands of points judged at once, more to the square metre toward the origin."""
    away = FARTHEST * rng.uniform(0, 1, 5000) ** 0.7
    angles = rng.uniform(0, 2 * np.pi, len(away))
    points = np.stack([away * np.cos(angles), away * np.sin(angles)], 1)
    good = slope(land, points) < STEEPEST
    points, away = points[good], away[good]
    fields = [trail_field(land, points), shore_field(land, points), water_field(land, points)]
    return _FreePoints(points, away, np.max(fields, axis=0))


def height_at(land: Land, point: Floats) -> float:
    """The height of the ground at a point (x, y), metres."""
    return float(ground_height(land, point[None])[0])


def contour(land: Land, point: Floats) -> float:
    """The heading (radians) along which the ground stays level at a point."""
    step = 1.0
    points = point + np.array([(step, 0), (-step, 0), (0, step), (0, -step)])
    east, west, north, south = ground_height(land, points)
    return float(np.arctan2(east - west, -(north - south)) % (2 * np.pi))


def _lowest(land: Land, point: Floats, radius: float) -> float:
    angle = np.linspace(0, 2 * np.pi, 8, endpoint=False)
    around = point + radius * np.stack([np.cos(angle), np.sin(angle)], 1)
    return float(ground_height(land, np.concatenate([point[None], around])).min())
