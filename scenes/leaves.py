"""Leaves by the thousand: each a diamond folded along its midrib, closed, four triangles."""

import numpy as np

from scenes.mesh import Floats, Mesh
from scenes.shapes import Leaves

__all__ = ["leaf_mesh"]

FOLD = 0.12  # of the width: how deep the fold is
DEEPEST = 0.45  # share of a ball's radius within which no leaf grows: nobody sees it
_FACES = np.array([(0, 2, 1), (0, 3, 2), (0, 1, 3), (1, 2, 3)])


def leaf_mesh(leaves: Leaves) -> Mesh:
    rng = np.random.Generator(np.random.PCG64(leaves.seed))
    balls = np.array(leaves.balls)
    weight = balls[:, 3] ** 2
    home = balls[rng.choice(len(balls), leaves.count, p=weight / weight.sum())]
    outward = _directions(rng, leaves.count)
    depth = DEEPEST + (1.08 - DEEPEST) * rng.uniform(0, 1, (leaves.count, 1)) ** 0.5
    root = home[:, :3] + outward * home[:, 3:] * depth
    size = rng.uniform(0.6, 1.25, (leaves.count, 1))
    facing = _unit(outward + 0.9 * _directions(rng, leaves.count) + np.array([0, 0, 0.35]))
    along = _unit(np.cross(facing, _directions(rng, leaves.count)) - np.array([0, 0, 0.2]))
    side = _unit(np.cross(facing, along))
    facing = np.cross(along, side)
    long, wide = leaves.length * size, leaves.width * size / 2
    fold = FOLD * leaves.width * size
    left = root + 0.45 * long * along + wide * side + fold * facing
    right = root + 0.45 * long * along - wide * side + fold * facing
    corners = np.stack([root, left, root + long * along, right], 1)
    loops = (np.arange(leaves.count)[:, None, None] * 4 + _FACES).astype(np.int32)
    mesh = Mesh(corners.reshape(-1, 3), loops.ravel(), np.full(4 * leaves.count, 3, np.int32))
    return mesh if mesh.volume() > 0 else mesh.flipped()


def _directions(rng: np.random.Generator, count: int) -> Floats:
    return _unit(rng.normal(size=(count, 3)))


def _unit(vectors: Floats) -> Floats:
    return np.asarray(vectors / np.maximum(np.linalg.norm(vectors, axis=1, keepdims=True), 1e-9))
