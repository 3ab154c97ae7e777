"""Pieces of cloth sewn onto a garment: pockets, flaps, plackets."""

import numpy as np

from encode.lazy_import import import_lazily
from scenes.blob.drapes import Patch
from scenes.mesh import Floats, Mesh, skin

__all__ = ["sewn"]

STEP = 0.02  # metres between points along and across a patch
SUNK = 0.005  # metres: how deep in the garment its back lies
NEAREST = 4  # vertices of the garment that a point of a patch lies on


def sewn(vertices: Floats, normals: Floats, patches: tuple[Patch, ...]) -> list[Mesh]:
    """Each patch as a closed sheet on a garment's vertices [n, 3], whose normals are unit [n, 3]."""
    if not patches:
        return []
    tree = import_lazily("scipy.spatial").cKDTree(vertices)
    sheets = []
    for patch in patches:
        grid = _grid(patch)
        flat = grid.reshape(-1, 3)
        _, near = tree.query(flat, NEAREST)
        up = normals[near].mean(1)
        up /= np.maximum(np.linalg.norm(up, axis=1, keepdims=True), 1e-9)
        flat = flat - ((flat - vertices[near].mean(1)) * up).sum(1)[:, None] * up
        on, up = flat.reshape(grid.shape), up.reshape(grid.shape)
        sheet = skin(np.concatenate([on + patch.thickness * up, (on - SUNK * up)[:, ::-1]], 1))
        sheets.append(sheet if sheet.volume() > 0 else sheet.flipped())
    return sheets


def _grid(patch: Patch) -> Floats:
    """Points [rows, columns, 3] between the corners; the lowest row reaches `point` further down in its middle."""
    a, b, c, d = (np.array(corner) for corner in patch.corners)
    rows = max(round(float(np.linalg.norm(d - a)) / STEP), 1) + 1
    columns = max(round(float(np.linalg.norm(b - a)) / STEP), 1) + 1
    down, across = np.linspace(0, 1, rows)[:, None, None], np.linspace(0, 1, columns)[None, :, None]
    points = (1 - down) * ((1 - across) * a + across * b) + down * ((1 - across) * d + across * c)
    fall = (d - a) / max(float(np.linalg.norm(d - a)), 1e-9)
    return np.asarray(points + patch.point * down * (1 - abs(2 * across - 1)) * fall)
