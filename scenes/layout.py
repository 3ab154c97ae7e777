"""What stands where in a scene, what carries it, and which space is left: one layout for all families.

A family makes a `Placement` for each object and adds it to its `Layout`: as it is (`add`), or only where it fits
(`place`). Two small policy objects say what fits: a `Collision` (which footprints are too close to each other) and a
`Region` (where footprints may lie at all). At the end `Layout.objects` numbers and names the objects.
"""

from collections.abc import Callable, Iterable, Set
from dataclasses import dataclass, field, replace
from typing import Any, Generic, Literal, Protocol, TypeVar

import numpy as np
from jaxtyping import Float64

from scenes.base import Vec3, Vec4
from scenes.framing import Boxes
from scenes.mesh import Floats
from scenes.model import ObjectSpec
from scenes.numbering import ObjectNumbering
from scenes.quaternions import yaw_quaternion
from scenes.scene import SceneObject

__all__ = [
    "NOTHING",
    "Anywhere",
    "BoxRegion",
    "CircleCollision",
    "Collision",
    "ConvexRegion",
    "ExtentCollision",
    "Layout",
    "Placement",
    "Region",
    "circle",
    "outline_extents",
    "stacked_boxes",
]

#: The support of what nothing carries.
NOTHING = -1

_ANGLES = np.linspace(0, np.pi, 32, endpoint=False)
_DIRECTIONS = np.stack([np.cos(_ANGLES), np.sin(_ANGLES)], 1)


@dataclass(frozen=True, eq=False, kw_only=True)
class Placement:
    """An object in place: its model's origin lies at `location` (metres).

    yaw: turn about z, radians. rotation: unit quaternion (w, x, y, z) instead of it, for what is tilted.
    support: the number, in its layout, of the placement that carries it, or `NOTHING`.
    boxes: upright boxes in the world that hold it [p, 2, 3] (low, high), metres: one, or one for each of its parts.
    body, collision, mass: as in `SceneObject`.
    """

    model: ObjectSpec
    location: Float64[np.ndarray, "3"]
    yaw: float = 0.0
    rotation: Vec4 | None = None
    support: int = NOTHING
    boxes: Float64[np.ndarray, "p 2 3"] = field(default_factory=lambda: np.zeros((0, 2, 3)))
    body: Literal["dynamic", "passive", "fixed"] = "fixed"
    collision: Literal["hull", "vessel"] = "hull"
    mass: float = 1.0

    @property
    def category(self) -> str:
        """The category of its model."""
        return self.model.category

    @property
    def x(self) -> float:
        """The location's x, metres."""
        return float(self.location[0])

    @property
    def y(self) -> float:
        """The location's y, metres."""
        return float(self.location[1])

    @property
    def z(self) -> float:
        """The location's z, metres."""
        return float(self.location[2])

    @property
    def low(self) -> Float64[np.ndarray, "3"]:
        """The lowest corner of all its boxes, metres."""
        return np.asarray(self.boxes[:, 0].min(0))

    @property
    def high(self) -> Float64[np.ndarray, "3"]:
        """The highest corner of all its boxes, metres."""
        return np.asarray(self.boxes[:, 1].max(0))

    @property
    def center(self) -> Float64[np.ndarray, "3"]:
        """The middle between `low` and `high`, metres."""
        return np.asarray((self.low + self.high) / 2)


class Collision(Protocol):
    """Says when a footprint is too close to others. Footprints are arrays, of which the first axis may grow."""

    def meets(self, footprint: Floats, others: Floats, clearance: float) -> bool:
        """Whether the footprint is nearer than `clearance` metres to any of the others [n, ...]."""
        ...


@dataclass(frozen=True)
class ExtentCollision:
    """Footprints as extents along k directions [p, 2, k] (low, high), metres, of p convex pieces.

    Two pieces are apart where they are so along one direction at least. The three axes give upright boxes
    (`Placement.boxes`), the first two axes give boxes seen from above, `outline_extents` 32 directions of the plane.
    """

    def meets(self, footprint: Floats, others: Floats, clearance: float) -> bool:
        """Whether a piece is nearer than `clearance` to another; a negative clearance lets them overlap so much."""
        if not len(others):
            return False
        apart = np.maximum(footprint[:, None, 0] - others[None, :, 1], others[None, :, 0] - footprint[:, None, 1])
        return bool((apart.max(-1) < clearance).any())


@dataclass(frozen=True)
class CircleCollision:
    """Footprints as circles on the ground [p, 3]: x, y, radius, metres (`circle`)."""

    def meets(self, footprint: Floats, others: Floats, clearance: float) -> bool:
        """Whether two circles touch or are nearer than `clearance`."""
        if not len(others):
            return False
        away = np.hypot(footprint[:, None, 0] - others[None, :, 0], footprint[:, None, 1] - others[None, :, 1])
        return bool((away <= others[None, :, 2] + footprint[:, None, 2] + clearance).any())


class Region(Protocol):
    """Says where footprints may lie at all."""

    def holds(self, footprint: Floats) -> bool:
        """Whether all of the footprint lies inside."""
        ...


@dataclass(frozen=True)
class Anywhere:
    """The region without bounds."""

    def holds(self, footprint: Floats) -> bool:
        """Always true."""
        return True


@dataclass(frozen=True, eq=False)
class BoxRegion:
    """For extents [p, 2, k]: from `low` to `high` [k] along each direction, metres."""

    low: Floats
    high: Floats

    def holds(self, footprint: Floats) -> bool:
        """Whether all pieces lie between low and high; touching the bounds is inside."""
        return not bool(np.any(footprint[:, 0] < self.low) or np.any(footprint[:, 1] > self.high))


@dataclass(frozen=True, eq=False)
class ConvexRegion:
    """For points of the plane [n, 2]: the inside of a convex `outline` [m, 2], counter-clockwise, metres."""

    outline: Floats

    def holds(self, footprint: Floats) -> bool:
        """Whether all points lie inside, none on the outline."""
        side = np.roll(self.outline, -1, 0) - self.outline
        offset = footprint[:, None] - self.outline[None]
        return bool(np.all(side[None, :, 0] * offset[..., 1] - side[None, :, 1] * offset[..., 0] > 0))


def circle(center: Float64[np.ndarray, "2"], radius: float) -> Float64[np.ndarray, "1 3"]:
    """The footprint for `CircleCollision` of a circle round a point, metres."""
    return np.array([[center[0], center[1], radius]], np.float64)


def outline_extents(outline: Float64[np.ndarray, "n 2"], margin: float = 0.0) -> Float64[np.ndarray, "1 2 32"]:
    """The footprint for `ExtentCollision` of a convex outline with `margin` metres round it: along 32 directions."""
    along = outline @ _DIRECTIONS.T
    return np.stack([along.min(0) - margin, along.max(0) + margin])[None]


PlacementT = TypeVar("PlacementT", bound=Placement)


@dataclass(eq=False)
class Layout(Generic[PlacementT]):
    """Placements by number (from 0, in the order in which they were added), and the footprints that are taken.

    collision, region: the policies by which `fits` and `place` judge.
    clearance: metres that footprints keep from each other unless a call says otherwise; negative lets them overlap.
    decimals: digits to which locations are rounded in the scene. numbering: gives the objects' ids and names.
    base_id: the id of an object outside this layout that carries what has no support in it; 0 for none.
    """

    collision: Collision = field(default_factory=ExtentCollision)
    region: Region = field(default_factory=Anywhere)
    clearance: float = 0.0
    decimals: int = 4
    numbering: ObjectNumbering = field(default_factory=ObjectNumbering)
    base_id: int = 0
    placements: list[PlacementT] = field(default_factory=list)
    _numbers: list[tuple[int, str]] = field(default_factory=list)
    _taken: Floats | None = None
    _owners: Floats = field(default_factory=lambda: np.zeros(0, np.int64))
    _reserved: list[Floats] = field(default_factory=list)

    def __getitem__(self, number: int) -> PlacementT:
        return self.placements[number]

    def __len__(self) -> int:
        return len(self.placements)

    def add(self, placement: PlacementT, footprint: Floats | None = None) -> int:
        """Take a placement as it is, and its footprint, if one is given, as taken. Returns its number."""
        self.placements.append(placement)
        self._numbers.append(self.numbering.number(placement.category))
        number = len(self.placements) - 1
        if footprint is not None:
            self.occupy(footprint, number)
        return number

    def place(
        self, placement: PlacementT, footprint: Floats | None = None, *, clearance: float | None = None
    ) -> int | None:
        """Add a placement where its footprint (its boxes, if none is given) fits; its number, or None."""
        shape = placement.boxes if footprint is None else footprint
        return self.add(placement, shape) if self.fits(shape, clearance=clearance) else None

    def claim(self, footprint: Floats, *, clearance: float | None = None) -> bool:
        """Take a footprint for something that is not added, or not yet, if it fits; whether it did."""
        if not self.fits(footprint, clearance=clearance):
            return False
        self.occupy(footprint)
        return True

    def append(self, other: "Layout[PlacementT]", base: int = NOTHING) -> None:
        """Add all placements of another layout, without their footprints; `base` carries those without a support."""
        start = len(self)
        for item in other.placements:
            self.add(replace(item, support=base if item.support == NOTHING else start + item.support))

    def fits(
        self,
        footprint: Floats,
        *,
        clearance: float | None = None,
        ignore: Set[int] = frozenset(),
        reserved: bool = True,
    ) -> bool:
        """Whether a footprint lies in the region, clear of all that is taken and, if asked for, of what is reserved.

        ignore: numbers of placements that it may meet.
        """
        if not self.region.holds(footprint):
            return False
        gap = self.clearance if clearance is None else clearance
        if self._taken is not None:
            others = self._taken[~np.isin(self._owners, sorted(ignore))] if ignore else self._taken
            if self.collision.meets(footprint, others, gap):
                return False
        return not (
            reserved and self._reserved and self.collision.meets(footprint, np.concatenate(self._reserved), gap)
        )

    def occupy(self, footprint: Floats, owner: int = NOTHING) -> None:
        """Take a footprint, fitting or not; `owner` is the number of the placement that takes it."""
        self._taken = footprint if self._taken is None else np.concatenate([self._taken, footprint])
        self._owners = np.concatenate([self._owners, np.full(len(footprint), owner)])

    def reserve(self, footprint: Floats) -> None:
        """Keep a footprint free of what comes later, unless that is placed with `reserved=False`."""
        self._reserved.append(footprint)

    def release(self) -> None:
        """Give up what was reserved last."""
        self._reserved.pop()

    def change(self, number: int, **changes: Any) -> PlacementT:
        """Replace some fields of a placement; what it takes stays the same. Returns the new placement."""
        self.placements[number] = replace(self.placements[number], **changes)
        return self.placements[number]

    def move(self, number: int, placement: PlacementT, footprint: Floats) -> None:
        """Replace a placement by another, whose footprint has as many pieces."""
        self.placements[number] = placement
        self._taken[self._owners == number] = footprint  # type: ignore[index]

    @property
    def taken(self) -> Floats:
        """All footprints that are taken, one after another; there is at least one."""
        return self._taken if self._taken is not None else np.zeros(0)

    def skip_number(self) -> None:
        """Leave out the next id: for an object that did not fit."""
        self.numbering.skip()

    def of(self, *categories: str) -> list[int]:
        """The numbers of all placements of these categories, in order."""
        return [number for number, item in enumerate(self.placements) if item.category in categories]

    def first(self, category: str) -> int:
        """The number of the first placement of a category, or `NOTHING`."""
        return next(iter(self.of(category)), NOTHING)

    def last(self, category: str) -> int:
        """The number of the last placement of a category, or `NOTHING`."""
        return next(reversed(self.of(category)), NOTHING)

    def boxes(self, shown: Callable[[PlacementT], bool] = lambda _: True) -> Boxes:
        """The boxes of the placements that are `shown`; their owners are the placements' numbers."""
        chosen = [number for number, item in enumerate(self.placements) if shown(item)]
        return stacked_boxes((number, self.placements[number].boxes) for number in chosen)

    def whole_boxes(self, shown: Callable[[PlacementT], bool] = lambda _: True) -> Boxes:
        """The same, but one box round each placement: what lies under a table or between shelves is inside."""
        chosen = [number for number, item in enumerate(self.placements) if shown(item)]
        ends = ((number, self.placements[number]) for number in chosen)
        return stacked_boxes((number, np.stack([item.low, item.high])[None]) for number, item in ends)

    def id_of(self, number: int) -> int:
        """The id that a placement has in the scene; `base_id` for `NOTHING`."""
        return self._numbers[number][0] if number >= 0 else self.base_id

    def objects(self) -> tuple[SceneObject, ...]:
        """The placements as the scene's objects, in order."""
        return tuple(self._object(number) for number in range(len(self.placements)))

    def _object(self, number: int) -> SceneObject:
        item = self.placements[number]
        identity, name = self._numbers[number]
        return SceneObject(
            id=identity,
            name=name,
            model=item.model,
            location=self._rounded(item.location),
            rotation=yaw_quaternion(item.yaw) if item.rotation is None else item.rotation,
            body=item.body,
            collision=item.collision,
            mass=item.mass,
            supported_by=self.id_of(item.support),
        )

    def _rounded(self, location: Floats) -> Vec3:
        x, y, z = (round(float(value), self.decimals) for value in location)
        return x, y, z


def stacked_boxes(owned: Iterable[tuple[int, Floats]]) -> Boxes:
    """One `Boxes` of the boxes [p, 2, 3] of many owners."""
    pairs = list(owned)
    every = np.concatenate([np.zeros((0, 2, 3)), *(boxes for _, boxes in pairs)])
    owner = np.repeat(np.array([number for number, _ in pairs], np.int64), [len(boxes) for _, boxes in pairs])
    return Boxes(every[:, 0], every[:, 1], owner)
