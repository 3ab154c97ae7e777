"""A coarse preview of what a camera would show, by a grid of rays cast against boxes: to choose among many cameras."""

from dataclasses import dataclass

import numpy as np
from jaxtyping import Bool, Float64, Int64

from scenes.mesh import Floats
from scenes.scene import Camera

__all__ = ["Boxes", "Preview", "half_field", "preview", "view_axes", "view_grid", "view_rays"]

COLUMNS, ROWS = 14, 10


@dataclass(frozen=True, eq=False)
class Boxes:
    """Upright boxes in the world (metres), each with the number of what it belongs to."""

    low: Float64[np.ndarray, "n 3"]
    high: Float64[np.ndarray, "n 3"]
    owner: Int64[np.ndarray, "n"]

    def distance_to(self, point: Float64[np.ndarray, "3"]) -> float:
        """Metres from a point to the nearest box, 0 inside one."""
        gaps = np.maximum(np.maximum(self.low - point, point - self.high), 0)
        return float(np.linalg.norm(gaps, axis=1).min(initial=np.inf))

    def hides(self, point: Float64[np.ndarray, "3"], ends: Float64[np.ndarray, "m 3"]) -> Bool[np.ndarray, "m"]:
        """Whether a box lies across the straight way from a point to each of the ends."""
        enter, leave = _slabs(point, ends - point, self)
        return np.asarray(((enter <= leave) & (leave > 0) & (enter < 1)).any(1))


@dataclass(frozen=True, eq=False)
class Preview:
    """The first box along each ray of a view: its owner, or -1, and its distance in metres, or infinity."""

    rays: Float64[np.ndarray, "rays 3"]
    owner: Int64[np.ndarray, "rays"]
    distance: Float64[np.ndarray, "rays"]

    def shares(self) -> dict[int, float]:
        """The share of the view that each owner in it covers."""
        owners, counts = np.unique(self.owner[self.owner >= 0], return_counts=True)
        return {int(owner): float(count) / len(self.owner) for owner, count in zip(owners, counts, strict=True)}

    def share_within(self, limit: float) -> float:
        """The share of the view that ends nearer than `limit` metres."""
        return float((self.distance < limit).mean())


def view_axes(camera: Camera) -> tuple[Floats, Floats, Floats]:
    """Unit vectors [3] ahead, to the right and up of a camera; roll is left out."""
    ahead = np.array(camera.target) - np.array(camera.location)
    ahead = ahead / np.linalg.norm(ahead)
    right = np.array([ahead[1], -ahead[0], 0.0])  # ahead x (0, 0, 1)
    right /= np.linalg.norm(right)
    (x, y, z), (east, north, _) = ahead, right
    return ahead, right, np.array([north * z, -east * z, east * y - north * x])  # right x ahead


def half_field(camera: Camera) -> float:
    """The tangent of half the angle that a camera's image takes in; shift is left out."""
    return 0.5 * camera.sensor_width / camera.focal_length


def view_grid(columns: int = COLUMNS, rows: int = ROWS) -> Floats:
    """The middles [rays, 2] of the cells of a coarse grid over a square image: -1 left and below, 1 right and above."""
    u, v = np.meshgrid(_cells(columns), _cells(rows))
    return np.stack([u.ravel(), v.ravel()], 1)


def view_rays(camera: Camera, columns: int = COLUMNS, rows: int = ROWS) -> Floats:
    """Unit directions [rays, 3] through the cells of a coarse grid over a square image; roll and shift are left out."""
    ahead, right, up = view_axes(camera)
    u, v = (view_grid(columns, rows) * half_field(camera)).T
    rays = ahead + u.reshape(-1, 1) * right + v.reshape(-1, 1) * up
    return np.asarray(rays / np.linalg.norm(rays, axis=1, keepdims=True))


def _cells(count: int) -> Floats:
    return np.asarray((np.arange(count) + 0.5) * 2 / count - 1)


def _slabs(
    origin: Float64[np.ndarray, "3"], way: Float64[np.ndarray, "m 3"], boxes: Boxes
) -> tuple[Float64[np.ndarray, "m n"], Float64[np.ndarray, "m n"]]:
    """Where rays from a point enter and leave the slabs of boxes, in lengths of `way`: hit where enter <= leave."""
    inverse = 1.0 / np.where(np.abs(way) < 1e-9, 1e-9, way)
    enter, leave = np.array(-np.inf), np.array(np.inf)
    for axis in range(3):
        a = (boxes.low[:, axis] - origin[axis]) * inverse[:, axis, None]
        b = (boxes.high[:, axis] - origin[axis]) * inverse[:, axis, None]
        enter, leave = np.maximum(enter, np.minimum(a, b)), np.minimum(leave, np.maximum(a, b))
    return enter, leave


def _in_view(camera: Camera, boxes: Boxes) -> Boxes:
    """The boxes that reach into the pyramid of a camera's view: no ray hits the others."""
    origin, half = np.array(camera.location), half_field(camera)
    ahead, right, up = view_axes(camera)
    reaching = np.ones(len(boxes.owner), bool)
    for inward in (ahead, right + half * ahead, half * ahead - right, up + half * ahead, half * ahead - up):
        reaching &= (np.where(inward > 0, boxes.high, boxes.low) - origin) @ inward > 0
    return Boxes(boxes.low[reaching], boxes.high[reaching], boxes.owner[reaching])


def preview(camera: Camera, boxes: Boxes, columns: int = COLUMNS, rows: int = ROWS) -> Preview:
    """The slab method; a box round the camera is left out, since it stands for something hollow or ragged."""
    origin, rays = np.array(camera.location), view_rays(camera, columns, rows)
    boxes = _in_view(camera, boxes)
    if not len(boxes.owner):
        return Preview(rays, np.full(len(rays), -1), np.full(len(rays), np.inf))
    enter, leave = _slabs(origin, rays, boxes)
    enter = np.where((enter <= leave) & (enter > 0), enter, np.inf)
    nearest = enter.argmin(1)
    distance = enter[np.arange(len(rays)), nearest]
    return Preview(rays, np.where(np.isfinite(distance), boxes.owner[nearest], -1), distance)
