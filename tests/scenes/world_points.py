"""Where the objects of a scene are, for tests of what stands where."""

from collections.abc import Iterable

import numpy as np

from encode.formulas.rotation import quaternion_matrix
from scenes.measure import object_mesh
from scenes.mesh import Floats
from scenes.scene import SceneObject

__all__ = ["world_points"]


def world_points(objects: Iterable[SceneObject]) -> tuple[Floats, ...]:
    """The vertices [n, 3] of each object in the scene's axes, metres; a shared model is tessellated once."""
    meshes: dict[int, Floats] = {}
    placed = []
    for item in objects:
        if id(item.model) not in meshes:
            meshes[id(item.model)] = object_mesh(item.model).vertices
        vertices = meshes[id(item.model)]
        placed.append(np.asarray(vertices @ quaternion_matrix(item.rotation).T + item.location))
    return tuple(placed)
