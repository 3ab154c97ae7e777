"""Dots and lines as masks: which pixels they cover. Positions are (u, v) in pixels, pixel centres at +0.5."""

import numpy as np
from jaxtyping import Bool, Float64

__all__ = ["Point", "are_apart", "dot_mask", "dot_radius", "line_mask", "line_width"]

Point = tuple[float, float]

# Shares of the shorter side of the image, and the least, pixels: smaller dots do not survive a soft edge.
_RADIUS_SHARE, _LEAST_RADIUS = 1 / 96, 2.0

# Between two dots at least one pixel is of neither, also along a diagonal.
_GAP = 2.0


def dot_radius(shape: tuple[int, int]) -> float:
    """Radius of the dots in an image of `shape` (height, width): a 96th of its shorter side, at least 2 pixels."""
    return max(_LEAST_RADIUS, _RADIUS_SHARE * min(shape))


def line_width(shape: tuple[int, int]) -> float:
    """Width of the lines: half that of a dot."""
    return dot_radius(shape)


def are_apart(points: Float64[np.ndarray, "n 2"], others: Float64[np.ndarray, "m 2"], radius: float) -> bool:
    """Whether no dot at one of `points` touches one at another of `others`; both arrays may be the same one."""
    if not len(points) or not len(others):
        return True
    squared = np.square(points[:, None] - others[None]).sum(-1)
    if points is others:
        np.fill_diagonal(squared, np.inf)
    return bool(squared.min() >= (2 * radius + _GAP) ** 2)


def dot_mask(shape: tuple[int, int], center: Point, radius: float) -> Bool[np.ndarray, "h w"]:
    """The pixels whose centres are at most `radius` from `center`."""
    return line_mask(shape, center, center, 2 * radius)


def line_mask(shape: tuple[int, int], start: Point, end: Point, width: float) -> Bool[np.ndarray, "h w"]:
    """The pixels whose centres are at most half of `width` from the line between two points, its round ends included.

    The points are in the image.
    """
    mask = np.zeros(shape, bool)
    half = width / 2
    rows, columns = (
        slice(max(0, int(min(start[axis], end[axis]) - half)), int(max(start[axis], end[axis]) + half) + 1)
        for axis in (1, 0)
    )
    v, u = (np.arange(side)[part] + 0.5 for side, part in zip(shape, (rows, columns), strict=True))
    along = end[0] - start[0], end[1] - start[1]
    squared_length = along[0] ** 2 + along[1] ** 2
    du, dv = u[None] - start[0], v[:, None] - start[1]
    share = np.clip((du * along[0] + dv * along[1]) / squared_length, 0, 1) if squared_length else np.zeros((1, 1))
    squared = (du - share * along[0]) ** 2 + (dv - share * along[1]) ** 2
    mask[rows, columns] = squared <= half * half
    return mask
