"""A coarse preview of what a camera would show, by a grid of rays cast against boxes: to choose among many cameras."""

from dataclasses import dataclass

import numpy as np
from jaxtyping import Bool, Float64, Int64

from scenes.mesh import Floats
from scenes.scene import Camera

__all__ = ["Boxes", "Preview", "preview", "view_rays"]

COLUMNS, ROWS = 14, 10


@dataclass(frozen=True, eq=False)
class Boxes:
    """Upright boxes in the world (metres), each with the number of what it belongs to."""

    low: Float64[np.ndarray, "n 3"]
    high: Float64[np.ndarray, "n 3"]
    owner: Int64[np.ndarray, "n"]

    def distance_to(self, spot: Float64[np.ndarray, "3"]) -> float:
        """Metres from a point to the nearest box, 0 inside one."""
        gaps = np.maximum(np.maximum(self.low - spot, spot - self.high), 0)
        return float(np.linalg.norm(gaps, axis=1).min(initial=np.inf))

    def hides(self, spot: Float64[np.ndarray, "3"], ends: Float64[np.ndarray, "m 3"]) -> Bool[np.ndarray, "m"]:
        """Whether a box lies across the straight way from a point to each of the ends."""
        way = ends - spot
        inverse = 1.0 / np.where(np.abs(way) < 1e-9, 1e-9, way)
        a = (self.low[None] - spot) * inverse[:, None]
        b = (self.high[None] - spot) * inverse[:, None]
        enter, leave = np.minimum(a, b).max(-1), np.maximum(a, b).min(-1)
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

    def share_within(self, reach: float) -> float:
        """The share of the view that ends nearer than `reach` metres."""
        return float((self.distance < reach).mean())


def view_rays(camera: Camera) -> Floats:
    """Unit directions [rays, 3] through the cells of a coarse grid over a square image; roll and shift are left out."""
    ahead = np.array(camera.target) - np.array(camera.location)
    ahead = ahead / np.linalg.norm(ahead)
    right = np.cross(ahead, [0.0, 0.0, 1.0])
    right /= np.linalg.norm(right)
    half = 0.5 * camera.sensor_width / camera.focal_length
    u, v = np.meshgrid(_cells(COLUMNS) * half, _cells(ROWS) * half)
    rays = ahead + u.reshape(-1, 1) * right + v.reshape(-1, 1) * np.cross(right, ahead)
    return np.asarray(rays / np.linalg.norm(rays, axis=1, keepdims=True))


def _cells(count: int) -> Floats:
    return np.asarray((np.arange(count) + 0.5) * 2 / count - 1)


def preview(camera: Camera, boxes: Boxes) -> Preview:
    """The slab method; a box round the camera is left out, since it stands for something hollow or ragged."""
    origin, rays = np.array(camera.location), view_rays(camera)
    inverse = 1.0 / np.where(np.abs(rays) < 1e-9, 1e-9, rays)
    a = (boxes.low[None] - origin) * inverse[:, None]
    b = (boxes.high[None] - origin) * inverse[:, None]
    enter, leave = np.minimum(a, b).max(-1), np.maximum(a, b).min(-1)
    enter = np.where((enter <= leave) & (enter > 0), enter, np.inf)
    nearest = enter.argmin(1)
    distance = enter[np.arange(len(rays)), nearest]
    return Preview(rays, np.where(np.isfinite(distance), boxes.owner[nearest], -1), distance)
