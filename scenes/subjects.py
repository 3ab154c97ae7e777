"""Objects that a camera can frame alone: where their silhouettes lie in an image, and what of them must be in it."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import TypeVar

import numpy as np
from jaxtyping import Bool, Float64, Int64

from encode.formulas.rotation import quaternion_matrix
from scenes import draw
from scenes.framing import half_field, view_axes
from scenes.layout import Layout, Placement
from scenes.measure import part_mesh
from scenes.mesh import Floats
from scenes.quaternions import yaw_quaternion
from scenes.scene import Camera
from scenes.taxonomy import load_taxonomy

__all__ = ["PERSON", "Subject", "draw_subject", "layout_subjects"]

#: The kind of subject that people are, riders too.
PERSON = "person"
_PEOPLE = frozenset({"person", "rider"})

SMALLEST = 0.12  # metres, the largest extent of an object: smaller ones would need a macro lens
PERSON_WEIGHT = 4.0  # how much likelier a person is than another kind of subject
LARGE = 0.6  # metres: kinds of smaller subjects are less likely
_FURNISHING = frozenset({"furniture", "household appliance", "plumbing fixture"})
#: What nobody takes a picture of for its own sake: it is flat or open, hangs overhead or is built in.
_DULL = frozenset(
    {
        "bookshelf", "ceiling lamp", "control cabinet", "countertop", "extractor hood", "fence", "kitchen cabinet",
        "pallet", "pallet rack", "price card", "safety railing", "shelf", "shower", "storage shelving", "street lamp",
        "street tree", "tap", "wall cabinet", "wardrobe", "workbench",
    }
)  # fmt: skip


def _circle(count: int) -> Floats:
    """Unit vectors [2, count] of the plane, evenly round it."""
    angle = np.linspace(0, 2 * np.pi, count, endpoint=False)
    return np.stack([np.cos(angle), np.sin(angle)])


def _sphere(count: int) -> Floats:
    """Unit vectors [3, count], evenly over the sphere: a Fibonacci lattice."""
    k = np.arange(count) + 0.5
    z, angle = 1 - 2 * k / count, np.pi * (1 + np.sqrt(5)) * k
    level = np.sqrt(1 - z**2)
    return np.stack([level * np.cos(angle), level * np.sin(angle), z])


_CIRCLE, _SPHERE = _circle(24), _sphere(64)


@dataclass(frozen=True, eq=False)
class Subject:
    """An object that a camera may frame. number: in its layout; id: in the scene; kind: what it counts as in a draw."""

    placement: Placement
    number: int
    id: int
    kind: str

    @cached_property
    def _parts(self) -> tuple[Floats, Int64[np.ndarray, "parts"]]:
        """Extreme points of all parts in the world [n, 3], metres, and the first of each part."""
        own = [_extremes(part_mesh(part).vertices) for part in self.placement.model.parts]
        starts = np.cumsum([0, *(len(points) for points in own[:-1])])
        return np.concatenate(own) @ self._turn.T + self.placement.location, starts

    @cached_property
    def extent(self) -> float:
        """The largest extent of its box, metres."""
        return _extent(self.placement)

    @property
    def points(self) -> Floats:
        """Extreme points of all parts in the world [n, 3], metres."""
        return self._parts[0]

    @cached_property
    def _turn(self) -> Floats:
        item = self.placement
        return quaternion_matrix(yaw_quaternion(item.yaw) if item.rotation is None else item.rotation)

    @cached_property
    def front(self) -> float:
        """The heading of its front, radians."""
        ahead = self._turn @ np.array([0.0, -1.0, 0.0])
        return float(np.arctan2(ahead[1], ahead[0]))

    def above(self, share: float) -> Floats:
        """Its points [n, 3] in the upper part: without the lower `share` of its height."""
        low, high = self.points[:, 2].min(), self.points[:, 2].max()
        return np.asarray(self.points[self.points[:, 2] >= low + share * (high - low)])

    def from_waist(self) -> Floats:
        """Of a person: the points [n, 3] above the hips, without the thighs of one who sits."""
        hips = [point.at for point in self.placement.model.keypoints if point.name.endswith("hip")]
        if not hips:
            return self.above(0.5)
        waist = float((np.array(hips) @ self._turn.T + self.placement.location)[:, 2].mean())
        top = float(self.points[:, 2].max())
        return np.asarray(self.points[self.points[:, 2] >= waist + 0.12 * (top - waist)])

    def silhouette(self, camera: Camera, grid: Float64[np.ndarray, "rays 2"]) -> Bool[np.ndarray, "rays"]:
        """Which points of an image (`view_grid`) it covers: those within the convex hull of one of its parts."""
        points, starts = self._parts
        reach = np.maximum.reduceat(projected(camera, points) @ _CIRCLE, starts, axis=0)
        along = np.ascontiguousarray((grid @ _CIRCLE).T)  # directions first: a reduction over the last axis is slow
        return np.asarray((along[:, None] <= reach.T[:, :, None]).all(0).any(0))


def projected(camera: Camera, points: Floats) -> Float64[np.ndarray, "n 2"]:
    """Where points of the world [n, 3] lie in an image of the half size 1; roll and shift are left out."""
    ahead, right, up = view_axes(camera)
    way = points - np.array(camera.location)
    depth = np.maximum(way @ ahead, 0.02) * half_field(camera)
    return np.stack([way @ right / depth, way @ up / depth], 1)


def _extremes(vertices: Floats) -> Floats:
    """The vertices [n, 3] that lie farthest out in one of 64 directions."""
    return np.asarray(vertices[np.unique((vertices @ _SPHERE).argmax(0))])


PlacementT = TypeVar("PlacementT", bound=Placement)


def layout_subjects(
    layout: Layout[PlacementT], within: Callable[[PlacementT], bool] = lambda _: True
) -> tuple[Subject, ...]:
    """What cameras may frame of a layout: people, loose objects and furnishings that stay where they are.

    within: whether an object lies where cameras can be.
    """
    known = load_taxonomy()
    covered = {item.support for item in layout.placements if item.category == "tablecloth"}
    return tuple(
        Subject(item, number, layout.id_of(number), PERSON if item.category in _PEOPLE else item.category)
        for number, item in enumerate(layout.placements)
        if item.category not in _DULL
        and number not in covered
        and (known.is_loose(item.category) or known[item.category].supercategory in _FURNISHING)
        and item.body != "dynamic"
        and _extent(item) >= SMALLEST
        and within(item)
    )


def _extent(item: Placement) -> float:
    return float((item.high - item.low).max())


def draw_subject(rng: np.random.Generator, subjects: Sequence[Subject]) -> Subject:
    """One of the subjects: first its kind by weight, however many there are of it, then one of these."""
    weights: dict[str, float] = {}
    for subject in subjects:
        weight = PERSON_WEIGHT if subject.kind == PERSON else min(subject.extent / LARGE, 1.0)
        weights[subject.kind] = max(weight, weights.get(subject.kind, 0.0))
    kinds = sorted(weights)
    kind = kinds[draw.weighted_index(rng, [weights[kind] for kind in kinds])]
    return draw.choice(rng, [subject for subject in subjects if subject.kind == kind])
