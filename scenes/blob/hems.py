"""Bands on the rims of garments: cloth turned up and sewn, or ribbed cuffs, with a visible thickness."""

import numpy as np

from encode.lazy_import import import_lazily
from scenes.blob.drapes import Hem
from scenes.mesh import Floats, Mesh, skin

__all__ = ["band", "hem_axes"]

AROUND = 44  # points of a band round the rim
SUNK = 0.004  # metres: how deep in the garment its inner side lies


def band(mesh: Mesh, hem: Hem) -> Mesh | None:
    """A closed ring on the garment's skin `mesh`; None where the rim does not go all round."""
    center, axes = np.array(hem.center), hem_axes(hem)
    side, across, up = axes
    angle = np.linspace(-np.pi, np.pi, AROUND, endpoint=False)
    outward = np.cos(angle)[:, None] * side + np.sin(angle)[:, None] * across
    radii = []
    for height in (0.08 * hem.height, 0.95 * hem.height):
        radius = _outline(mesh, center + height * up, axes, hem.radii, angle)
        if radius is None:
            return None
        radii.append(radius)
    low, high = radii
    t, h = hem.thickness, hem.height
    profile = [
        (-SUNK, 0.0, 0),
        (0.55 * t, -0.0015, 0),
        (t, 0.0025, 0),
        (t, h - 0.003, 1),
        (0.3 * t, h, 1),
        (-SUNK, h, 1),
    ]
    rings = [
        center + ((high if upper else low) + off)[:, None] * outward + height * up for off, height, upper in profile
    ]
    ring = skin(np.stack(rings, 1), closed=True)
    return ring if ring.volume() > 0 else ring.flipped()


def hem_axes(hem: Hem) -> Floats:
    """Rows: the direction of the first radius, that of the other, up."""
    up = np.array(hem.up)
    side = np.array(hem.side) - up * float(up @ np.array(hem.side))
    side = side / max(float(np.linalg.norm(side)), 1e-9)
    return np.stack([side, np.cross(up, side), up])


def _outline(mesh: Mesh, origin: Floats, axes: Floats, reach: tuple[float, float], angle: Floats) -> Floats | None:
    """The skin's distance from `origin` in the plane across axes[2], at each angle; None where it does not surround it."""
    own = np.stack([((mesh.vertices - origin) * axis).sum(1) for axis in axes], 1)
    points = _loop(mesh, own)
    points = points[np.hypot(points[:, 0] / reach[0], points[:, 1] / reach[1]) < 1]
    if len(points) < 8:
        return None
    radius = np.hypot(points[:, 0], points[:, 1])
    turn = np.arctan2(points[:, 1], points[:, 0])
    order = np.argsort(turn, kind="stable")
    turn, radius = turn[order], radius[order]
    if np.diff(turn, append=turn[0] + 2 * np.pi).max() > 1.0:
        return None
    return np.interp(angle, turn, radius, period=2 * np.pi)


def _loop(mesh: Mesh, own: Floats) -> Floats:
    """Points [n, 3] of the loop nearest to the origin in which the plane z = 0 cuts the mesh, whose vertices are `own`."""
    edges = mesh.half_edges()
    crossed = np.flatnonzero((own[edges[:, 0], 2] < 0) != (own[edges[:, 1], 2] < 0))
    low, high = edges[crossed].min(1).astype(np.int64), edges[crossed].max(1)
    keys, node = np.unique(low * len(own) + high, return_inverse=True)
    face = np.repeat(np.arange(len(mesh.sizes)), mesh.sizes)[crossed]
    same = face[1:] == face[:-1]
    graph = import_lazily("scipy.sparse").coo_array(
        (np.ones(same.sum()), (node[:-1][same], node[1:][same])), shape=(len(keys), len(keys))
    )
    _, group = import_lazily("scipy.sparse.csgraph").connected_components(graph, directed=False)
    a, b = own[keys // len(own)], own[keys % len(own)]
    points = a + (b - a) * (a[:, 2] / (a[:, 2] - b[:, 2]))[:, None]
    if not len(points):
        return points
    away = np.bincount(group, np.hypot(points[:, 0], points[:, 1])) / np.bincount(group)
    return np.asarray(points[group == int(np.argmin(away))])
