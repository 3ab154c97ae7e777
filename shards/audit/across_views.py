"""Do two views of one scene see the same surfaces, each through its own depth, K and pose?"""

from collections.abc import Iterator

import numpy as np
from jaxtyping import Float32, Float64

from encode import Frame
from encode.formulas.projection import to_world

__all__ = ["view_problems"]

#: Every eighth pixel each way is projected into the other view: a wrong pose or K moves all of them.
_STRIDE = 8

#: With fewer points in common nothing is concluded.
_LEAST_POINTS = 50

#: Half of the points must lie on the other view's surface to this, in metres and as a share of depth.
_SLACK_METRES = 1e-3
_SLACK_SHARE = 1e-3

#: Points that are farther apart along the line of sight, in metres and as a share of depth, are of two surfaces.
_SAME_SURFACE = 0.05

#: Cosine between the two views' normals (26 degrees) below which they see two surfaces of an object.
_SAME_FACING = 0.9


def view_problems(frame: Frame, other: Frame) -> Iterator[str]:
    """Yield a problem if points of one view are off the surface that `other` sees of the same object.

    Distances are measured along the other view's normal, so that a point may lie anywhere within its pixel.
    """
    depth = frame.truth.depth[::_STRIDE, ::_STRIDE].astype(np.float64)
    surface = np.isfinite(depth)
    owner = frame.truth.instance[::_STRIDE, ::_STRIDE][surface]
    facing = _world_normals(frame, frame.truth.normal[::_STRIDE, ::_STRIDE][surface])
    world = frame.points(_STRIDE)
    pixels, ahead = other.project(world)
    u, v = pixels.T
    height, width = other.truth.shape
    with np.errstate(invalid="ignore"):
        seen = (ahead > 0) & (u >= 0) & (u < width) & (v >= 0) & (v < height)
    row, column = v[seen].astype(int), u[seen].astype(int)
    there = other.truth.depth[row, column].astype(np.float64)
    # What is much farther than the surface there is hidden behind it, be it the same object's other side.
    near = np.abs(there - ahead[seen]) < _SAME_SURFACE * (1 + ahead[seen])
    normals = _world_normals(other, other.truth.normal[row, column])
    # Seen from two sides, a thin or round object shows two surfaces that lie near each other.
    alike = np.einsum("nc,nc->n", facing[seen], normals) > _SAME_FACING
    same = near & alike & (other.truth.instance[row, column] == owner[seen])
    if same.sum() < _LEAST_POINTS:
        return
    row, column, there = row[same], column[same], there[same]
    hit = to_world(other.rays()[row, column] * there[:, None], other.camera_to_world)
    off = np.abs(np.einsum("nc,nc->n", world[seen][same] - hit, normals[same]))
    share = float(np.median(off / (_SLACK_METRES + _SLACK_SHARE * there)))
    if share > 1:
        yield (
            f"expected half of {len(off)} points to lie on what {other.key} sees to 1 mm and 0.1 % of depth,"
            f" got {np.median(off):.3g} m: depth, K or camera_to_world of one of the two is wrong"
        )


def _world_normals(frame: Frame, normals: Float32[np.ndarray, "n 3"]) -> Float64[np.ndarray, "n 3"]:
    return np.asarray(normals @ frame.camera_to_world[:3, :3].T, np.float64)
