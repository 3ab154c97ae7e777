"""The extreme points of a mesh, which is all that sampling needs of it. numpy only."""

import numpy as np
from jaxtyping import Float64

from scenes.sphere import even_directions

__all__ = ["extreme_points", "standing_point"]

SPREAD = 48  # directions over the sphere; those of the axes besides make the box of the points exact
DIGITS = 6  # micrometres


def standing_point(vertices: Float64[np.ndarray, "n 3"]) -> Float64[np.ndarray, " 3"]:
    """The point that is moved to the origin: the middle of the box's lowest face."""
    low, high = vertices.min(axis=0), vertices.max(axis=0)
    return np.array([(low[0] + high[0]) / 2, (low[1] + high[1]) / 2, low[2]])


def extreme_points(vertices: Float64[np.ndarray, "n 3"]) -> tuple[tuple[float, float, float], ...]:
    """The vertices farthest along a fixed set of directions, rounded to micrometres, at least 4."""
    directions = np.concatenate([even_directions(SPREAD), np.eye(3), -np.eye(3)])
    chosen = np.unique(np.argmax(vertices @ directions.T, axis=0))
    points = np.unique(np.round(vertices[chosen], DIGITS) + 0.0, axis=0)
    while len(points) < 4:  # a lone triangle
        points = np.concatenate([points, points[:1]])
    return tuple((float(x), float(y), float(z)) for x, y, z in points)
