"""A plate with rectangular holes, closed and without a boolean: cells of a grid, with sides where solid meets void."""

import numpy as np

from scenes.mesh import Mesh
from scenes.shapes import Opening, Perforated

__all__ = ["perforated_mesh"]


def perforated_mesh(shape: Perforated) -> Mesh:
    """A box with rectangular holes through its depth, as one closed mesh."""
    width, depth, height = shape.size
    holes = [(x, z, hole.width, hole.height) for hole in shape.openings for x, z in _corners(hole)]
    x = _marks([-width / 2, width / 2], [(left, left + hole_width) for left, _, hole_width, _ in holes])
    z = _marks([0.0, height], [(low, low + hole_height) for _, low, _, hole_height in holes])
    middle_x, middle_z = (x[1:] + x[:-1]) / 2, (z[1:] + z[:-1]) / 2
    solid = np.ones((len(middle_x), len(middle_z)), bool)
    for left, low, hole_width, hole_height in holes:
        across = (middle_x > left) & (middle_x < left + hole_width)
        along = (middle_z > low) & (middle_z < low + hole_height)
        solid[np.ix_(across, along)] = False
    grid = np.stack(np.meshgrid(x, (-depth / 2, depth / 2), z, indexing="ij"), -1)
    index = np.arange(grid[..., 0].size).reshape(grid.shape[:3])
    loops = np.concatenate(_faces(index, solid))
    used, compact = np.unique(loops, return_inverse=True)
    return Mesh(grid.reshape(-1, 3)[used], compact.astype(np.int32).ravel(), np.full(len(loops), 4, np.int32))


def _corners(hole: Opening) -> list[tuple[float, float]]:
    """The lower left corners of all holes of a row."""
    return [
        (hole.x + i * hole.steps[0], hole.z + k * hole.steps[1])
        for i in range(hole.counts[0])
        for k in range(hole.counts[1])
    ]


def _marks(ends: list[float], spans: list[tuple[float, float]]) -> np.ndarray:
    """The grid lines that the holes' edges need, to a tenth of a millimetre."""
    return np.unique(
        np.round(np.clip(np.array([*ends, *(edge for span in spans for edge in span)]), ends[0], ends[1]), 4)
    )


def _faces(index: np.ndarray, solid: np.ndarray) -> list[np.ndarray]:
    """Quads [n, 4] of the front (-y), the back, and of each side where a solid cell meets none."""
    near, far = index[:, 0], index[:, 1]

    def corners(layer: np.ndarray, mask: np.ndarray) -> list[np.ndarray]:
        """(low, low), (high, low), (high, high), (low, high) corners of the cells in the mask."""
        return [layer[:-1, :-1][mask], layer[1:, :-1][mask], layer[1:, 1:][mask], layer[:-1, 1:][mask]]

    front, back = corners(near, solid), corners(far, solid)
    faces = [np.stack(front, 1), np.stack(back[::-1], 1)]
    padded = np.pad(solid, 1)
    sides = (
        ((slice(0, -2), slice(1, -1)), 0, 3),
        ((slice(2, None), slice(1, -1)), 2, 1),
        ((slice(1, -1), slice(0, -2)), 1, 0),
        ((slice(1, -1), slice(2, None)), 3, 2),
    )
    for window, a, b in sides:
        mask = solid & ~padded[window]
        here, there = corners(near, mask), corners(far, mask)
        faces.append(np.stack([here[a], here[b], there[b], there[a]], 1))
    return faces
