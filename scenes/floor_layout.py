"""The layout of one storey: a rectangular floor, the walls round it, and what stands on it: halls and shops alike."""

from collections.abc import Callable
from dataclasses import dataclass
from functools import lru_cache
from typing import Any, Literal, get_args

import numpy as np

from scenes import draw
from scenes.layout import NOTHING, Layout, Placement
from scenes.measure import Bounds, euler_matrix, footprint, model_bounds, part_mesh, turned_box
from scenes.mesh import Floats
from scenes.model import ObjectSpec
from scenes.part_boxes import moved
from scenes.shapes import Box, Cylinder

__all__ = ["SIDES", "TOUCH", "FloorArea", "FloorLayout", "FloorPose", "FloorRectangle", "Side"]

TOUCH = 0.0004  # metres between an object and its support: no two surfaces in one plane
FLAT = 0.02  # metres over the ground: lower objects are flat, and others stand on them

Side = Literal["north", "east", "south", "west"]
SIDES: tuple[Side, ...] = get_args(Side)
_YAW: dict[Side, float] = {"north": 0.0, "east": -np.pi / 2, "south": np.pi, "west": np.pi / 2}


@dataclass(frozen=True)
class FloorPose:
    """Where something stands on the floor: the origin of its model (metres) and its yaw (radians)."""

    x: float
    y: float
    yaw: float

    def world(self, u: float, v: float) -> tuple[float, float]:
        """The point (u, v) of the object's own axes in the scene's axes, metres."""
        cosine, sine = np.cos(self.yaw), np.sin(self.yaw)
        return float(self.x + u * cosine - v * sine), float(self.y + u * sine + v * cosine)

    def moved(self, u: float, v: float) -> "FloorPose":
        """A pose of the same yaw at the point (u, v) of the object's own axes."""
        return FloorPose(*self.world(u, v), self.yaw)


@dataclass(frozen=True)
class FloorRectangle:
    """A rectangle on the floor along its axes: x from `left` to `right`, y from `front` to `back`, metres."""

    left: float
    front: float
    right: float
    back: float

    @property
    def width(self) -> float:
        """Its extent along x, metres."""
        return self.right - self.left

    @property
    def depth(self) -> float:
        """Its extent along y, metres."""
        return self.back - self.front

    def random_point(self, rng: np.random.Generator) -> tuple[float, float]:
        """A point in it, all equally likely; x is drawn before y."""
        return draw.uniform(rng, self.left, self.right), draw.uniform(rng, self.front, self.back)


@dataclass(eq=False)
class FloorArea:
    """A floor of `x` by `y` metres about the origin, at z = 0, with `z` metres of height over it."""

    x: float
    y: float
    z: float

    def inset(
        self, left: float, front: float | None = None, right: float | None = None, back: float | None = None
    ) -> FloorRectangle:
        """The floor without margins (metres) along its edges; those not given are as wide as the left one."""
        front, right, back = (left if margin is None else margin for margin in (front, right, back))
        return FloorRectangle(-self.x / 2 + left, -self.y / 2 + front, self.x / 2 - right, self.y / 2 - back)

    def length(self, side: Side) -> float:
        """The length of a wall, metres."""
        return self.x if side in ("north", "south") else self.y

    def at(self, side: Side, s: float, away: float) -> tuple[float, float, float]:
        """(x, y, yaw) of an object with its back to a wall, `s` along the wall and `away` from it."""
        yaw = _YAW[side]
        depth = (self.y if side in ("north", "south") else self.x) / 2 - away
        cosine, sine = np.cos(yaw), np.sin(yaw)
        return float(s * cosine - depth * sine), float(s * sine + depth * cosine), yaw

    def against(self, side: Side, s: float, away: float = 0.01) -> FloorPose:
        """The same as a pose."""
        return FloorPose(*self.at(side, s, away))


class FloorLayout(Layout[Placement]):
    """Objects over a floor at z = 0. Their footprints are upright boxes, in three dimensions."""

    @property
    def part_count(self) -> int:
        """How many parts all models have together: what a scene costs to write and to build."""
        return sum(len(item.model.parts) for item in self.placements)

    def put(
        self, model: ObjectSpec, x: float, y: float, z: float, yaw: float = 0.0, *, on: int = NOTHING, **rest: Any
    ) -> int:
        """Add a model with its own z = 0 at height `z` (metres), supported by the placement `on`; its index.

        It takes the box around its turned model. rest: other fields of `Placement`.
        """
        location = self._location(x, y, z)
        boxes = (turned_box(model, yaw) + location)[None]
        return self.add(Placement(model=model, location=location, yaw=yaw, support=on, boxes=boxes, **rest), boxes)

    def put_on(self, support: int, model: ObjectSpec, x: float, y: float, yaw: float = 0.0) -> int:
        """Add a model on top of another placement's box; its index."""
        return self.put(model, x, y, float(self[support].high[2]) + TOUCH, yaw, on=support)

    def put_fixture(self, model: ObjectSpec, pose: FloorPose, z: float = 0.0, *, on: int = NOTHING) -> int:
        """Like `put`, but it takes the boxes of its boards and posts alone: the space between shelves stays free."""
        location = self._location(pose.x, pose.y, z)
        boxes = moved(_solid_boxes(model), location, euler_matrix((0.0, 0.0, pose.yaw)))
        return self.add(Placement(model=model, location=location, yaw=pose.yaw, support=on, boxes=boxes), boxes)

    def put_goods(self, model: ObjectSpec, x: float, y: float, z: float, yaw: float = 0.0, *, on: int = NOTHING) -> int:
        """Like `put`, for what lies on a fixture or out of everybody's way: it takes no space."""
        location = self._location(x, y, z)
        boxes = (_outline_box(model, yaw) + location)[None]
        return self.add(Placement(model=model, location=location, yaw=yaw, support=on, boxes=boxes))

    def stand(self, model: ObjectSpec, pose: FloorPose, *, on: int, gap: float = 0.06) -> int | None:
        """Put a model on the floor if it is free there (`is_free`); its index, or None."""
        if not self.is_free(model, pose.x, pose.y, pose.yaw, gap=gap):
            return None
        return self.put(model, pose.x, pose.y, TOUCH, pose.yaw, on=on)

    def stand_somewhere(
        self, model: ObjectSpec, draw_pose: Callable[[], FloorPose], *, on: int, gap: float = 0.06, tries: int = 14
    ) -> int | None:
        """`stand` at the first of at most `tries` drawn poses that is free."""
        for _ in range(tries):
            added = self.stand(model, draw_pose(), on=on, gap=gap)
            if added is not None:
                return added
        return None

    def is_free(self, model: ObjectSpec, x: float, y: float, yaw: float, *, z: float = 0.0, gap: float = 0.06) -> bool:
        """Whether the model's box with `gap` metres beside it is free, flat objects under it aside."""
        low, high = turned_box(model, yaw)
        return self.is_clear(low + np.array([x - gap, y - gap, z + FLAT]), high + np.array([x + gap, y + gap, z]))

    def is_clear(self, low: Floats, high: Floats) -> bool:
        """Whether the box from `low` to `high` (metres) is free."""
        return self.fits(np.stack([low, high])[None])

    def _location(self, x: float, y: float, z: float) -> Floats:
        return np.array([round(float(value), self.decimals) for value in (x, y, z)])


@lru_cache(maxsize=256)
def _solid_boxes(model: ObjectSpec) -> Floats:
    """Boxes [p, 2, 3] of the parts that are boxes or posts, else of the model."""
    solid = [part_mesh(part).box for part in model.parts if isinstance(part.shape, Box | Cylinder)]
    return np.array(solid or [(model_bounds(model).low, model_bounds(model).high)])


@lru_cache(maxsize=512)
def _outline(model: ObjectSpec) -> tuple[Floats, Bounds]:
    return footprint(model), model_bounds(model)


def _outline_box(model: ObjectSpec, yaw: float) -> Floats:
    """`turned_box` from the model's outline: up to 0.2 % too small, and quick for hundreds of the same goods."""
    cosine, sine = np.cos(yaw), np.sin(yaw)
    outline, whole = _outline(model)
    points = outline @ np.array([[cosine, sine], [-sine, cosine]])
    return np.array([[*points.min(0), whole.low[2]], [*points.max(0), whole.high[2]]])
