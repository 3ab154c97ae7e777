"""Rays cast at many objects. Blender's own ray cast tries all objects one by one, and there may be thousands."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

import numpy as np
from jaxtyping import Bool, Float64, Int64
from mathutils import Vector

__all__ = ["Hit", "Rays"]

AT_ONCE = 1_000_000  # pairs of a ray and a box that are tested together: some 100 MB
ONE_BY_ONE = 1024  # boxes that are tested one by one; more are tested in bunches
BUNCH = 32
Points = Float64[np.ndarray, "n 3"]


@dataclass(frozen=True, slots=True)
class Hit:
    """The first surface along a ray.

    pass_index: of the object. distance: metres. cosine: of the geometric normal with the ray. up: its z component.
    """

    pass_index: int
    distance: float
    cosine: float
    up: float


class Rays:
    """Casts rays at Blender objects, only at those whose boxes they meet, the nearest first."""

    def __init__(self, objects: list[Any], graph: Any) -> None:
        self._objects = [obj.evaluated_get(graph) for obj in objects]
        self._numbers = [obj.pass_index for obj in objects]
        self._inverses = [obj.matrix_world.inverted_safe() for obj in self._objects]
        corners = [[obj.matrix_world @ Vector(corner) for corner in obj.bound_box] for obj in self._objects]
        boxes = np.array(corners, np.float64).reshape(-1, 8, 3)
        self._low, self._high = boxes.min(axis=1) - 1e-4, boxes.max(axis=1) + 1e-4
        self._bunches = _bunches((self._low + self._high) / 2)
        self._outer_low = np.array([self._low[rows].min(axis=0) for rows in self._bunches]).reshape(-1, 3)
        self._outer_high = np.array([self._high[rows].max(axis=0) for rows in self._bunches]).reshape(-1, 3)

    def __call__(self, origin: Float64[np.ndarray, " 3"], directions: Float64[np.ndarray, "n 3"]) -> list[Hit | None]:
        """What each of the rays from one point (world axes, metres) meets first, None for nothing."""
        rays = directions / np.linalg.norm(directions, axis=1, keepdims=True)
        step = max(1, AT_ONCE // max(1, len(self._bunches)))
        chunks = (rays[start : start + step] for start in range(0, len(rays), step))
        return [found for chunk in chunks for found in self._chunk(origin, chunk)]

    def _chunk(self, origin: Float64[np.ndarray, " 3"], rays: Points) -> Iterator[Hit | None]:
        start = Vector(origin)
        enters, met = _entered(self._outer_low, self._outer_high, origin, rays)
        for ray, enter, meets in zip(rays, enters, met, strict=True):
            rows = np.flatnonzero(meets)
            entries = enter[rows]
            if self._bunches.shape[1] > 1:
                within = np.unique(self._bunches[rows])  # the last bunch is filled up
                (entries,), (inside,) = _entered(self._low[within], self._high[within], origin, ray[None])
                rows, entries = within[inside], entries[inside]
            else:
                rows = self._bunches[rows, 0]
            order = np.argsort(entries, kind="stable")
            yield self._first(start, Vector(ray), rows[order].tolist(), entries[order].tolist())

    def _first(self, start: Any, ray: Any, rows: list[int], enters: list[float]) -> Hit | None:
        nearest, hit = np.inf, None
        for row, enter in zip(rows, enters, strict=True):
            if enter >= nearest:
                break
            inverse, obj = self._inverses[row], self._objects[row]
            local_start = inverse @ start
            local_ray = inverse.to_3x3() @ ray
            is_hit, position, normal, _ = obj.ray_cast(local_start, local_ray)
            # A metre of the ray is as long in the object's axes as this.
            distance = (position - local_start).length / max(local_ray.length, 1e-12) if is_hit else np.inf
            if distance < nearest:
                nearest, hit = distance, (row, normal)
        if hit is None:
            return None
        row, normal = hit
        facing = (self._inverses[row].to_3x3().transposed() @ normal).normalized()
        return Hit(self._numbers[row], nearest, facing.dot(ray), facing.z)


def _bunches(middles: Points) -> Int64[np.ndarray, "b k"]:
    """Rows of boxes that lie together, by the Morton order of their middles; the last bunch repeats its last row."""
    if len(middles) <= ONE_BY_ONE:
        return np.arange(len(middles))[:, None]
    low, high = middles.min(axis=0), middles.max(axis=0)
    cell = ((middles - low) / np.maximum(high - low, 1e-9) * 1023).astype(np.int64)
    bits = np.arange(10)
    code = ((cell[:, :, None] >> bits & 1) << (3 * bits + np.arange(3)[:, None])).sum(axis=(1, 2))
    order = np.argsort(code, kind="stable")
    return np.pad(order, (0, -len(order) % BUNCH), mode="edge").reshape(-1, BUNCH)


def _entered(
    low: Float64[np.ndarray, "k 3"], high: Float64[np.ndarray, "k 3"], origin: Float64[np.ndarray, " 3"], rays: Points
) -> tuple[Float64[np.ndarray, "n k"], Bool[np.ndarray, "n k"]]:
    """How far along each ray each box begins, and whether the ray meets it (the slab test)."""
    enter, leave = np.zeros((len(rays), len(low))), np.full((len(rays), len(low)), np.inf)
    with np.errstate(divide="ignore", invalid="ignore"):
        reach = 1 / rays
        for axis in range(3):  # a reduction over the axes takes five times as long
            one = np.multiply.outer(reach[:, axis], low[:, axis] - origin[axis])
            other = np.multiply.outer(reach[:, axis], high[:, axis] - origin[axis])
            np.fmax(enter, np.fmin(one, other), out=enter)
            np.fmin(leave, np.fmax(one, other), out=leave)
    return enter, leave >= enter
