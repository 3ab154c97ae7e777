"""Simple collision shapes for physics: hulls of a few dozen points in place of meshes of thousands.

Bullet's time grows with the points of a hull, and its contact with a hull of thousands takes minutes a scene.
"""

import numpy as np
from jaxtyping import Float64, Int32

from scenes.sphere import even_directions

__all__ = ["hull_points", "vessel_points"]

SPREAD = 160  # directions over the sphere: a ball's facets lie within 0.7 % of its radius
RIM = 24  # directions round the upper and the lower rim, where objects stand on each other
TILT = 0.05  # radians from the vertical
SECTORS = 24  # of a vessel round its axis: the chord lies within 0.9 % of the radius
RINGS = 6  # of a vessel from its bottom to its rim


def hull_points(vertices: Float64[np.ndarray, "n 3"]) -> Float64[np.ndarray, "m 3"]:
    """The vertices farthest along a fixed set of directions, at most 210: their hull approximates that of all.

    Feet and tops are kept exactly: the directions next to the vertical find the rim that an object stands on.
    """
    directions = np.concatenate([even_directions(SPREAD), _rims(), np.eye(3), -np.eye(3)])
    chosen = np.unique(np.argmax(vertices @ directions.T, axis=0))
    return vertices[chosen]


def vessel_points(
    vertices: Float64[np.ndarray, "n 3"], triangles: Int32[np.ndarray, "t 3"]
) -> list[Float64[np.ndarray, "m 3"]]:
    """Cut the wall of an open vessel (a bowl, a plate) into small parts; their hulls together follow the hollow.

    Pieces are cells of sector round the z axis and of angle down from the middle of the rim, in axes scaled to the
    vessel, so that shallow plates are cut as evenly as deep bowls.
    """
    low, high = vertices.min(axis=0), vertices.max(axis=0)
    middle = np.array([(low[0] + high[0]) / 2, (low[1] + high[1]) / 2, high[2]])
    reach = np.array([high[0] - low[0], high[1] - low[1], 2 * (high[2] - low[2])]) / 2
    centroids = (vertices[triangles].mean(axis=1) - middle) / reach
    sector = np.floor((np.arctan2(centroids[:, 1], centroids[:, 0]) / (2 * np.pi) % 1) * SECTORS)
    slope = np.arctan2(np.hypot(centroids[:, 0], centroids[:, 1]), -centroids[:, 2])
    ring = np.clip(np.floor(slope / (np.pi / 2) * RINGS), 0, RINGS - 1)
    cell = (sector * RINGS + ring).astype(np.int64)
    return [vertices[np.unique(triangles[cell == number])] for number in np.unique(cell)]


def _rims() -> Float64[np.ndarray, "n 3"]:
    turn = 2 * np.pi * np.arange(RIM) / RIM
    side = np.sin(TILT) * np.stack([np.cos(turn), np.sin(turn)], axis=1)
    up = np.full((RIM, 1), np.cos(TILT))
    return np.concatenate([np.hstack([side, up]), np.hstack([side, -up])])
