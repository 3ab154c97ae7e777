"""Creases of cloth: a surface displaced by noise whose features are short along z and long across it."""

import numpy as np

from scenes.blob.specs import Blob
from scenes.mesh import Floats, Mesh

__all__ = ["creased"]

STRETCH = np.array([0.45, 0.45, 1.0])
LEAN = np.array([[1.0, 0.0, 0.0], [0.0, 1.0, 0.0], [0.35, 0.25, 1.0]])  # folds do not lie level


def creased(mesh: Mesh, blob: Blob) -> Floats:
    """The mesh's vertices, moved along their normals by up to about three times `folds` metres."""
    scaled = (mesh.vertices @ LEAN.T) * STRETCH / blob.fold
    noise = _noise(scaled, blob.seed) + 0.5 * _noise(2.1 * scaled + 17.0, blob.seed + 1)
    press = np.clip(0.45 - np.abs(noise) * 1.7, -1, 0.45)  # sharp crests between soft hollows
    depth = np.full(len(scaled), blob.folds)
    for x, y, z, radius in blob.bunched:
        away = ((mesh.vertices - (x, y, z)) ** 2).sum(1) / radius**2
        depth = np.maximum(depth, blob.folds * (1 + 2 * np.maximum(1 - away, 0.0)))
    return np.asarray(mesh.vertices + (depth * press)[:, None] * _normals(mesh))


def _normals(mesh: Mesh) -> Floats:
    triangles = mesh.triangles()
    a, b, c = (mesh.vertices[index] for index in triangles.T)
    faces = np.cross(b - a, c - a)
    total = np.zeros_like(mesh.vertices)
    for corner in triangles.T:
        np.add.at(total, corner, faces)
    return np.asarray(total / np.maximum(np.linalg.norm(total, axis=1, keepdims=True), 1e-12))


def _noise(scaled: Floats, seed: int) -> Floats:
    """Value noise in [-1, 1] at `scaled` [n, 3], features of size 1; it repeats after 32."""
    values = _table(seed)
    cell = np.floor(scaled).astype(np.int64)
    share = scaled - cell
    share = share * share * (3 - 2 * share)
    total = np.zeros(len(scaled))
    for i in (0, 1):
        for j in (0, 1):
            for k in (0, 1):
                x, y, z = ((cell + np.array([i, j, k])) & 31).T
                weight = np.abs((1 - i - share[:, 0]) * (1 - j - share[:, 1]) * (1 - k - share[:, 2]))
                total += weight * values[x, y, z]
    return total


def _table(seed: int) -> Floats:
    return np.random.Generator(np.random.PCG64(seed)).uniform(-1, 1, (32, 32, 32))
