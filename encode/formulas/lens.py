"""Lens models in OpenCV's convention: radial-tangential (Brown-Conrady) and fisheye (Kannala-Brandt).

A lens moves positions within the plane at depth 1: a point that a pinhole camera shows at (x, y) = (X / d, -Y / d),
x to the right and y down, is shown at `Lens.distort` of it, and K turns that into pixels. With r = |(x, y)|:

- `radial-tangential`, coefficients k1 k2 p1 p2 k3:
  (x, y) (1 + k1 r^2 + k2 r^4 + k3 r^6) + (2 p1 x y + p2 (r^2 + 2 x^2), p1 (r^2 + 2 y^2) + 2 p2 x y)
- `fisheye`, coefficients k1 k2 k3 k4: the point at the angle t = atan r off the axis comes to the radius
  t (1 + k1 t^2 + k2 t^4 + k3 t^6 + k4 t^8), in the same direction

Sources: the documentation of OpenCV's modules calib3d (`projectPoints`) and `fisheye`. Both formulas fold back at some
radius: points far outside of the image would appear within it. `Lens.reach` is the radius up to which they do not.
"""

import math
from dataclasses import dataclass
from functools import cached_property
from typing import Literal

import numpy as np
from jaxtyping import Float, Float64

__all__ = ["COEFFICIENTS", "MOST_COEFFICIENT", "PINHOLE", "Lens", "LensModel"]

LensModel = Literal["pinhole", "radial-tangential", "fisheye"]
#: The coefficients of each model, in order.
COEFFICIENTS: dict[LensModel, tuple[str, ...]] = {
    "pinhole": (),
    "radial-tangential": ("k1", "k2", "p1", "p2", "k3"),
    "fisheye": ("k1", "k2", "k3", "k4"),
}
MOST_COEFFICIENT = 1e6  # a larger one is no lens, and its powers would overflow

_STEPS = 60  # of Newton's method at most; half a dozen suffice but next to the reach
_SOLVED = 1e-12  # of the plane at depth 1: 1e-9 pixels
Plane = Float64[np.ndarray, "*n 2"]


@dataclass(frozen=True)
class Lens:
    """A lens model and its coefficients, in the order of `COEFFICIENTS`. Raises ValueError for others."""

    model: LensModel = "pinhole"
    coefficients: tuple[float, ...] = ()

    def __post_init__(self) -> None:
        names = COEFFICIENTS.get(self.model)
        if names is None:
            raise ValueError(f"model must be one of {', '.join(COEFFICIENTS)}, got {self.model!r:.100}")
        if len(self.coefficients) != len(names):
            raise ValueError(
                f"coefficients of a {self.model} lens must be {len(names)} numbers ({' '.join(names)}),"
                f" got {len(self.coefficients)}"
            )
        if not all(abs(value) <= MOST_COEFFICIENT for value in self.coefficients):
            raise ValueError(f"coefficients must be from {-MOST_COEFFICIENT:g} to {MOST_COEFFICIENT:g}")

    @property
    def radial(self) -> tuple[float, ...]:
        """The factors of the second, fourth, ... power of the radius or, of a fisheye, of the angle."""
        if self.model == "radial-tangential":
            k1, k2, _, _, k3 = self.coefficients
            return k1, k2, k3
        return self.coefficients

    @property
    def tangential(self) -> tuple[float, float]:
        """(p1, p2); zeros where the model has none."""
        return (self.coefficients[2], self.coefficients[3]) if self.model == "radial-tangential" else (0.0, 0.0)

    @cached_property
    def reach(self) -> float:
        """Distance from the axis, in the plane at depth 1, up to which the lens is proved to be one-to-one.

        radial-tangential: its Jacobian is symmetric, with eigenvalues of at least g - 6 p r and g + r g' - 6 p r
        (g the radial factor, p = |(p1, p2)|). Where both are positive within a circle, the lens is one-to-one there,
        since a map of a convex set with a positive definite Jacobian is. Without p1 and p2 this is exact, with them a
        lower bound. fisheye: the radius must grow with the angle. Infinite where nothing limits it.
        """
        if self.model != "fisheye":
            return self._end
        return math.tan(self._end) if self._end < math.pi / 2 else math.inf

    @cached_property
    def distorted_reach(self) -> float:
        """Distance from the axis, after distortion, up to which every position is the image of one within `reach`.

        A field of view of 180 degrees is where a fisheye ends here, since depth is planar.
        """
        last = self.last
        return math.inf if math.isinf(last) else float(self._radius(np.array([last]))[0]) - 3 * self._shear * last**2

    def distort(self, points: Float[np.ndarray, "*n 2"]) -> Plane:
        """Where the lens shows points of the plane at depth 1; NaN beyond `reach`."""
        points = points.astype(np.float64)
        if self.model == "pinhole":
            return points
        with np.errstate(invalid="ignore", over="ignore"):
            radius = np.linalg.norm(points, axis=-1)
            moved = points * self._factor(radius)[..., None] + self._shift(points)
        return np.where((radius < self.reach)[..., None], moved, np.nan)

    def undistort(self, points: Float[np.ndarray, "*n 2"]) -> Plane:
        """The inverse of `distort`, to 1e-12; NaN beyond `distorted_reach`."""
        points = points.astype(np.float64)
        if self.model == "pinhole":
            return points
        with np.errstate(invalid="ignore", over="ignore"):
            radius = np.linalg.norm(points, axis=-1)
        inside = radius < self.distorted_reach
        solved = self._solve_radius(np.where(inside, radius, 0.0))
        stretched = np.tan(solved) if self.model == "fisheye" else solved
        share = np.divide(stretched, radius, out=np.ones_like(radius), where=radius > 0)
        found = points * share[..., None]
        if self._shear:
            found = self._solve_plane(points, found)
        return np.where(inside[..., None], found, np.nan)

    @property
    def _shear(self) -> float:
        return math.hypot(*self.tangential)

    @property
    def last(self) -> float:
        """The radius, or angle of a fisheye, up to which positions are found again."""
        return min(self._end, math.pi / 2) if self.model == "fisheye" else self._end

    @cached_property
    def _end(self) -> float:
        """The first radius, or angle of a fisheye, at which the lens may fold back; infinity where there is none."""
        powers = range(2, 2 * len(self.radial) + 1, 2)
        slope = {power: (power + 1) * factor for power, factor in zip(powers, self.radial, strict=True)}
        factor = dict(zip(powers, self.radial, strict=True)) if self._shear else {}
        return min(_first_root({1: -6 * self._shear, **slope}), _first_root({1: -6 * self._shear, **factor}))

    def _radius(self, radius: Float64[np.ndarray, "*n"]) -> Float64[np.ndarray, "*n"]:
        """The radial polynomial, of the radius or of a fisheye's angle."""
        square, series = radius**2, np.zeros_like(radius)
        for factor in reversed(self.radial):
            series = square * (factor + series)
        moved: Float64[np.ndarray, "*n"] = radius * (1 + series)
        return moved

    def _slope(self, radius: Float64[np.ndarray, "*n"]) -> Float64[np.ndarray, "*n"]:
        square, series = radius**2, np.zeros_like(radius)
        for order, factor in reversed(tuple(enumerate(self.radial, 1))):
            series = square * ((2 * order + 1) * factor + series)
        return 1 + series

    def _factor(self, radius: Float64[np.ndarray, "*n"]) -> Float64[np.ndarray, "*n"]:
        """By how much the radial part stretches a position at this radius."""
        moved = self._radius(np.arctan(radius) if self.model == "fisheye" else radius)
        factor: Float64[np.ndarray, "*n"] = np.divide(moved, radius, out=np.ones_like(radius), where=radius > 0)
        return factor

    def _shift(self, points: Plane) -> Plane:
        p1, p2 = self.tangential
        x, y = points[..., 0], points[..., 1]
        square = x**2 + y**2
        shift = [2 * p1 * x * y + p2 * (square + 2 * x**2), p1 * (square + 2 * y**2) + 2 * p2 * x * y]
        return np.stack(shift, axis=-1)

    def _solve_radius(self, target: Float64[np.ndarray, "*n"]) -> Float64[np.ndarray, "*n"]:
        """The inverse of `_radius`: Newton's method, between bounds that halve where it would leave them."""
        low, high = np.zeros_like(target), np.full_like(target, min(self.last, 1.0))
        while (short := (self._radius(high) < target) & (high < self.last)).any():
            high[short] = np.minimum(2 * high[short], self.last)
        radius: Float64[np.ndarray, "*n"] = np.clip(target, low, high)
        for _ in range(_STEPS):
            error = self._radius(radius) - target
            low, high = np.where(error < 0, radius, low), np.where(error > 0, radius, high)
            if not (np.abs(error) > _SOLVED * (1 + target)).any():
                break
            with np.errstate(divide="ignore", invalid="ignore"):
                step = radius - error / self._slope(radius)
            radius = np.where((step > low) & (step < high), step, (low + high) / 2)
        return radius

    def _solve_plane(self, target: Plane, start: Plane) -> Plane:
        """The inverse of the whole: damped Newton's method from the inverse of the radial part."""
        points, damping = start, np.ones(start.shape[:-1])
        error = self._whole(points) - target
        for _ in range(_STEPS):
            off = np.linalg.norm(error, axis=-1)
            if not (off > _SOLVED).any():
                break
            with np.errstate(invalid="ignore", over="ignore"):
                trial = points - damping[..., None] * self._newton_step(points, error)
                moved = self._whole(trial) - target
            better = np.linalg.norm(moved, axis=-1) < off
            points = np.where(better[..., None], trial, points)
            error = np.where(better[..., None], moved, error)
            damping = np.where(better, 1.0, damping / 2)
        return points

    def _whole(self, points: Plane) -> Plane:
        moved: Plane = points * self._factor(np.linalg.norm(points, axis=-1))[..., None] + self._shift(points)
        return moved

    def _newton_step(self, points: Plane, error: Plane) -> Plane:
        """The error times the inverse of the radial-tangential model's Jacobian, which is symmetric."""
        radius = np.linalg.norm(points, axis=-1)
        factor = self._factor(radius)
        square = np.maximum(radius**2, 1e-300)
        bend = (self._slope(radius) - factor) / square  # g' / r
        p1, p2 = self.tangential
        x, y = points[..., 0], points[..., 1]
        xx = factor + bend * x * x + 2 * p1 * y + 6 * p2 * x
        xy = bend * x * y + 2 * p1 * x + 2 * p2 * y
        yy = factor + bend * y * y + 6 * p1 * y + 2 * p2 * x
        moves = [yy * error[..., 0] - xy * error[..., 1], xx * error[..., 1] - xy * error[..., 0]]
        step: Plane = np.stack(moves, axis=-1) / (xx * yy - xy * xy)[..., None]
        return step


def _first_root(terms: dict[int, float]) -> float:
    """The least positive root of 1 + sum of factor * t^power over `terms`, by power; infinity where there is none."""
    reciprocal = np.zeros(max(terms) + 1)  # of 1/t, which keeps the leading factor 1
    reciprocal[0] = 1.0
    for power, factor in terms.items():
        reciprocal[power] = factor
    roots = np.roots(reciprocal)
    real = roots[(np.abs(roots.imag) <= 1e-7 * np.abs(roots)) & (roots.real > 1e-9)].real
    return float(1 / real.max()) if len(real) else math.inf


#: No lens: straight lines stay straight.
PINHOLE = Lens()
