"""A skin laid in folds: fine creases by noise, and the folds that its drapes ask for; all move it along its normals."""

import numpy as np

from scenes.blob.crests import ridges
from scenes.blob.hems import rim_axes
from scenes.blob.pipes import hanging
from scenes.blob.specs import Blob
from scenes.mesh import Floats, Mesh

__all__ = ["folded", "vertex_normals"]

STRETCH = np.array([0.45, 0.45, 1.0])
LEAN = np.array([[1.0, 0.0, 0.0], [0.0, 1.0, 0.0], [0.35, 0.25, 1.0]])  # creases do not lie level
STEEPEST = 0.6  # where folds cross they do not rise higher than so many times the depth of the deepest


def folded(mesh: Mesh, blob: Blob) -> Mesh:
    """The mesh with its creases and folds: at most `sink` metres within where it was, for there is a body inside."""
    normals = _level_at_rims(mesh, vertex_normals(mesh), blob)
    total = _creases(mesh, blob) if blob.folds else np.zeros(len(mesh.vertices))
    if blob.drapes:
        highest = STEEPEST * max(drape.depth for drape in blob.drapes)
        total = highest * np.tanh((total + ridges(mesh.vertices, normals, blob)) / highest)
        total = total + hanging(mesh.vertices, blob)
        sink = max(blob.sink, 1e-6)
        total = np.where(total > 0, total, sink * np.tanh(total / sink))
    return Mesh(mesh.vertices + total[:, None] * normals, mesh.loops, mesh.sizes)


def _level_at_rims(mesh: Mesh, normals: Floats, blob: Blob) -> Floats:
    """Normals without what points along the limb at a hem, so that folds do not fray its edge."""
    normals = normals.copy()
    for hem in blob.hems:
        axes = rim_axes(hem)
        x, y, height = (((mesh.vertices - np.array(hem.center)) * axis).sum(1) for axis in axes)
        rim = (height < 0.6 * blob.cell) & (height > -3 * blob.cell)
        rim &= np.hypot(x / hem.radii[0], y / hem.radii[1]) < 1.1
        up = axes[2]
        level = normals[rim] - (normals[rim] @ up)[:, None] * up
        length = np.linalg.norm(level, axis=1, keepdims=True)
        normals[rim] = level / np.maximum(length, 0.5)  # in the middle of the cap nothing moves
    return normals


def _creases(mesh: Mesh, blob: Blob) -> Floats:
    """Noise whose features are short along z and long across it, up to about three times `folds` metres."""
    scaled = (mesh.vertices @ LEAN.T) * STRETCH / blob.fold
    noise = _noise(scaled, blob.seed) + 0.5 * _noise(2.1 * scaled + 17.0, blob.seed + 1)
    press = np.clip(0.45 - np.abs(noise) * 1.7, -1, 0.45)  # sharp crests between soft hollows
    return np.asarray(blob.folds * press)


def vertex_normals(mesh: Mesh) -> Floats:
    """Unit normals [n, 3], weighted by the areas of faces."""
    triangles = mesh.triangles()
    a, b, c = (mesh.vertices[index] for index in triangles.T)
    faces = np.cross(b - a, c - a)
    total = np.stack(
        [sum(np.bincount(corner, faces[:, axis], len(mesh.vertices)) for corner in triangles.T) for axis in range(3)],
        1,
    )
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
