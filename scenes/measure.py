"""Measures of an object without Blender: its mesh, box, footprint. Modifiers are left out (they round and thin)."""

from dataclasses import dataclass
from functools import lru_cache

import numpy as np

from encode.formulas.rotation import euler_matrix
from scenes.mesh import Floats, Mesh, extremes, joined
from scenes.model import ObjectSpec, Part
from scenes.tessellation import forget_meshes, tessellate

__all__ = [
    "Bounds",
    "bounds",
    "euler_matrix",
    "footprint",
    "footprint_radius",
    "forget_models",
    "model_bounds",
    "object_mesh",
    "part_mesh",
    "size_of",
    "turned_box",
]


@dataclass(frozen=True, eq=False)
class Bounds:
    """An axis-aligned box in the object's axes, metres."""

    low: Floats
    high: Floats

    @property
    def size(self) -> Floats:
        """Extent along x, y and z [3], metres."""
        return self.high - self.low

    @property
    def center(self) -> Floats:
        """Middle of the box [3]."""
        return (self.low + self.high) / 2

    @property
    def largest(self) -> float:
        """The largest of the three extents, metres."""
        return float(self.size.max())


def part_mesh(part: Part) -> Mesh:
    """A part's mesh in the object's axes."""
    return tessellate(part.shape).transformed(
        euler_matrix(part.rotation) @ np.diag(part.scale), np.array(part.location, dtype=np.float64)
    )


def object_mesh(model: ObjectSpec) -> Mesh:
    """All parts as one mesh in the object's axes."""
    return joined([part_mesh(part) for part in model.parts])


def bounds(model: ObjectSpec | Mesh) -> Bounds:
    """The axis-aligned box round all parts."""
    if isinstance(model, Mesh):
        return Bounds(*model.box)
    boxes = [_part_bounds(part) for part in model.parts]
    return Bounds(np.stack([box.low for box in boxes]).min(0), np.stack([box.high for box in boxes]).max(0))


def _part_bounds(part: Part) -> Bounds:
    if any(part.rotation):
        return bounds(part_mesh(part))
    corners = np.stack(tessellate(part.shape).box) * np.array(part.scale) + np.array(part.location)
    return Bounds(corners.min(0), corners.max(0))


@lru_cache(maxsize=512)  # models come again and again in a scene
def model_bounds(model: ObjectSpec) -> Bounds:
    """The same as `bounds`, kept for the models that were asked for last."""
    return bounds(model)


@lru_cache(maxsize=512)
def _vertices(model: ObjectSpec) -> Floats:
    return object_mesh(model).vertices


def forget_models() -> None:
    """Drop what is kept of past models and shapes, tens of megabytes of vertices; the next scene has others."""
    _vertices.cache_clear()
    forget_meshes()


def size_of(model: ObjectSpec) -> tuple[float, float, float]:
    """Width, depth and height of a model, not turned, metres."""
    x, y, z = (float(value) for value in model_bounds(model).size)
    return x, y, z


def turned_box(model: ObjectSpec, yaw: float) -> Floats:
    """The upright box [2, 3] (low, high) round the model's vertices turned by `yaw` radians about z, metres."""
    cosine, sine = np.cos(yaw), np.sin(yaw)
    points = _vertices(model) @ np.array([[cosine, sine, 0.0], [-sine, cosine, 0.0], [0.0, 0.0, 1.0]])
    return np.stack(extremes(points))


def footprint(model: ObjectSpec | Mesh) -> Floats:
    """The convex hull of the object seen from above, counter-clockwise [n, 2]."""
    vertices = (model if isinstance(model, Mesh) else object_mesh(model)).vertices[:, :2]
    return _hull(vertices)


def footprint_radius(model: ObjectSpec | Mesh) -> float:
    """The radius of the smallest circle round the z axis that holds the object."""
    return float(np.linalg.norm(footprint(model), axis=1).max())


def _hull(points: Floats) -> Floats:
    """Extreme points in 64 directions: a convex polygon inside the hull by less than 0.2 % of its size, and cheap."""
    angle = np.linspace(0, 2 * np.pi, 64, endpoint=False)
    extreme = np.argmax(points @ np.stack([np.cos(angle), np.sin(angle)]), axis=0)
    keep = np.concatenate([[True], np.diff(extreme) != 0])
    return np.asarray(points[extreme[keep]])
