"""Refines depth where Cycles' hit is not on the pixel's ray: surfaces seen edge-on. numpy only.

Cycles intersects triangles in single precision. Where one is seen nearly from its edge, the hit slides along it, by
more than a pixel at worst: the position is on the surface and not on the ray, so depth times the ray is not on the
surface. Up to some hundred pixels of a 512x512 view are affected, in many views none. They are found by the position
pass and intersected again, in double precision. Their normals stay those of the surface that Cycles hit.
"""

import numpy as np
from jaxtyping import Bool, Float, Float32, Float64, Int64, UInt32

from encode.formulas.lens import PINHOLE, Lens
from encode.formulas.projection import rays_through, to_camera, to_pixels
from render.coverage import centres, clip_near
from render.records import Solid

__all__ = ["off_ray_pixels", "refined_depth", "triangles_near"]

Triangles = Float64[np.ndarray, "t 3"]

#: Pixels by which a hit may be off its pixel's centre. Nearly all are within a hundredth.
REACH = 0.05
#: Cells along each side of the table that finds triangles near scattered positions.
CELLS = 512
#: By how much depths on the ray may differ, as a ratio, to belong to one surface; else an edge beside the ray is taken.
SAME = 0.1


def off_ray_pixels(
    depth: Float32[np.ndarray, "h w"],
    position: Float[np.ndarray, "h w 3"],
    k: Float64[np.ndarray, "3 3"],
    pose: Float64[np.ndarray, "4 4"],
    lens: Lens = PINHOLE,
) -> Bool[np.ndarray, "h w"]:
    """Where a hit, at `position` in world axes, projects more than `REACH` from the centre of its pixel."""
    u, v, _ = to_pixels(to_camera(position.astype(np.float64), pose), k, lens)
    u -= np.arange(depth.shape[1]) + 0.5
    v -= np.arange(depth.shape[0])[:, None] + 0.5
    return np.isfinite(depth) & ~(u**2 + v**2 <= REACH**2)


def refined_depth(
    depth: Float32[np.ndarray, "h w"],
    wrong: Bool[np.ndarray, "h w"],
    instance: UInt32[np.ndarray, "h w"],
    solids: list[Solid],
    k: Float64[np.ndarray, "3 3"],
    pose: Float64[np.ndarray, "4 4"],
    lens: Lens = PINHOLE,
) -> Float32[np.ndarray, "h w"]:
    """Planar depth; in the `wrong` pixels that of their object's surface on the ray, or within `REACH` beside it.

    Of several surfaces of the object the one nearest to the depth so far is taken, since cut-outs let rays through;
    edges beside the ray are taken where no surface on it is near. A pixel without any keeps its depth. With a lens all
    this is done in the pinhole image, where edges are straight.
    """
    refined = depth.copy()
    ids = set(np.unique(instance[wrong]).tolist())
    for solid in (solid for solid in solids if solid.item.id in ids):
        rows, columns = np.nonzero(wrong & (instance == solid.item.id))
        local = to_camera(solid.world_vertices(), pose)
        surface = _surface(local[solid.triangles], rows, columns, depth[rows, columns], k, depth.shape, lens)
        refined[rows, columns] = np.where(np.isfinite(surface), surface, depth[rows, columns])
    return refined


def _surface(
    corners: Float64[np.ndarray, "t 3 3"],
    rows: Int64[np.ndarray, " p"],
    columns: Int64[np.ndarray, " p"],
    expected: Float32[np.ndarray, " p"],
    k: Float64[np.ndarray, "3 3"],
    shape: tuple[int, ...],
    lens: Lens,
) -> Float64[np.ndarray, " p"]:
    """The depth of the surface nearest to the expected depth of each pixel; NaN without a surface."""
    u, v, z = to_pixels(clip_near(corners), k)
    near = triangles_near(u, v, rows, columns, shape, k, lens)
    u, v, z = u[near], v[near], z[near]
    nearest = np.full(len(rows), np.nan)
    x, y, reach = _in_pinhole_image(rows, columns, k, lens)
    for pixel in range(len(rows)):
        on, beside = _depths_at(u - x[pixel], v - y[pixel], z, reach[pixel])
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
    k: Float64[np.ndarray, "3 3"],
    lens: Lens = PINHOLE,
) -> Int64[np.ndarray, " s"]:
    """The triangles whose box in the pinhole image holds one of the pixels' centres, by a summed-area table.

    With a lens the table's cells are no pixels, and triangles that share a cell with a centre are among them.
    """
    if lens != PINHOLE:
        x, y, reach = _in_pinhole_image(rows, columns, k, lens)
        return _triangles_around(u, v, np.stack([x, y], axis=-1), float(reach.max()))
    table = np.zeros((shape[0] + 1, shape[1] + 1), np.int64)
    table[rows + 1, columns + 1] = 1
    table = table.cumsum(axis=0).cumsum(axis=1)
    (left, right), (top, bottom) = centres(u, shape[1], REACH), centres(v, shape[0], REACH)
    return _with_points(table, left, right, top, bottom)


def _triangles_around(
    u: Triangles, v: Triangles, at: Float64[np.ndarray, "p 2"], reach: float
) -> Int64[np.ndarray, " s"]:
    low = at.min(axis=0)
    size = max(float((at.max(axis=0) - low).max()) / CELLS, 1e-6)
    columns, rows = np.floor((at - low) / size).astype(np.int64).T
    table = np.zeros((CELLS + 2, CELLS + 2), np.int64)
    np.add.at(table, (rows + 1, columns + 1), 1)
    table = table.cumsum(axis=0).cumsum(axis=1)
    left, top = (
        np.clip(np.floor((axis.min(axis=1) - reach - start) / size), 0, CELLS + 1).astype(np.int64)
        for axis, start in ((u, low[0]), (v, low[1]))
    )
    right, bottom = (
        np.clip(np.floor((axis.max(axis=1) + reach - start) / size) + 1, 0, CELLS + 1).astype(np.int64)
        for axis, start in ((u, low[0]), (v, low[1]))
    )
    return _with_points(table, left, right, top, bottom)


def _with_points(
    table: Int64[np.ndarray, "r c"],
    left: Int64[np.ndarray, " t"],
    right: Int64[np.ndarray, " t"],
    top: Int64[np.ndarray, " t"],
    bottom: Int64[np.ndarray, " t"],
) -> Int64[np.ndarray, " s"]:
    inside = table[bottom, right] - table[top, right] - table[bottom, left] + table[top, left]
    return np.flatnonzero(inside > 0)


def _in_pinhole_image(
    rows: Int64[np.ndarray, " p"], columns: Int64[np.ndarray, " p"], k: Float64[np.ndarray, "3 3"], lens: Lens
) -> tuple[Float64[np.ndarray, " p"], Float64[np.ndarray, " p"], Float64[np.ndarray, " p"]]:
    """Positions u, v of pixel centres in the pinhole image, and how long `REACH` is there."""
    x, y = columns + 0.5, rows + 0.5
    if lens == PINHOLE:
        return x, y, np.full(len(rows), REACH)
    (u, v, _), *beside = (
        to_pixels(rays_through(x + du, y + dv, k, lens), k) for du, dv in ((0.0, 0.0), (REACH, 0.0), (0.0, REACH))
    )
    return u, v, np.maximum(*(np.hypot(other_u - u, other_v - v) for other_u, other_v, _ in beside))


def _depths_at(
    u: Triangles, v: Triangles, z: Triangles, reach: float
) -> tuple[Float64[np.ndarray, " n"], Float64[np.ndarray, " m"]]:
    """Depths of the triangles that hold the origin of u and v, and of the nearest points of edges within `reach`.

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
    close = np.hypot(u + along * du, v + along * dv) <= reach
    return 1.0 / within, 1.0 / beside[close]
