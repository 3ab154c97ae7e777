"""Rocks: a ball cut by planes, its edges worn, its faces rough."""

from functools import lru_cache

import numpy as np

from scenes.mesh import Floats, Ints, Mesh
from scenes.nature.specs import Boulder

__all__ = ["boulder_mesh"]


def boulder_mesh(shape: Boulder) -> Mesh:
    """A closed rock of the given size on z = 0."""
    rng = np.random.Generator(np.random.PCG64(shape.seed))
    ball, faces = _ball(shape.detail)
    toward = rng.normal(0, 1, (shape.facets, 3))
    toward /= np.linalg.norm(toward, axis=1, keepdims=True)
    away = rng.uniform(0.62, 1.0, shape.facets)
    cut = away / np.maximum(ball @ toward.T, 1e-3)
    # A soft minimum rounds the edges between facets, as weather does.
    radius = -np.log(np.exp(-14 * np.minimum(cut, 1.3)).sum(1) + np.exp(-14 * 1.15)) / 14
    radius = np.maximum(radius, 0.25) * (1 + 0.16 * shape.rough * _waves(rng, ball, 3.0))
    radius *= 1 + 0.05 * shape.rough * _waves(rng, ball, 9.0)
    points = ball * radius[:, None]
    low, high = points.min(0), points.max(0)
    points = (points - (low + high) / 2) * (np.array(shape.size) / (high - low))
    points[:, 2] -= points[:, 2].min()
    return Mesh(points, faces.ravel(), np.full(len(faces), 3, np.int32))


def _waves(rng: np.random.Generator, points: Floats, fine: float) -> Floats:
    """A smooth random function at `points` [n, 3] of the unit sphere: waves in random directions."""
    direction = rng.normal(0, fine, (14, 3))
    return np.asarray(np.sin(points @ direction.T + rng.uniform(0, 6.28, 14)).sum(1) / 3.7)


@lru_cache(maxsize=6)
def _ball(detail: int) -> tuple[Floats, Ints]:
    """An icosahedron with each face cut into four, `detail` times."""
    g = (1 + 5**0.5) / 2
    points = np.array(
        [
            (-1, g, 0),
            (1, g, 0),
            (-1, -g, 0),
            (1, -g, 0),
            (0, -1, g),
            (0, 1, g),
            (0, -1, -g),
            (0, 1, -g),
            (g, 0, -1),
            (g, 0, 1),
            (-g, 0, -1),
            (-g, 0, 1),
        ],
        dtype=np.float64,
    )
    faces = np.array(
        [
            (0, 11, 5),
            (0, 5, 1),
            (0, 1, 7),
            (0, 7, 10),
            (0, 10, 11),
            (1, 5, 9),
            (5, 11, 4),
            (11, 10, 2),
            (10, 7, 6),
            (7, 1, 8),
            (3, 9, 4),
            (3, 4, 2),
            (3, 2, 6),
            (3, 6, 8),
            (3, 8, 9),
            (4, 9, 5),
            (2, 4, 11),
            (6, 2, 10),
            (8, 6, 7),
            (9, 8, 1),
        ],
        dtype=np.int32,
    )
    for _ in range(detail):
        points, faces = _quartered(points, faces)
    return points / np.linalg.norm(points, axis=1, keepdims=True), faces


def _quartered(points: Floats, faces: Ints) -> tuple[Floats, Ints]:
    points = points / np.linalg.norm(points, axis=1, keepdims=True)
    edges = np.sort(np.concatenate([faces[:, [0, 1]], faces[:, [1, 2]], faces[:, [2, 0]]]), 1)
    unique, number = np.unique(edges, axis=0, return_inverse=True)
    middle = (points[unique[:, 0]] + points[unique[:, 1]]) / 2
    ab, bc, ca = (len(points) + number.reshape(3, -1)).astype(np.int32)
    a, b, c = faces.T
    split = [(a, ab, ca), (b, bc, ab), (c, ca, bc), (ab, bc, ca)]
    return np.concatenate([points, middle]), np.concatenate([np.stack(face, 1) for face in split]).astype(np.int32)
