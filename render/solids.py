"""Every object of a scene as arrays, for its boxes and silhouettes."""

from collections.abc import Mapping
from itertools import product
from typing import Any

import numpy as np
from jaxtyping import Float64

from encode.formulas.projection import to_world
from encode.formulas.rotation import is_rotation, nearest_rotation
from render.records import Solid
from render.triangles import mesh_arrays
from scenes.mesh import extremes
from scenes.scene import SceneObject, SceneSpec

__all__ = ["box_corners", "solids_of"]

RIGID = 1e-6  # how far from a rotation a pose's axes may be


def solids_of(spec: SceneSpec, shown: Mapping[int, list[Any]]) -> list[Solid]:
    """The solids in order of id; `shown` are the Blender objects of each. Equal meshes share their arrays."""
    arrays = _Arrays()
    return [_solid(item, shown[item.id], arrays) for item in sorted(spec.objects, key=lambda entry: entry.id)]


def box_corners(solids: list[Solid]) -> Float64[np.ndarray, "n 3"]:
    """The 8 corners of each solid's box, in world axes."""
    return np.array([_corners(solid) for solid in solids]).reshape(-1, 3)


def _corners(solid: Solid) -> Float64[np.ndarray, "8 3"]:
    picks = np.array(list(product((0, 1), repeat=3)))
    local = np.array(extremes(solid.vertices))[picks, np.arange(3)]
    return to_world(local, solid.pose)


class _Arrays:
    """Vertices and triangles by mesh and by how the mesh is stretched."""

    def __init__(self) -> None:
        self._known: dict[str, tuple[np.ndarray, np.ndarray]] = {}
        self._stretched: dict[tuple[str, bytes], np.ndarray] = {}

    def of(self, mesh: Any, stretch: Float64[np.ndarray, "3 3"]) -> tuple[np.ndarray, np.ndarray]:
        if mesh.name not in self._known:
            self._known[mesh.name] = mesh_arrays(mesh)
        vertices, triangles = self._known[mesh.name]
        if np.allclose(stretch, np.eye(3), rtol=0, atol=RIGID):
            return vertices, triangles
        key = (mesh.name, np.round(stretch, 6).tobytes())
        if key not in self._stretched:
            self._stretched[key] = vertices @ stretch.T
        return self._stretched[key], triangles


def _solid(item: SceneObject, shown: list[Any], arrays: _Arrays) -> Solid:
    """One object stands in its own axes; what consists of several in the world's."""
    if len(shown) == 1:
        matrix = np.array(shown[0].matrix_world, np.float64)
        pose = np.eye(4)
        pose[:3, :3] = _rotation(matrix[:3, :3])
        pose[:3, 3] = matrix[:3, 3]
        return Solid(item, *arrays.of(shown[0].data, pose[:3, :3].T @ matrix[:3, :3]), pose)
    vertices, triangles, count = [], [], 0
    for entry in shown:
        matrix = np.array(entry.matrix_world, np.float64)
        points, corners = arrays.of(entry.data, np.eye(3))
        vertices.append(to_world(points, matrix))
        triangles.append(corners + count)
        count += len(points)
    return Solid(item, np.concatenate(vertices), np.concatenate(triangles), np.eye(4))


def _rotation(axes: Float64[np.ndarray, "3 3"]) -> Float64[np.ndarray, "3 3"]:
    """The axes as they are where they are a rotation, else the rotation nearest to them."""
    return axes if is_rotation(axes, RIGID) else nearest_rotation(axes)
