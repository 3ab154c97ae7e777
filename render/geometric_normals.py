"""The geometric normals of what a view shows: of the triangles themselves, without smoothing and bump."""

from typing import Any

import numpy as np
from jaxtyping import Bool, Float, Float64, UInt32
from mathutils.bvhtree import BVHTree

from encode.formulas.lens import PINHOLE, Lens
from encode.formulas.projection import to_camera, to_pixels
from render.coverage import clip_near
from render.depth_refinement import triangles_near
from render.records import Solid

__all__ = ["face_normals"]


def face_normals(
    mask: Bool[np.ndarray, "h w"],
    position: Float[np.ndarray, "h w 3"],
    instance: UInt32[np.ndarray, "h w"],
    solids: list[Solid],
    k: Float64[np.ndarray, "3 3"],
    pose: Float64[np.ndarray, "4 4"],
    lens: Lens = PINHOLE,
) -> Float64[np.ndarray, "n 3"]:
    """Unit normals, camera axes and of either side, of the triangles on which the hits of the mask's pixels lie.

    `position` are the hits in world axes, metres. 0 where the pixel's object has no triangle near the pixel.
    """
    normals = np.zeros((*mask.shape, 3))
    concerned = set(np.unique(instance[mask]).tolist())
    for solid in (entry for entry in solids if entry.item.id in concerned):
        rows, columns = np.nonzero(mask & (instance == solid.item.id))
        corners = clip_near(to_camera(solid.world_vertices(), pose)[solid.triangles])
        u, v, _ = to_pixels(corners, k)
        corners = corners[triangles_near(u, v, rows, columns, mask.shape, k, lens)]
        points = to_camera(position[rows, columns].astype(np.float64), pose)
        normals[rows, columns] = _of_nearest(corners, points)
    return normals[mask]


def _of_nearest(
    corners: Float64[np.ndarray, "t 3 3"], points: Float64[np.ndarray, "p 3"]
) -> Float64[np.ndarray, "p 3"]:
    """The unit normal of the triangle nearest to each point."""
    normals = np.cross(corners[:, 1] - corners[:, 0], corners[:, 2] - corners[:, 0])
    length = np.linalg.norm(normals, axis=-1)
    corners, normals = corners[length > 0], normals[length > 0] / length[length > 0, None]
    if not len(corners):
        return np.zeros((len(points), 3))
    tree: Any = BVHTree.FromPolygons(
        corners.reshape(-1, 3).tolist(), np.arange(3 * len(corners)).reshape(-1, 3).tolist()
    )
    return normals[[tree.find_nearest(point)[2] for point in points.tolist()]]
