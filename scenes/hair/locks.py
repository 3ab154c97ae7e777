"""Locks that lie on the shell: tapered, three-sided, some over the hairline so that it is ragged and soft."""

from dataclasses import dataclass, replace

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
    """Locks of one sort: how many, from where to where in shares of the strands' length, half their width, metres.

    length: in shares, of locks that lie anywhere between start and end; 0 for those that reach from one to the other.
    rise: over the shell, metres. sweep: how far ends drift round the head, either way, radians; parted: away from the
    middle. curl: how far they swing to both sides, radians. around: the angles on either side at which they grow.
    """

    count: int
    start: float
    end: float
    width: float
    rise: float
    sweep: float
    length: float = 0.0
    curl: float = 0.0
    parted: bool = False
    around: tuple[float, float] = (0.0, np.pi)


_LOOSE = (
    _Sort(36, 0.3, 1.03, 0.0055, 0.0022, 0.05, around=(0.8, np.pi)),
    _Sort(20, 0.35, 0.93, 0.0055, 0.0011, 0.6, parted=True, around=(0.05, 0.5)),
)
_TIED = (_Sort(72, 0.80, 1.012, 0.0017, 0.0004, 0.03), _Sort(26, 0.1, 0.85, 0.0050, 0.0010, 0.04))
_FRINGE = _Sort(34, 0.6, 1.05, 0.0035, 0.0014, 0.06, around=(0.0, 0.85))
_SORTS = {
    "cropped": (_Sort(72, 0.90, 1.012, 0.0018, 0.0004, 0.02),),
    "short": (
        _Sort(54, 0.76, 1.03, 0.0030, 0.0010, 0.05),
        _Sort(26, 0.25, 0.985, 0.0065, 0.0038, 0.22, around=(0.0, 0.9)),
        _Sort(36, 0.2, 0.95, 0.0060, 0.0026, 0.10, length=0.35, around=(0.7, np.pi)),
    ),
    "parted": (
        _Sort(50, 0.76, 1.03, 0.0030, 0.0009, 0.04),
        _Sort(22, 0.3, 0.98, 0.0070, 0.0030, 0.35, around=(0.0, 0.85)),
        _Sort(32, 0.2, 0.95, 0.0060, 0.0022, 0.08, length=0.4, around=(0.8, np.pi)),
    ),
    "bob": _LOOSE,
    "long": _LOOSE,
    "bun": _TIED,
    "ponytail": _TIED,
    "curly": (_Sort(64, 0.80, 1.01, 0.0034, 0.0050, 0.16, curl=0.05),),
}


def lock_meshes(shape: HairPiece, shell: Shell) -> list[Mesh]:
    """The locks of a head, one mesh for each sort."""
    rng = draw.stream(shape.seed, "locks")
    sorts = _SORTS[shape.style]
    if shape.fringe:
        sorts = (*sorts, _FRINGE)
    if shape.hat:
        sorts = tuple(replace(sort, rise=0.2 * sort.rise) for sort in sorts[:1] if shape.style not in HANGING)
    return [_locks(rng, sort, shell) for sort in sorts]


def _locks(rng: np.random.Generator, sort: _Sort, shell: Shell) -> Mesh:
    low, high = sort.around
    even = np.arange(sort.count)
    side = np.where(even % 2 == 0, 1.0, -1.0)
    share = (even // 2 + rng.uniform(0.1, 0.9, sort.count)) / (sort.count / 2)
    angle = side * (low + (high - low) * share)
    start = sort.start + (sort.end - sort.start) * 0.3 * rng.uniform(0, 1, sort.count)
    end = sort.end - (sort.end - sort.start) * 0.15 * rng.uniform(0, 1, sort.count)
    if sort.length:
        start = rng.uniform(sort.start, sort.end - sort.length, sort.count)
        end = start + sort.length * rng.uniform(0.7, 1.0, sort.count)
    drift = sort.sweep * (side * rng.uniform(0.6, 1.2, sort.count) if sort.parted else rng.normal(0.2, 1.0, sort.count))
    wide = sort.width * rng.uniform(0.7, 1.3, sort.count)
    along = np.linspace(0, 1, _POINTS)
    swing = sort.curl * np.where(rng.uniform(0, 1, sort.count) < 0.5, 1, -1)[:, None] * np.sin(2 * np.pi * along)
    angles = angle[:, None] + drift[:, None] * along**1.6 + swing
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
