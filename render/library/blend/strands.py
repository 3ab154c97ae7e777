"""Hair and points as meshes. numpy only.

What Cycles draws of hair and points has no faces, which boxes, silhouettes and views are computed from. Thin tubes and
small balls look the same in image and truth.
"""

from dataclasses import dataclass

import numpy as np
from jaxtyping import Float64, Int64

__all__ = ["MOST_BALLS", "Balls", "Strands", "balls", "tapered", "thinning", "tubes"]

MOST_SEGMENTS = 300_000  # of all strands of a head of hair: some 0.5 GB once rendered
LEAST_SEGMENTS = 4  # a strand of fewer has no curve left
MOST_BALLS = 60_000
SIDES = (3, 8)  # of a tube: few where there are many strands
FACES_IN_ALL = 900_000
FINEST = 3  # subdivisions of a ball's octahedron: 512 faces
CORNERS = np.array([(1, 0, 0), (-1, 0, 0), (0, 1, 0), (0, -1, 0), (0, 0, 1), (0, 0, -1)], np.float64)
OCTANTS = np.array([(0, 2, 4), (2, 1, 4), (1, 3, 4), (3, 0, 4), (2, 0, 5), (1, 2, 5), (3, 1, 5), (0, 3, 5)])


@dataclass(frozen=True, eq=False)
class Strands:
    """Strands of `points` each, in the axes of their object, units of the file."""

    points: Float64[np.ndarray, "n points 3"]
    radii: Float64[np.ndarray, "n points"]


@dataclass(frozen=True, eq=False)
class Balls:
    """Points with a radius each."""

    points: Float64[np.ndarray, "n 3"]
    radii: Float64[np.ndarray, " n"]


def tapered(root: float, tip: float, shape: float, position: Float64[np.ndarray, " n"]) -> Float64[np.ndarray, " n"]:
    """Radii at positions from 0, the root, to 1, the tip, as Cycles has them (`shaperadius` in blender/curves.cpp)."""
    left = (1 - position) ** (1 + shape if shape < 0 else 1 / max(1 - shape, 1e-6))
    return np.asarray(left * (root - tip) + tip)


def thinning(count: int, points: int, most: int = MOST_SEGMENTS) -> tuple[int, Int64[np.ndarray, " k"]]:
    """(n, points): keep every n-th strand, and of each these points, for at most `most` segments.

    Points are left out first, strands where that does not suffice.
    """
    wanted = int(np.clip(most // max(count, 1), LEAST_SEGMENTS, max(points - 1, 1)))
    indices = np.unique(np.round(np.linspace(0, points - 1, min(wanted, points - 1) + 1)).astype(np.int64))
    return max(1, -(-count * (len(indices) - 1) // most)), indices


def tubes(strands: Strands) -> tuple[Float64[np.ndarray, "v 3"], Int64[np.ndarray, "f 4"]]:
    """Vertices and faces of a tube along each strand; the first and last ring are open."""
    count, points = strands.radii.shape
    sides = int(np.clip(FACES_IN_ALL // max(1, count * (points - 1)), *SIDES))
    along = np.gradient(strands.points, axis=1)
    along /= np.maximum(np.linalg.norm(along, axis=2, keepdims=True), 1e-12)
    # An axis across the whole strand keeps the tube from twisting.
    chord = strands.points[:, -1] - strands.points[:, 0]
    across = np.eye(3)[np.argmin(np.abs(chord), axis=1)][:, None]
    first = np.cross(along, across)
    first /= np.maximum(np.linalg.norm(first, axis=2, keepdims=True), 1e-12)
    second = np.cross(along, first)
    turn = 2 * np.pi * np.arange(sides) / sides
    ring = first[:, :, None] * np.cos(turn)[:, None] + second[:, :, None] * np.sin(turn)[:, None]
    vertices = strands.points[:, :, None] + strands.radii[:, :, None, None] * ring
    return vertices.reshape(-1, 3), _sides(count, points, sides)


def balls(cloud: Balls) -> tuple[Float64[np.ndarray, "v 3"], Int64[np.ndarray, "f 3"]]:
    """Vertices and faces of a ball at each point, finer where there are fewer."""
    corners, faces = CORNERS, OCTANTS
    for _ in range(FINEST):
        if 4 * len(faces) * len(cloud.points) <= FACES_IN_ALL:
            corners, faces = _finer(corners, faces)
    vertices = cloud.points[:, None] + cloud.radii[:, None, None] * corners
    numbers = faces + len(corners) * np.arange(len(cloud.points))[:, None, None]
    return vertices.reshape(-1, 3), numbers.reshape(-1, 3)


def _finer(
    corners: Float64[np.ndarray, "v 3"], faces: Int64[np.ndarray, "f 3"]
) -> tuple[Float64[np.ndarray, "w 3"], Int64[np.ndarray, "g 3"]]:
    """Four faces for each, their new corners on the unit sphere."""
    pairs = np.sort(np.stack([faces, np.roll(faces, -1, axis=1)], axis=-1).reshape(-1, 2), axis=1)
    edges, which = np.unique(pairs, axis=0, return_inverse=True)
    middles = corners[edges].sum(axis=1)
    middles /= np.linalg.norm(middles, axis=1, keepdims=True)
    a, b, c = faces.T
    ab, bc, ca = (which.reshape(-1, 3) + len(corners)).T
    parts = ((a, ab, ca), (b, bc, ab), (c, ca, bc), (ab, bc, ca))
    return np.concatenate([corners, middles]), np.concatenate([np.stack(part, axis=1) for part in parts])


def _sides(count: int, points: int, sides: int) -> Int64[np.ndarray, "f 4"]:
    number = np.arange(count * points * sides).reshape(count, points, sides)
    turned = np.roll(number, -1, axis=2)
    faces = np.stack([number[:, :-1], turned[:, :-1], turned[:, 1:], number[:, 1:]], axis=-1)
    return np.asarray(faces.reshape(-1, 4))
