"""Locks that lie on the shell: tapered, three-sided, some over the hairline so that it is ragged and soft."""

from dataclasses import dataclass

import numpy as np

from scenes import draw
from scenes.hair.hairline import HANGING
from scenes.hair.shell import Shell
from scenes.hair.specs import HairPiece
from scenes.mesh import Floats, Mesh

__all__ = ["lock_meshes"]

_POINTS = 5  # along a lock
_PROFILE = np.array([0.25, 0.9, 1.0, 0.7, 0.08])  # of its width


@dataclass(frozen=True)
class _Sort:
    """Locks of one sort: how many, from where to where in shares, half their width, and how far they rise, metres."""

    count: int
    start: float
    end: float
    width: float
    rise: float
    sweep: float  # how far the end drifts round the head, radians
    around: tuple[float, float] = (0.0, np.pi)  # the angles on either side at which they grow


_LOOSE_LOCKS = (
    _Sort(30, 0.3, 1.03, 0.0055, 0.0022, 0.05, (0.8, np.pi)),
    _Sort(18, 0.35, 0.97, 0.0060, 0.0016, 0.75, (0.05, 0.5)),
)
_SORTS = {
    "cropped": (_Sort(64, 0.90, 1.012, 0.0018, 0.0004, 0.02),),
    "short": (
        _Sort(46, 0.74, 1.03, 0.0032, 0.0010, 0.05),
        _Sort(22, 0.25, 0.985, 0.0065, 0.0038, 0.22, (0.0, 0.9)),
    ),
    "parted": (
        _Sort(42, 0.76, 1.03, 0.0032, 0.0009, 0.04),
        _Sort(18, 0.3, 0.98, 0.0070, 0.0030, 0.35, (0.0, 0.85)),
    ),
    "bob": _LOOSE_LOCKS,
    "long": _LOOSE_LOCKS,
    "bun": (_Sort(56, 0.66, 1.03, 0.0026, 0.0007, 0.05),),
    "ponytail": (_Sort(56, 0.66, 1.03, 0.0026, 0.0007, 0.05),),
    "curly": (_Sort(48, 0.72, 1.03, 0.0045, 0.0050, 0.12),),
}


def lock_meshes(shape: HairPiece, shell: Shell) -> list[Mesh]:
    """The locks of a head, one mesh for each sort."""
    rng = draw.stream(shape.seed, "locks")
    sorts = _SORTS[shape.style]
    if shape.hat:
        sorts = sorts[: 1 if shape.style not in HANGING else 0]
    return [_locks(rng, sort, shell) for sort in sorts]


def _locks(rng: np.random.Generator, sort: _Sort, shell: Shell) -> Mesh:
    low, high = sort.around
    even = np.arange(sort.count)
    side = np.where(even % 2 == 0, 1.0, -1.0)
    share = (even // 2 + rng.uniform(0.1, 0.9, sort.count)) / (sort.count / 2)
    angle = side * (low + (high - low) * share)
    start = sort.start + (1 - sort.start) * 0.35 * rng.uniform(0, 1, sort.count)
    end = sort.end - 0.05 * (sort.end - sort.start) * rng.uniform(0, 3, sort.count)
    drift = sort.sweep * (
        rng.normal(0.25, 1.0, sort.count) if sort.sweep < 0.5 else side * rng.uniform(0.6, 1.2, sort.count)
    )
    wide = sort.width * rng.uniform(0.7, 1.3, sort.count)
    along = np.linspace(0, 1, _POINTS)
    angles = angle[:, None] + drift[:, None] * along**1.6
    shares = start[:, None] + (end - start)[:, None] * along
    points, out = (found.reshape(sort.count, _POINTS, 3) for found in shell.at(angles.ravel(), shares.ravel()))
    rise = sort.rise * np.sin(np.pi * (0.08 + 0.84 * along)) * rng.uniform(0.5, 1.3, (sort.count, 1))
    return _tubes(points + out * rise[..., None], out, wide[:, None] * _PROFILE)


def _tubes(paths: Floats, out: Floats, half: Floats) -> Mesh:
    """Flat three-sided tubes along paths [n, p, 3], their backs to `out`, half as wide as `half` [n, p] metres."""
    count, points = half.shape
    along = np.gradient(paths, axis=1)
    across = np.cross(along, out)
    across /= np.maximum(np.linalg.norm(across, axis=-1, keepdims=True), 1e-12)
    wide = half[..., None]
    corners = np.stack([paths + across * wide, paths + out * wide * 0.42, paths - across * wide], 2)
    corners -= (out * wide * 0.25)[:, :, None]
    index = np.arange(count * points * 3, dtype=np.int32).reshape(count, points, 3)
    low, high = index[:, :-1], index[:, 1:]
    quads = np.stack([low, np.roll(low, -1, 2), np.roll(high, -1, 2), high], -1).reshape(-1)
    caps = np.concatenate([index[:, 0, ::-1], index[:, -1]], 1).reshape(-1)
    sizes = np.concatenate([np.full(len(quads) // 4, 4), np.full(len(caps) // 3, 3)]).astype(np.int32)
    mesh = Mesh(corners.reshape(-1, 3), np.concatenate([quads, caps]).astype(np.int32), sizes)
    return mesh if mesh.volume() > 0 else mesh.flipped()
