"""Bands on the rims of garments: cloth turned up and sewn, or ribbed cuffs and collars, with a visible thickness."""

import numpy as np
import numpy.typing as npt

from encode.lazy_import import import_lazily
from scenes.blob.drapes import Hem, Neckband
from scenes.blob.specs import Blob
from scenes.mesh import Floats, Mesh, skin

__all__ = ["bands", "rim_axes"]

AROUND = 44  # points of a band round the rim
SUNK = 0.004  # metres: how deep in the garment its inner side lies
WIDEST = 1.0  # radians between two points of a rim: where there are more, the rim does not go all round
ANGLES = np.linspace(-np.pi, np.pi, AROUND, endpoint=False)


def bands(mesh: Mesh, blob: Blob) -> list[Mesh]:
    """A closed ring for each hem and the neckband of the garment `mesh`; none where a rim does not go all round."""
    found = [_hem(mesh, hem) for hem in blob.hems]
    if blob.neckband:
        found.append(_neckband(mesh, blob.neckband))
    return [band for band in found if band]


def rim_axes(rim: Hem | Neckband) -> Floats:
    """Rows: the direction of the first radius, that of the second, up."""
    up = np.array(rim.up)
    side = np.array(rim.side) - up * float(up @ np.array(rim.side))
    side = side / max(float(np.linalg.norm(side)), 1e-9)
    return np.stack([side, np.cross(up, side), up])


def _own(mesh: Mesh, rim: Hem | Neckband) -> Floats:
    """The vertices in the rim's axes, from its center."""
    away = mesh.vertices - np.array(rim.center)
    return np.stack([(away * axis).sum(1) for axis in rim_axes(rim)], 1)


def _hem(mesh: Mesh, hem: Hem) -> Mesh | None:
    own = _own(mesh, hem)
    curves = []
    inside = np.hypot(own[:, 0] / hem.radii[0], own[:, 1] / hem.radii[1]) < 1
    for sampled, height in ((0.3, -0.1), (0.95, 0.95)):  # the rim itself is too uneven to be sampled
        curve = _curve(_loop(mesh, own, own[:, 2] - sampled * hem.height, inside), np.zeros(2))
        if curve is None:
            return None
        curve[:, 2] = height * hem.height
        curves.append(curve)
    outward = np.stack([np.cos(ANGLES), np.sin(ANGLES), np.zeros(AROUND)], 1)
    return _strip(curves[0], curves[1], outward, hem.thickness, hem)


def _neckband(mesh: Mesh, neck: Neckband) -> Mesh | None:
    """Between the hole's rim and a wider loop on the skin."""
    own = _own(mesh, neck)
    radii = np.array(neck.radii)
    curves: list[Floats] = []
    for wider in (0.003, 0.003 + neck.width):
        loop = _loop(mesh, own, np.linalg.norm(own / (radii + wider), axis=1) - 1, np.ones(len(own), bool))
        if not len(loop):
            return None
        if not curves:
            middle = (loop[:, :2].min(0) + loop[:, :2].max(0)) / 2
        curve = _curve(loop, middle)
        if curve is None:
            return None
        curves.append(curve)
    along = np.roll(curves[0], -1, 0) - np.roll(curves[0], 1, 0)
    normal = np.cross(curves[1] - curves[0], along)
    normal /= np.maximum(np.linalg.norm(normal, axis=1, keepdims=True), 1e-9)
    return _strip(curves[0], curves[1], normal, neck.thickness, neck)


def _strip(low: Floats, high: Floats, outward: Floats, thickness: float, rim: Hem | Neckband) -> Mesh:
    """A closed ring between two curves [AROUND, 3] in the rim's axes, thickest at the edge `low`."""
    across = high - low
    profile = (
        (-SUNK, 0.0),
        (0.55 * thickness, -0.04),
        (thickness, 0.12),
        (thickness, 0.85),
        (0.3 * thickness, 1.0),
        (-SUNK, 1.0),
    )
    rings = np.stack([low + share * across + off * outward for off, share in profile], 1)
    axes = rim_axes(rim)
    placed = sum(rings[..., k, None] * axes[k] for k in range(3)) + np.array(rim.center)
    ring = skin(np.asarray(placed), closed=True)
    return ring if ring.volume() > 0 else ring.flipped()


def _curve(loop: Floats, middle: Floats) -> Floats | None:
    """A loop [n, 3] round `middle` [2], at AROUND even angles; None where it does not go all round."""
    if len(loop) < 8:
        return None
    away = loop[:, :2] - middle
    turn = np.arctan2(away[:, 1], away[:, 0])
    order = np.argsort(turn, kind="stable")
    turn, away = turn[order], away[order]
    if np.diff(turn, append=turn[0] + 2 * np.pi).max() > WIDEST:
        return None
    radius, height = (
        np.interp(ANGLES, turn, values, period=2 * np.pi)
        for values in (np.hypot(away[:, 0], away[:, 1]), loop[order, 2])
    )
    return np.stack([middle[0] + radius * np.cos(ANGLES), middle[1] + radius * np.sin(ANGLES), height], 1)


def _loop(mesh: Mesh, own: Floats, level: Floats, wanted: npt.NDArray[np.bool_]) -> Floats:
    """Points [n, 3] of the loop on the mesh where `level` [v] is 0, as far as they are `wanted` [v].

    own: the vertices [v, 3]. Of several loops that with the most wanted points.
    """
    edges = mesh.half_edges()
    crossed = np.flatnonzero((level[edges[:, 0]] < 0) != (level[edges[:, 1]] < 0))
    low, high = edges[crossed].min(1).astype(np.int64), edges[crossed].max(1)
    keys, node = np.unique(low * len(own) + high, return_inverse=True)
    a, b = keys // len(own), keys % len(own)
    inside = wanted[a] & wanted[b]
    if not inside.any():
        return np.zeros((0, 3))
    face = np.repeat(np.arange(len(mesh.sizes)), mesh.sizes)[crossed]
    same = face[1:] == face[:-1]
    graph = import_lazily("scipy.sparse").coo_array(
        (np.ones(same.sum()), (node[:-1][same], node[1:][same])), shape=(len(keys), len(keys))
    )
    _, group = import_lazily("scipy.sparse.csgraph").connected_components(graph, directed=False)
    points = own[a] + (own[b] - own[a]) * (level[a] / (level[a] - level[b]))[:, None]
    return np.asarray(points[inside & (group == int(np.argmax(np.bincount(group, inside))))])
