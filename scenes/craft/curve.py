"""Smooth curves through a few control points."""

from collections.abc import Callable

import numpy as np
import numpy.typing as npt

from encode.lazy_import import import_lazily
from scenes.base import Vec2, Vec3
from scenes.mesh import Floats

__all__ = ["point3", "points2", "points3", "ramp", "spline", "through"]


def spline(points: npt.ArrayLike, count: int, *, closed: bool = False) -> Floats:
    """`count` points evenly spaced along a smooth curve through `points` [n, 2 or 3]; a closed one repeats none."""
    knots = np.array(points, dtype=np.float64)
    if closed:
        knots = np.concatenate([knots, knots[:1]])
    length = np.concatenate([[0], np.cumsum(np.linalg.norm(np.diff(knots, axis=0), axis=1))])
    interpolate = import_lazily("scipy.interpolate")
    # Akima's keeps straight stretches straight; the cubic spline swings past them.
    curve = (
        interpolate.CubicSpline(length, knots, bc_type="periodic")
        if closed
        else interpolate.Akima1DInterpolator(length, knots, method="makima")
    )
    return _even(np.asarray(curve(np.linspace(0, length[-1], 8 * count))), count, closed)


def _even(dense: Floats, count: int, closed: bool) -> Floats:
    """`count` points at equal distances along a dense polyline."""
    along = np.concatenate([[0], np.cumsum(np.linalg.norm(np.diff(dense, axis=0), axis=1))])
    where = np.linspace(0, along[-1], count + closed)[: None if not closed else -1]
    return np.stack([np.interp(where, along, axis) for axis in dense.T], 1)


def through(points: npt.ArrayLike, count: int) -> Floats:
    """`count` points (x, y) of a curve that never overshoots its control points; x must grow."""
    knots = np.array(points, dtype=np.float64)
    x = np.linspace(knots[0, 0], knots[-1, 0], count)
    return np.stack([x, _monotone(knots)(x)], 1)


def ramp(points: npt.ArrayLike, at: npt.ArrayLike) -> Floats:
    """Values of the overshoot-free curve through (x, y) `points` at the given x."""
    knots = np.array(points, dtype=np.float64)
    return np.asarray(_monotone(knots)(np.asarray(at)))


def _monotone(knots: Floats) -> Callable[[npt.ArrayLike], Floats]:
    """The curve through knots [n, 2] that never overshoots them."""
    curve: Callable[[npt.ArrayLike], Floats] = import_lazily("scipy.interpolate").PchipInterpolator(*knots.T)
    return curve


def point3(array: npt.ArrayLike) -> Vec3:
    """Three numbers as a plain triple."""
    x, y, z = np.asarray(array, dtype=np.float64).tolist()
    return x, y, z


def points2(array: npt.ArrayLike) -> tuple[Vec2, ...]:
    """Rows as plain pairs."""
    return tuple((float(x), float(y)) for x, y in np.asarray(array, dtype=np.float64))


def points3(array: npt.ArrayLike) -> tuple[Vec3, ...]:
    """Rows as plain triples."""
    return tuple((float(x), float(y), float(z)) for x, y, z in np.asarray(array, dtype=np.float64))
