"""Refines depth where Cycles' hit is not on the pixel's ray: surfaces seen edge-on. numpy only.

Cycles intersects triangles in single precision. Where one is seen nearly from its edge, the hit slides along it, by
more than a pixel at worst: the position is on the surface and not on the ray, so depth times the ray is not on the
surface. Up to some hundred pixels of a 512x512 view are affected, in many views none. They are found by the position
pass and intersected again, in double precision. Their normals stay those of the surface that Cycles hit.
"""

import numpy as np
from jaxtyping import Bool, Float, Float32, Float64, Int64, UInt32

from encode.formulas.projection import project, to_camera, to_pixels
from render.coverage import centres, clip_near
from render.records import Solid

__all__ = ["off_ray_pixels", "refined_depth", "triangles_near"]

#: Pixels by which a hit may be off its pixel's centre. Nearly all are within a hundredth.
REACH = 0.05
#: By how much depths on the ray may differ, as a ratio, to belong to one surface; else an edge beside the ray is taken.
SAME = 0.1


def off_ray_pixels(
    depth: Float32[np.ndarray, "h w"],
    position: Float[np.ndarray, "h w 3"],
    k: Float64[np.ndarray, "3 3"],
    pose: Float64[np.ndarray, "4 4"],
) -> Bool[np.ndarray, "h w"]:
    """Where a hit, at `position` in world axes, projects more than `REACH` from the centre of its pixel."""
    pixels, _ = project(position.reshape(-1, 3).astype(np.float64), k, pose)
    rows, columns = np.mgrid[: depth.shape[0], : depth.shape[1]] + 0.5
    off = np.hypot(pixels[:, 0] - columns.ravel(), pixels[:, 1] - rows.ravel()).reshape(depth.shape)
    return np.isfinite(depth) & (off > REACH)


def refined_depth(
    depth: Float32[np.ndarray, "h w"],
    wrong: Bool[np.ndarray, "h w"],
    instance: UInt32[np.ndarray, "h w"],
    solids: list[Solid],
    k: Float64[np.ndarray, "3 3"],
    pose: Float64[np.ndarray, "4 4"],
) -> Float32[np.ndarray, "h w"]:
    """Planar depth; in the `wrong` pixels that of their object's surface on the ray, or within `REACH` beside it.

    Of several surfaces of the object the one nearest to the depth so far is taken, since cut-outs let rays through;
    edges beside the ray are taken where no surface on it is near. A pixel without any keeps its depth.
    """
    refined = depth.copy()
    ids = set(np.unique(instance[wrong]).tolist())
    for solid in (solid for solid in solids if solid.item.id in ids):
        rows, columns = np.nonzero(wrong & (instance == solid.item.id))
        local = to_camera(solid.world_vertices(), pose)
        surface = _surface(local[solid.triangles], rows, columns, depth[rows, columns], k, depth.shape)
        refined[rows, columns] = np.where(np.isfinite(surface), surface, depth[rows, columns])
    return refined


def _surface(
    corners: Float64[np.ndarray, "t 3 3"],
    rows: Int64[np.ndarray, " p"],
    columns: Int64[np.ndarray, " p"],
    expected: Float32[np.ndarray, " p"],
    k: Float64[np.ndarray, "3 3"],
    shape: tuple[int, ...],
) -> Float64[np.ndarray, " p"]:
    """The depth of the surface nearest to the expected depth of each pixel; NaN without a surface."""
    u, v, z = to_pixels(clip_near(corners), k)
    near = triangles_near(u, v, rows, columns, shape)
    u, v, z = u[near], v[near], z[near]
    nearest = np.full(len(rows), np.nan)
    for pixel, (row, column) in enumerate(zip(rows, columns, strict=True)):
        on, beside = _depths_at(u - (column + 0.5), v - (row + 0.5), z)
        same = on[np.abs(on / expected[pixel] - 1) < SAME]
        depths = same if len(same) else beside
        if len(depths):
            nearest[pixel] = depths[np.argmin(np.abs(depths - expected[pixel]))]
    return nearest


def triangles_near(
    u: Float64[np.ndarray, "t 3"],
    v: Float64[np.ndarray, "t 3"],
    rows: Int64[np.ndarray, " p"],
    columns: Int64[np.ndarray, " p"],
    shape: tuple[int, ...],
) -> Int64[np.ndarray, " s"]:
    """The triangles whose box of pixels holds one of the pixels, by a summed-area table."""
    table = np.zeros((shape[0] + 1, shape[1] + 1), np.int64)
    table[rows + 1, columns + 1] = 1
    table = table.cumsum(axis=0).cumsum(axis=1)
    (left, right), (top, bottom) = centres(u, shape[1], REACH), centres(v, shape[0], REACH)
    inside = table[bottom, right] - table[top, right] - table[bottom, left] + table[top, left]
    return np.flatnonzero(inside > 0)


def _depths_at(
    u: Float64[np.ndarray, "t 3"], v: Float64[np.ndarray, "t 3"], z: Float64[np.ndarray, "t 3"]
) -> tuple[Float64[np.ndarray, " n"], Float64[np.ndarray, " m"]]:
    """Depths of the triangles that hold the origin of u and v, and of the nearest points of edges within `REACH`.

    1/z is linear over the image of a plane, so it is what is interpolated.
    """
    du, dv = np.roll(u, -1, axis=1) - u, np.roll(v, -1, axis=1) - v
    cross = u * dv - v * du  # twice the area that each edge spans with the origin
    inside = (cross >= 0).all(axis=1) | (cross <= 0).all(axis=1)
    area = cross.sum(axis=1)
    inside &= area != 0
    over = 1.0 / z
    within = np.sum(np.roll(cross, -1, axis=1)[inside] * over[inside], axis=1) / area[inside]
    along = np.clip(-(u * du + v * dv) / np.maximum(du**2 + dv**2, 1e-30), 0.0, 1.0)
    beside = over + along * (np.roll(over, -1, axis=1) - over)
    close = np.hypot(u + along * du, v + along * dv) <= REACH
    return 1.0 / within, 1.0 / beside[close]
