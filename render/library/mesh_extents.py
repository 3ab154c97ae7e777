"""What sampling must know of a mesh: its extreme points. numpy only."""

import numpy as np
from jaxtyping import Float64

__all__ = ["extreme_points", "standing_point"]

SPREAD = 48  # directions over the sphere; with the axes' own ones the box of the points is exact
DIGITS = 6  # micrometres


def standing_point(vertices: Float64[np.ndarray, "n 3"]) -> Float64[np.ndarray, " 3"]:
    """The point that goes to the origin: the middle of the box, at its foot."""
    low, high = vertices.min(axis=0), vertices.max(axis=0)
    return np.array([(low[0] + high[0]) / 2, (low[1] + high[1]) / 2, low[2]])


def extreme_points(vertices: Float64[np.ndarray, "n 3"]) -> tuple[tuple[float, float, float], ...]:
    """The vertices farthest along a fixed set of directions, at least 4 of them apart."""
    k = np.arange(SPREAD) + 0.5
    z = 1 - 2 * k / SPREAD
    turn = np.pi * (1 + 5**0.5) * k
    side = np.sqrt(1 - z**2)
    around = np.stack([side * np.cos(turn), side * np.sin(turn), z], axis=1)
    directions = np.concatenate([around, np.eye(3), -np.eye(3)])
    chosen = np.unique(np.argmax(vertices @ directions.T, axis=0))
    points = np.unique(np.round(vertices[chosen], DIGITS) + 0.0, axis=0)
    while len(points) < 4:  # a lone triangle
        points = np.concatenate([points, points[:1]])
    return tuple((float(x), float(y), float(z)) for x, y, z in points)
