"""The skin of a face with an expression, as a lattice of points that pieces are laid on."""

from dataclasses import dataclass
from functools import cached_property, lru_cache

import numpy as np

from scenes.blob.specs import Ring
from scenes.face.bones import EYE, head_members
from scenes.face.lattice import EYE_ROWS, LIP_ROWS, head_lattice
from scenes.face.muscles import moved
from scenes.face.relief import Slit, lid_depth, mouth_width, relief
from scenes.face.specs import ActionUnits, FaceTraits
from scenes.mesh import Floats, Ints

__all__ = ["Surface", "face_surface"]

_MOUTH_DEPTH = (0.006, 0.020, 0.006)  # how far behind the lips the rows between them lie, metres


@dataclass(frozen=True, eq=False)
class Surface:
    """Points of the skin [rows, columns, 3]; across [rows, columns] and levels [rows]: their x and z when neutral."""

    points: Floats
    across: Floats
    levels: Floats

    @cached_property
    def normals(self) -> Floats:
        """Unit normals at the points, outward."""
        right = np.roll(self.points, -1, 1) - np.roll(self.points, 1, 1)
        up = np.gradient(self.points, axis=0)
        normal = np.cross(right, up)
        return np.asarray(normal / np.maximum(np.linalg.norm(normal, axis=-1, keepdims=True), 1e-12))

    def at(self, x: Floats, rows: Floats, lift: Floats | float = 0.0) -> Floats:
        """Points [n, 3] of the face at neutral x [n] on fractional rows [n], `lift` metres over the skin."""
        low = np.clip(np.floor(rows).astype(int), 0, len(self.levels) - 2)
        share = (rows - low)[:, None]
        mixed = self._on_rows(low, x) * (1 - share) + self._on_rows(low + 1, x) * share
        normal = mixed[:, 3:] / np.maximum(np.linalg.norm(mixed[:, 3:], axis=1, keepdims=True), 1e-12)
        return np.asarray(mixed[:, :3] + normal * np.broadcast_to(np.asarray(lift, np.float64), x.shape)[:, None])

    def rows_at(self, z: Floats, low: int, high: int) -> Floats:
        """Fractional rows, between two, on which neutral heights z lie."""
        return np.asarray(low + np.interp(z, self.levels[low : high + 1], np.arange(high + 1 - low)))

    def _on_rows(self, rows: Ints, x: Floats) -> Floats:
        """Points with normals [n, 6] at neutral x [n] on whole rows [n]."""
        order, values = self._front
        line, count = order[rows], order.shape[1]
        k = np.clip((line <= x[:, None]).sum(1) - 1, 0, count - 2)
        pick = np.arange(len(x))
        low, high = line[pick, k], line[pick, k + 1]
        share = ((x - low) / (high - low))[:, None]
        return np.asarray(values[rows, k] * (1 - share) + values[rows, k + 1] * share)

    @cached_property
    def _front(self) -> tuple[Floats, Floats]:
        """The front columns from right to left: neutral x [rows, n], and points with normals [rows, n, 6]."""
        count = int(self.points.shape[1] * 0.28)
        columns = np.arange(-count, count + 1)
        return self.across[:, columns], np.concatenate([self.points, self.normals], -1)[:, columns]


@lru_cache(maxsize=32)
def face_surface(traits: FaceTraits, actions: ActionUnits, neck: tuple[Ring, Ring, Ring]) -> Surface:
    """The skin of a face; each face's pieces ask for the same one."""
    lattice = head_lattice(head_members(traits, neck), neck)
    points = lattice.points.copy()
    x, z = points[..., 0].copy(), np.repeat(lattice.levels[:, None], points.shape[1], 1)
    front = np.clip(-points[..., 1] / 0.03 - 1, 0, 1) * (lattice.hang[:, None] == 1)
    _smooth_nose(points, x, z)
    points[..., 1] -= front * relief(x, z, traits)
    _open_lids(points, x, z, front, traits, actions)
    _part_lips(points, x, traits)
    upper = np.broadcast_to((np.arange(len(points)) >= LIP_ROWS[1])[:, None], x.shape).astype(np.float64)
    points = moved(points, z, upper, np.broadcast_to(lattice.hang[:, None], x.shape), traits, actions)
    return Surface(points, x, lattice.levels)


def _smooth_nose(points: Floats, x: Floats, z: Floats) -> None:
    """Evens out the steps that rays leave where they graze the nose's sides."""
    share = np.clip(1.6 - np.hypot(x / 0.021, (z + 0.016) / 0.024), 0, 1) * (points[..., 1] < -0.05)
    y = points[..., 1]
    for _ in range(4):
        level = (np.roll(y, 1, 1) + 2 * y + np.roll(y, -1, 1)) / 4
        level[1:-1] = (level[:-2] + 2 * level[1:-1] + level[2:]) / 4
        y = y + share * (level - y)
    points[..., 1] = y


def _open_lids(points: Floats, x: Floats, z: Floats, front: Floats, traits: FaceTraits, actions: ActionUnits) -> None:
    slit = Slit(traits, actions)
    rows = np.arange(len(points))[:, None]
    around = (front > 0) & (np.abs(z - EYE[2]) < 0.03)
    opened = slit.opened(x, z, np.broadcast_to(rows >= EYE_ROWS[1], x.shape))
    height = points[..., 2] + np.where(around, opened - z, 0.0)
    inner = np.where((rows >= EYE_ROWS[0]) & (rows <= EYE_ROWS[1]), np.clip(1 - slit.across(x) ** 2, 0, 1) ** 0.5, 0.0)
    points[..., 1] = np.where(around, lid_depth(x, points[..., 1], height, inner), points[..., 1])
    points[..., 2] = height


def _part_lips(points: Floats, x: Floats, traits: FaceTraits) -> None:
    """The rows between the lips go into the mouth."""
    within = np.clip(1 - (x / mouth_width(traits)) ** 2, 0, 1) ** 0.5
    for row, depth in zip(LIP_ROWS, _MOUTH_DEPTH, strict=True):
        points[row, :, 1] += np.where(points[row, :, 1] < -0.05, within[row] * depth, 0.0)
