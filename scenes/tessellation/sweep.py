"""Frames along a path that do not twist (parallel transport), and the rings a sweep puts on them."""

import numpy as np

from scenes.mesh import Floats

__all__ = ["sweep_rings", "transported_frames"]


def _unit(vectors: Floats) -> Floats:
    length = np.linalg.norm(vectors, axis=-1, keepdims=True)
    return np.asarray(vectors / np.maximum(length, 1e-12))


def _tangents(path: Floats, closed: bool) -> Floats:
    """The direction at each point: the mean of the two neighbouring edges' directions."""
    edges = _unit(np.roll(path, -1, 0) - path)
    before = np.roll(edges, 1, 0)
    if not closed:
        before[0], edges[-1] = edges[0], edges[-2]
    return _unit(edges + before)


def _start_width(path: Floats, tangent: Floats) -> Floats:
    """The section's first axis at the start: horizontal; for a vertical start, across the plane the path bends in."""
    across = np.cross([0.0, 0.0, 1.0], tangent)
    if np.linalg.norm(across) < 1e-3:
        bends = np.cross(tangent, path - path[0])
        bend = bends[np.argmax(np.linalg.norm(bends, axis=1))]
        across = bend if np.linalg.norm(bend) > 1e-9 else np.cross(tangent, [1.0, 0.0, 0.0])
    across = across - tangent * (across @ tangent)
    return _unit(across)


def _turns(tangents: Floats) -> Floats:
    """The smallest rotations [n, 3, 3] that carry each tangent to the next; the first is the identity."""
    before, after = tangents[:-1], tangents[1:]
    axis = np.cross(before, after)
    cosine = np.einsum("ij,ij->i", before, after)
    x, y, z = axis.T
    zero = np.zeros_like(x)
    cross = np.stack([zero, -z, y, z, zero, -x, -y, x, zero], 1).reshape(-1, 3, 3)
    rotation = np.eye(3) + cross + cross @ cross / np.maximum(1 + cosine, 1e-9)[:, None, None]
    return np.concatenate([np.eye(3)[None], rotation])


def _cumulative(turns: Floats) -> Floats:
    """Running products turns[i] @ ... @ turns[0], in log2(n) batched steps."""
    total, reach = turns.copy(), 1
    while reach < len(turns):
        total[reach:] = total[reach:] @ total[:-reach]
        reach *= 2
    return total


def transported_frames(path: Floats, *, closed: bool = False) -> tuple[Floats, Floats, Floats]:
    """Tangent, width and height axes [n, 3] at each path point; a closed path's leftover twist is spread evenly."""
    tangents = _tangents(path, closed)
    width = _cumulative(_turns(tangents)) @ _start_width(path, tangents[0])
    height = np.cross(tangents, width)
    if closed:
        back = _turns(tangents[[-1, 0]])[1] @ width[-1]
        twist = np.arctan2(np.cross(back, width[0]) @ tangents[0], back @ width[0])
        angle = np.linspace(0, twist, len(path) + 1)[:-1, None]
        width, height = width * np.cos(angle) + height * np.sin(angle), height * np.cos(angle) - width * np.sin(angle)
    return tangents, width, height


def sweep_rings(path: Floats, radii: Floats, *, aspect: float, segments: int, closed: bool) -> Floats:
    """Elliptic rings [n, segments, 3] round the path: `radii` across, `radii * aspect` the other way."""
    _, width, height = transported_frames(path, closed=closed)
    angle = np.linspace(0, 2 * np.pi, segments, endpoint=False)
    across, up = np.cos(angle)[None, :, None], np.sin(angle)[None, :, None] * aspect
    ring = width[:, None] * across + height[:, None] * up
    return np.asarray(path[:, None] + ring * radii[:, None, None])
