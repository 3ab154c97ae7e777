"""Surface nets (Gibson 1998): a closed mesh of quads through the cells that a field's zero level crosses."""

from functools import lru_cache
from itertools import product
from typing import TypeVar

import numpy as np
import numpy.typing as npt

from scenes.blob.field import Grid, sampled
from scenes.blob.folds import folded, vertex_normals
from scenes.blob.hems import bands
from scenes.blob.patches import sewn
from scenes.blob.specs import Blob
from scenes.mesh import Floats, Ints, Mesh, joined

__all__ = ["blob_mesh"]

_Kind = TypeVar("_Kind", bound=np.generic)
_CORNERS = np.array(list(product((0, 1), repeat=3)))
_EDGES = [(a, b) for a, b in product(range(8), repeat=2) if a < b and np.abs(_CORNERS[a] - _CORNERS[b]).sum() == 1]


@lru_cache(maxsize=256)  # a person has about ten; each is measured, placed and later built
def blob_mesh(blob: Blob) -> Mesh:
    """The blob's skin: closed, outward, its edges about one cell long; laid in folds, with what is sewn on."""
    grid = sampled(blob)
    _open_saddles(grid.values)
    mesh = _on_level(grid, _nets(grid))
    if blob.folds or blob.drapes:
        mesh = folded(mesh, blob)
    added = [*bands(mesh, blob), *sewn(mesh.vertices, vertex_normals(mesh), blob.patches)]
    return joined([mesh, *added]) if added else mesh


def _open_saddles(values: Floats) -> None:
    """Fills corners where a square of the grid is crossed by two skins: there four faces would share an edge."""
    level = -1e-4
    for _ in range(12):
        inside = values < 0
        has_saddles = False
        for axis in range(3):
            a, b = (other for other in range(3) if other != axis)
            squares = [_shifted(inside, a, b, i, j) for i, j in product((0, 1), repeat=2)]
            first = squares[0] & squares[3] & ~squares[1] & ~squares[2]
            second = squares[1] & squares[2] & ~squares[0] & ~squares[3]
            if first.any() or second.any():
                has_saddles = True
                _shifted(values, a, b, 0, 1)[first] = level
                _shifted(values, a, b, 0, 0)[second] = level
        if not has_saddles:
            return


def _shifted(values: npt.NDArray[_Kind], a: int, b: int, i: int, j: int) -> npt.NDArray[_Kind]:
    """A view of the corner (i, j) of every square across the axes a and b."""
    cut = [slice(None)] * 3
    cut[a] = slice(i, values.shape[a] - 1 + i)
    cut[b] = slice(j, values.shape[b] - 1 + j)
    return values[tuple(cut)]


def _nets(grid: Grid) -> Mesh:
    values = grid.values
    inside = values < 0
    corners = [
        inside[tuple(slice(c, n - 1 + c) for c, n in zip(corner, inside.shape, strict=True))] for corner in _CORNERS
    ]
    count = np.sum(corners, axis=0)
    active = (count > 0) & (count < 8)
    cells = np.argwhere(active)
    number = np.full(active.shape, -1, np.int32)
    number[active] = np.arange(len(cells), dtype=np.int32)
    vertices = grid.low + grid.cell * (cells + _middles(values, cells))
    quads = np.concatenate([_quads(inside, number, axis) for axis in range(3)])
    return Mesh(vertices, quads.ravel().astype(np.int32), np.full(len(quads), 4, np.int32))


def _middles(values: Floats, cells: npt.NDArray[np.intp]) -> Floats:
    """The mean of the crossings on each cell's edges, in cells [n, 3]."""
    at = values.ravel()[_corner_places(values.shape, cells)]
    inside = at < 0
    total, number = np.zeros((3, len(cells))), np.zeros(len(cells))
    for a, b in _EDGES:
        crossed = np.flatnonzero(inside[a] != inside[b])
        low, high = at[a, crossed], at[b, crossed]
        axis = int(np.argmax(_CORNERS[b] - _CORNERS[a]))
        for k in range(3):
            total[k, crossed] += low / (low - high) if k == axis else _CORNERS[a, k]
        number[crossed] += 1
    return np.asarray((total / number).T)


def _corner_places(shape: tuple[int, ...], cells: npt.NDArray[np.intp]) -> npt.NDArray[np.intp]:
    """Where the corners of each cell lie in the raveled grid [8, n]."""
    steps = np.array([shape[1] * shape[2], shape[2], 1])
    return np.asarray((_CORNERS @ steps)[:, None] + cells @ steps)


def _quads(inside: npt.NDArray[np.bool_], number: Ints, axis: int) -> Ints:
    """A quad of the four cells round every edge along `axis` that the skin crosses."""
    a, b = (axis + 1) % 3, (axis + 2) % 3
    low = np.take(inside, range(inside.shape[axis] - 1), axis)
    high = np.take(inside, range(1, inside.shape[axis]), axis)
    quads = []
    for crossing, order in ((low & ~high, (0, 1, 2, 3)), (~low & high, (3, 2, 1, 0))):
        edges = np.argwhere(crossing)
        ring = []
        for i, j in ((-1, -1), (0, -1), (0, 0), (-1, 0)):
            cell = edges.copy()
            cell[:, a] += i
            cell[:, b] += j
            ring.append(number[tuple(cell.T)])
        quads.append(np.stack([ring[k] for k in order], 1))
    return np.concatenate(quads)


def _on_level(grid: Grid, mesh: Mesh) -> Mesh:
    """The mesh with its vertices drawn onto the zero level, which evens out the steps of the grid."""
    vertices = mesh.vertices
    known = np.stack([grid.values, *np.gradient(grid.values, grid.cell)], -1)
    for _ in range(2):
        here = _between(grid, known, vertices)
        value, slope = here[:, :1], here[:, 1:]
        step = value * slope / np.maximum((slope * slope).sum(1, keepdims=True), 0.1)
        vertices = vertices - np.clip(step, -grid.cell / 3, grid.cell / 3)
    return Mesh(vertices, mesh.loops, mesh.sizes)


def _between(grid: Grid, values: Floats, points: Floats) -> Floats:
    """Values [x, y, z, c] at points between those of the grid, trilinear [n, c]."""
    position = (points - grid.low) / grid.cell
    cell = np.clip(position.astype(int), 0, np.array(grid.values.shape) - 2)
    share = position - cell
    corners = values.reshape(-1, values.shape[-1])[_corner_places(grid.values.shape, cell)]
    for axis in range(3):  # each halves the corners
        half = len(corners) // 2
        corners = corners[:half] + share[:, axis, None] * (corners[half:] - corners[:half])
    return np.asarray(corners[0])
