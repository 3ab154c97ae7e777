"""Which parts of an object touch: exact distances from vertices to triangles, culled by boxes."""

import numpy as np
import numpy.typing as npt

from encode.lazy_import import import_lazily
from scenes.measure import part_mesh
from scenes.mesh import Mesh
from scenes.model import ObjectSpec

__all__ = ["floating_parts"]

Floats = npt.NDArray[np.float64]


def floating_parts(model: ObjectSpec, *, tolerance: float = 0.0012) -> list[str]:
    """Names of the parts with no chain of touching parts down to the ground (z = 0)."""
    meshes = [part_mesh(part) for part in model.parts]
    held = {index for index, mesh in enumerate(meshes) if mesh.vertices[:, 2].min() < tolerance}
    waiting = set(range(len(meshes))) - held
    front = sorted(held)
    while front and waiting:
        base = front.pop()
        for index in sorted(waiting):
            if _touch(meshes[base], meshes[index], tolerance):
                waiting.discard(index)
                front.append(index)
    return [model.parts[index].name for index in sorted(waiting)]


def _touch(a: Mesh, b: Mesh, tolerance: float) -> bool:
    low = np.maximum(a.vertices.min(0), b.vertices.min(0)) - tolerance
    high = np.minimum(a.vertices.max(0), b.vertices.max(0)) + tolerance
    if np.any(low > high):
        return False
    tree = import_lazily("scipy.spatial").cKDTree
    away = tree(a.vertices).query(b.vertices)[0]
    if away.min() < tolerance:
        return True
    back = tree(b.vertices).query(a.vertices)[0]
    return _near(b.vertices[np.argsort(away)[:60]], a, tolerance) or _near(
        a.vertices[np.argsort(back)[:60]], b, tolerance
    )


def _near(points: Floats, skin: Mesh, tolerance: float) -> bool:
    """Whether one of the points lies inside the skin or within `tolerance` of it."""
    corners = skin.vertices[skin.triangles()]
    if np.any(np.abs(_winding(points[:20], corners)) > 0.5):
        return True
    extents = np.linalg.norm(corners.max(1) - corners.min(1), axis=1) + tolerance
    low, high = points.min(0) - tolerance, points.max(0) + tolerance
    corners = corners[np.all((corners.min(1) <= high) & (corners.max(1) >= low), axis=1) & (extents > 0)]
    return bool(len(corners)) and _distance(points, corners) < tolerance


def _winding(points: Floats, corners: Floats) -> Floats:
    """How often the closed skin goes round each point: 1 inside, 0 outside (van Oosterom and Strackee)."""
    a, b, c = (corners[None, :, k] - points[:, None] for k in range(3))
    la, lb, lc = (np.linalg.norm(side, axis=-1) for side in (a, b, c))
    top = np.einsum("pti,pti->pt", a, np.cross(b, c))
    dots = [np.einsum("pti,pti->pt", x, y) for x, y in ((a, b), (b, c), (c, a))]
    below = la * lb * lc + dots[0] * lc + dots[1] * la + dots[2] * lb
    return np.asarray(np.arctan2(top, below).sum(1) / (2 * np.pi))


def _distance(points: Floats, corners: Floats) -> float:
    """The smallest distance of points [p, 3] to triangles [t, 3, 3]: to the plane inside, else to an edge."""
    a, b, c = corners[:, 0], corners[:, 1], corners[:, 2]
    normal = np.cross(b - a, c - a)
    size = np.maximum(np.linalg.norm(normal, axis=1), 1e-15)
    unit = normal / size[:, None]
    offset = points[:, None] - a
    height = np.einsum("pti,ti->pt", offset, unit)
    flat = offset - height[..., None] * unit
    v = np.einsum("pti,ti->pt", np.cross(flat, c - a), unit) / size
    w = np.einsum("pti,ti->pt", np.cross(b - a, flat), unit) / size
    inside = (v >= 0) & (w >= 0) & (v + w <= 1)
    best = float(np.abs(height[inside]).min()) if inside.any() else np.inf
    for start, end in ((a, b), (b, c), (c, a)):
        edge = end - start
        away = points[:, None] - start
        along = np.clip(np.einsum("pti,ti->pt", away, edge) / np.maximum((edge**2).sum(1), 1e-18), 0, 1)
        best = min(best, float(np.linalg.norm(away - along[..., None] * edge, axis=-1).min()))
    return best
