"""Leaves on the branches of a plant: sprays of pointed ovals, or of needles."""

import numpy as np

from scenes.mesh import Floats, Mesh
from scenes.nature.branching import Branch, skeleton
from scenes.nature.plants import sheets
from scenes.nature.specs import Leafage

__all__ = ["leafage_mesh", "ovals"]

SPRAY = 6  # leaves on one twig
_SHOULDERS = ((0.3, 0.92), (0.64, 0.8))  # of an oval: how far along, and how wide there


def leafage_mesh(shape: Leafage) -> Mesh:
    """Leafage along the outermost branches, turned to the light; of a conifer flat sprays of needles."""
    rng = np.random.Generator(np.random.PCG64(shape.growth.seed + 1))
    bearing = [branch for branch in skeleton(shape.growth) if branch.order == 2]
    length = np.array([np.linalg.norm(branch.path[-1] - branch.path[0]) for branch in bearing])
    conifer = shape.growth.form == "conifer"
    twigs = shape.count if conifer else -(-shape.count // SPRAY)
    which = rng.choice(len(bearing), twigs, p=length / length.sum())
    share = rng.uniform(0.12, 1.0, twigs) ** 0.75
    if conifer:
        return _needles(rng, shape, _paths(bearing), which, share)
    root, heading = _along(_paths(bearing), which, share)
    return _sprays(rng, shape, root, heading)


def ovals(root: Floats, along: Floats, across: Floats, fold: Floats) -> Mesh:
    """Pointed oval leaves of two faces each, folded along the midrib: from `root` [n, 3] `along` to the tip."""
    rows = [root]
    for share, width in _SHOULDERS:
        rows.append(root + share * along + width * (across + fold))
    rows.append(root + along)
    for share, width in reversed(_SHOULDERS):
        rows.append(root + share * along - width * (across - fold))
    corners = np.stack(rows, 1)
    start = 6 * np.arange(len(root), dtype=np.int32)[:, None]
    faces = (start + np.array([0, 1, 2, 3, 0, 3, 4, 5], np.int32)).astype(np.int32)
    return Mesh(corners.reshape(-1, 3), faces.ravel(), np.full(2 * len(root), 4, np.int32))


def _sprays(rng: np.random.Generator, shape: Leafage, root: Floats, heading: Floats) -> Mesh:
    """Leaves alternating on both sides of twigs that leave the branch at `root`; each twig in a plane of its own."""
    toward = _unit(heading * 0.6 + rng.normal(0, 0.75, root.shape))
    root = root + rng.normal(0, 0.4 * shape.long * shape.loose, root.shape)
    out = root - np.array([0.0, 0.0, 0.5 * shape.growth.height])
    up = _unit(np.array([0, 0, 0.8]) + 0.5 * _unit(out) + rng.normal(0, 0.45, root.shape))
    aside = _unit(np.cross(up, toward))
    rank = np.tile(np.arange(SPRAY), len(root))[: shape.count]
    twig = np.repeat(np.arange(len(root)), SPRAY)[: shape.count]
    count = len(rank)
    length = shape.long * rng.uniform(1.6, 2.6, (len(root), 1))
    base = root[twig] + toward[twig] * length[twig] * (rank / SPRAY)[:, None]
    hand = np.where(rank % 2, 1.0, -1.0)[:, None] * (rank < SPRAY - 1)[:, None]
    ahead = _unit(0.55 * toward[twig] + 0.85 * hand * aside[twig] + rng.normal(0, 0.28, (count, 3)) - [0, 0, 0.22])
    facing = _unit(up[twig] + rng.normal(0, 0.3, (count, 3)))
    size = shape.long * rng.uniform(0.7, 1.2, (count, 1))
    across = 0.5 * shape.broad * size * _unit(np.cross(ahead, facing))
    base[:, 2] = np.maximum(base[:, 2], 0.6 * shape.long)
    return ovals(base, ahead * size, across, 0.11 * size * facing)


def _needles(rng: np.random.Generator, shape: Leafage, paths: Floats, which: np.ndarray, share: Floats) -> Mesh:
    """Sprays on both sides of a branch, slanting forward, shorter toward its tip."""
    root, heading = _along(paths, which, share)
    side = _unit(np.cross(heading, [0, 0, 1.0])) * rng.choice([-1.0, 1.0], (shape.count, 1))
    toward = _unit(
        heading * rng.uniform(0.5, 1.3, (shape.count, 1)) + side + rng.normal(0, 0.22, root.shape) - [0, 0, 0.12]
    )
    size = shape.long * (1.25 - 0.65 * share[:, None]) * rng.uniform(0.7, 1.2, (shape.count, 1))
    up = _unit(np.array([0, 0, 1.0]) + rng.normal(0, 0.35, root.shape))
    across = 0.5 * shape.broad * size * _unit(np.cross(toward, up))
    return sheets(root, toward * size, across, -0.1 * size * up)


def _paths(bearing: list[Branch]) -> Floats:
    """Paths of equal length as one array [b, n, 3]."""
    count = min(len(branch.path) for branch in bearing)
    return np.stack([branch.path[-count:] for branch in bearing])


def _along(paths: Floats, which: np.ndarray, share: Floats) -> tuple[Floats, Floats]:
    place = share * (paths.shape[1] - 1)
    k = np.minimum(place.astype(int), paths.shape[1] - 2)
    a, b = paths[which, k], paths[which, k + 1]
    return a + (place - k)[:, None] * (b - a), _unit(b - a)


def _unit(vectors: Floats) -> Floats:
    return np.asarray(vectors / np.maximum(np.linalg.norm(vectors, axis=-1, keepdims=True), 1e-9))
