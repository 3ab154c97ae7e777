"""Blender meshes as arrays of triangles."""

from typing import Any

import numpy as np
from jaxtyping import Float, Int32

from render.polygons import corners, positions, starts

__all__ = ["mesh_arrays"]


def mesh_arrays(mesh: Any) -> tuple[np.ndarray, np.ndarray]:
    """Vertices float64 [n, 3] and triangles int32 [t, 3] of a Blender mesh, in its own axes.

    The triangles are Blender's, in its order; reading them from Blender costs more than to cut quads here.
    """
    vertices, loops, first = positions(mesh), corners(mesh), starts(mesh)
    sizes = np.diff(first, append=len(loops))
    start = first - 2 * np.arange(len(first))  # of a face's first triangle
    result = np.empty((len(loops) - 2 * len(first), 3), np.int32)
    threes, fours = sizes == 3, sizes == 4
    result[start[threes]] = loops[first[threes, None] + np.arange(3)]
    result[start[fours]], result[start[fours] + 1] = _halves(vertices, loops[first[fours, None] + np.arange(4)])
    rest = np.flatnonzero(sizes > 4)
    if len(rest):
        mesh.calc_loop_triangles()
        numbers = np.concatenate([np.arange(start[k], start[k] + sizes[k] - 2) for k in rest])
        triangles = mesh.loop_triangles
        result[numbers] = [triangles[int(number)].vertices[:] for number in numbers]
    return vertices.astype(np.float64), result


def _halves(vertices: Float[np.ndarray, "n 3"], quads: Int32[np.ndarray, "q 4"]) -> tuple[np.ndarray, np.ndarray]:
    """Quads cut from their first to their third corner, or across where that would fold them over."""
    a, b, c, d = (vertices[quads[:, k]] for k in range(4))
    across = c - a
    folded = (np.cross(b - a, across) * np.cross(d - a, across)).sum(1) > 0
    one, other = quads[:, [0, 1, 2]], quads[:, [0, 2, 3]]
    one[folded, 2] = quads[folded, 3]
    other[folded, 0] = quads[folded, 1]
    return one, other
