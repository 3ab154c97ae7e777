"""Rays into a built place. Blender's own go through all objects one by one, and there may be thousands."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

import numpy as np
from jaxtyping import Bool, Float64, Int64
from mathutils import Vector

__all__ = ["Hit", "Rays"]

AT_ONCE = 1_000_000  # pairs of a ray and a box that are looked at together: some 100 MB
FEW = 1024  # boxes that are looked at one by one; more go in bunches
BUNCH = 32
Points = Float64[np.ndarray, "n 3"]


@dataclass(frozen=True, slots=True)
class Hit:
    """The first surface along a ray: the thing's number, metres, and its normal's cosine with the ray and z."""

    thing: int
    distance: float
    cosine: float
    up: float


class Rays:
    """Casts rays at the place's objects; at those alone whose boxes they meet, the nearest first."""

    def __init__(self, objects: list[Any], graph: Any) -> None:
        self._objects = [entry.evaluated_get(graph) for entry in objects]
        self._numbers = [entry.pass_index for entry in objects]
        self._inverses = [entry.matrix_world.inverted_safe() for entry in self._objects]
        corners = [[entry.matrix_world @ Vector(corner) for corner in entry.bound_box] for entry in self._objects]
        boxes = np.array(corners, np.float64).reshape(-1, 8, 3)
        self._low, self._high = boxes.min(axis=1) - 1e-4, boxes.max(axis=1) + 1e-4
        self._bunches = _bunches((self._low + self._high) / 2)
        self._outer_low = np.array([self._low[rows].min(axis=0) for rows in self._bunches]).reshape(-1, 3)
        self._outer_high = np.array([self._high[rows].max(axis=0) for rows in self._bunches]).reshape(-1, 3)

    def __call__(self, origin: Float64[np.ndarray, " 3"], directions: Float64[np.ndarray, "n 3"]) -> list[Hit | None]:
        """What each of the rays from one point meets first, None for nothing."""
        ways = directions / np.linalg.norm(directions, axis=1, keepdims=True)
        step = max(1, AT_ONCE // max(1, len(self._bunches)))
        chunks = (ways[start : start + step] for start in range(0, len(ways), step))
        return [found for chunk in chunks for found in self._chunk(origin, chunk)]

    def _chunk(self, origin: Float64[np.ndarray, " 3"], ways: Points) -> Iterator[Hit | None]:
        start = Vector(origin)
        enters, met = _entered(self._outer_low, self._outer_high, origin, ways)
        for way, enter, mine in zip(ways, enters, met, strict=True):
            rows = np.flatnonzero(mine)
            ahead = enter[rows]
            if self._bunches.shape[1] > 1:
                within = np.unique(self._bunches[rows])  # the last bunch is filled up
                (ahead,), (inside,) = _entered(self._low[within], self._high[within], origin, way[None])
                rows, ahead = within[inside], ahead[inside]
            else:
                rows = self._bunches[rows, 0]
            order = np.argsort(ahead, kind="stable")
            yield self._first(start, Vector(way), rows[order].tolist(), ahead[order].tolist())

    def _first(self, start: Any, way: Any, rows: list[int], enters: list[float]) -> Hit | None:
        nearest, found = np.inf, None
        for row, enter in zip(rows, enters, strict=True):
            if enter >= nearest:
                break
            inverse, thing = self._inverses[row], self._objects[row]
            here = inverse @ start
            toward = inverse.to_3x3() @ way
            hit, spot, normal, _ = thing.ray_cast(here, toward)
            # A metre of the ray is as long in the object's axes as this.
            distance = (spot - here).length / max(toward.length, 1e-12) if hit else np.inf
            if distance < nearest:
                nearest, found = distance, (row, normal)
        if found is None:
            return None
        row, normal = found
        facing = (self._inverses[row].to_3x3().transposed() @ normal).normalized()
        return Hit(self._numbers[row], nearest, facing.dot(way), facing.z)


def _bunches(middles: Points) -> Int64[np.ndarray, "b k"]:
    """Rows of boxes that lie together, by the Morton order of their middles; the last bunch repeats its last row."""
    if len(middles) <= FEW:
        return np.arange(len(middles))[:, None]
    low, high = middles.min(axis=0), middles.max(axis=0)
    cell = ((middles - low) / np.maximum(high - low, 1e-9) * 1023).astype(np.int64)
    bits = np.arange(10)
    code = ((cell[:, :, None] >> bits & 1) << (3 * bits + np.arange(3)[:, None])).sum(axis=(1, 2))
    order = np.argsort(code, kind="stable")
    return np.pad(order, (0, -len(order) % BUNCH), mode="edge").reshape(-1, BUNCH)


def _entered(
    low: Float64[np.ndarray, "k 3"], high: Float64[np.ndarray, "k 3"], origin: Float64[np.ndarray, " 3"], ways: Points
) -> tuple[Float64[np.ndarray, "n k"], Bool[np.ndarray, "n k"]]:
    """How far along each ray each box begins, and whether the ray meets it (the slab test)."""
    enter, leave = np.zeros((len(ways), len(low))), np.full((len(ways), len(low)), np.inf)
    with np.errstate(divide="ignore", invalid="ignore"):
        reach = 1 / ways
        for axis in range(3):  # a reduction over the axes takes five times as long
            one = np.multiply.outer(reach[:, axis], low[:, axis] - origin[axis])
            other = np.multiply.outer(reach[:, axis], high[:, axis] - origin[axis])
            np.fmax(enter, np.fmin(one, other), out=enter)
            np.fmin(leave, np.fmax(one, other), out=leave)
    return enter, leave >= enter
