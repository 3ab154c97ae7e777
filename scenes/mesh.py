"""A polygon mesh as flat arrays, the way Blender takes it, and what can be measured on it."""

from dataclasses import dataclass
from functools import cached_property, lru_cache

import numpy as np
import numpy.typing as npt

__all__ = ["Floats", "Ints", "Mesh", "extremes", "joined", "skin", "turned"]

Floats = npt.NDArray[np.float64]
Ints = npt.NDArray[np.int32]
IDENTITY = np.eye(3).tolist()


@dataclass(frozen=True, eq=False)
class Mesh:
    """Polygons over `vertices` [n, 3] (metres): face k takes the next `sizes[k]` entries of `loops`, facing outward."""

    vertices: Floats
    loops: Ints
    sizes: Ints

    @property
    def face_count(self) -> int:
        """Number of polygons."""
        return len(self.sizes)

    def triangles(self) -> Ints:
        """Each face as a fan [k, 3]: exact for areas and volumes of planar faces, convex or not."""
        starts = np.cumsum(self.sizes) - self.sizes
        fans = np.repeat(np.arange(len(self.sizes)), self.sizes - 2)
        first = np.cumsum(self.sizes - 2) - (self.sizes - 2)
        step = np.arange(len(fans)) - first[fans]
        corner = starts[fans]
        return np.stack([self.loops[corner], self.loops[corner + step + 1], self.loops[corner + step + 2]], 1)

    def half_edges(self) -> Ints:
        """Every face's edges as (from, to) [sum of sizes, 2]."""
        ends = np.cumsum(self.sizes)
        following = np.arange(1, len(self.loops) + 1)
        following[ends - 1] = ends - self.sizes
        return np.stack([self.loops, self.loops[following]], 1)

    def is_closed(self) -> bool:
        """Whether every edge lies in exactly two faces, once in each direction."""
        count = len(self.vertices)
        forward = self.half_edges().astype(np.int64) @ np.array([count, 1])
        backward = self.half_edges().astype(np.int64) @ np.array([1, count])
        unique = len(np.unique(forward)) == len(forward)
        return unique and bool(np.array_equal(np.sort(forward), np.sort(backward)))

    def volume(self) -> float:
        """Signed volume in cubic metres, positive where faces point outward."""
        a, b, c = (self.vertices[index] for index in self.triangles().T)
        (bx, by, bz), (cx, cy, cz) = b.T, c.T
        cross = np.stack([by * cz - bz * cy, bz * cx - bx * cz, bx * cy - by * cx], 1)  # np.cross takes much longer
        return float(np.einsum("ij,ij->", a, cross) / 6)

    def flipped(self) -> "Mesh":
        """The same faces seen from behind."""
        starts = np.cumsum(self.sizes) - self.sizes
        offset = np.arange(len(self.loops)) - np.repeat(starts, self.sizes)
        mirrored = np.repeat(starts + self.sizes - 1, self.sizes) - offset
        return Mesh(self.vertices, self.loops[mirrored], self.sizes)

    def transformed(self, matrix: Floats, offset: Floats) -> "Mesh":
        """Vertices through `matrix` [3, 3], then moved by `offset` [3]; faces stay outward under a reflection too."""
        moved = Mesh(turned(self.vertices, matrix) + offset, self.loops, self.sizes)
        return moved.flipped() if _mirrors(matrix) else moved

    @cached_property
    def box(self) -> tuple[Floats, Floats]:
        """The least and the greatest corner."""
        return extremes(self.vertices)


def extremes(points: npt.NDArray[np.floating]) -> tuple[Floats, Floats]:
    """The least and the greatest of each coordinate of `points` [n, k]: two arrays [k]."""
    columns = points.T  # each alone: numpy takes three at a time ten times as slowly
    return np.array([column.min() for column in columns]), np.array([column.max() for column in columns])


def _mirrors(matrix: Floats) -> bool:
    """Whether the determinant is negative. In plain numbers: numpy takes 30 times as long for one small product."""
    (a, b, c), (d, e, f), (g, h, i) = matrix.tolist()
    return bool((b * f - c * e) * g + (c * d - a * f) * h + (a * e - b * d) * i < 0)


def turned(points: Floats, matrix: Floats) -> Floats:
    """`points` [n, 3] through `matrix` [3, 3]: the same bits on every machine, unlike a matrix product."""
    rows = matrix.tolist()
    if rows == IDENTITY:
        return points
    x, y, z = points.T
    result = np.empty((len(points), 3))
    for column, (a, b, c) in zip(result.T, rows, strict=True):
        column[:] = a * x + b * y + c * z
    return result


def joined(meshes: list[Mesh]) -> Mesh:
    """Several meshes as one, nothing welded."""
    starts = np.cumsum([0] + [len(mesh.vertices) for mesh in meshes])
    return Mesh(
        np.concatenate([mesh.vertices for mesh in meshes]),
        np.concatenate([mesh.loops + start for mesh, start in zip(meshes, starts, strict=False)]).astype(np.int32),
        np.concatenate([mesh.sizes for mesh in meshes]),
    )


def skin(rings: Floats, *, closed: bool = False) -> Mesh:
    """Quads over `rings` [r, m, 3], each counter-clockwise seen from the next; capped, or `closed` to a torus."""
    loops, sizes = _skin_faces(*rings.shape[:2], closed)
    return Mesh(rings.reshape(-1, 3).astype(np.float64), loops, sizes)


@lru_cache(maxsize=256)  # shapes have their counts in common
def _skin_faces(count: int, points: int, closed: bool) -> tuple[Ints, Ints]:
    """Read-only loops and sizes of the faces of a skin over `count` rings of `points`."""
    index = np.arange(count * points, dtype=np.int32).reshape(count, points)
    if closed:
        index = np.concatenate([index, index[:1]])
    low, high = index[:-1], index[1:]
    quads = np.stack([low, np.roll(low, -1, 1), np.roll(high, -1, 1), high], -1).reshape(-1, 4)
    loops, sizes = quads.ravel(), np.full(len(quads), 4, np.int32)
    if not closed:
        loops = np.concatenate([loops, index[0, ::-1], index[-1]])
        sizes = np.concatenate([sizes, np.full(2, points, np.int32)])
    loops.flags.writeable = sizes.flags.writeable = False
    return loops, sizes
