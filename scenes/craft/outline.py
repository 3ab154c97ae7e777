"""Closed outlines in the plane [n, 2], metres, counter-clockwise."""

import numpy as np

from scenes.base import Vec2
from scenes.mesh import Floats

__all__ = ["circle", "comb", "corners", "corrugated", "rounded_rectangle", "superellipse"]


def circle(radius: float, *, count: int = 48) -> Floats:
    """A circle about the origin."""
    angle = np.linspace(0, 2 * np.pi, count, endpoint=False)
    return radius * np.stack([np.cos(angle), np.sin(angle)], 1)


def corners(x: float, y: float) -> tuple[Vec2, Vec2, Vec2, Vec2]:
    """The corners of a rectangle of half sides `x` and `y` about the origin, from the front left one."""
    return (-x, -y), (x, -y), (x, y), (-x, y)


def superellipse(x: float, y: float, power: float, *, count: int = 48) -> Floats:
    """Semi-axes `x` and `y`; power 2 is an ellipse, 4 a squarish pebble."""
    angle = np.linspace(0, 2 * np.pi, count, endpoint=False)
    cosine, sine = np.cos(angle), np.sin(angle)
    return np.stack(
        [x * np.sign(cosine) * np.abs(cosine) ** (2 / power), y * np.sign(sine) * np.abs(sine) ** (2 / power)], 1
    )


def rounded_rectangle(x: float, y: float, corner: float, *, steps: int = 6) -> Floats:
    """Full sides `x` and `y`, corners of radius `corner` with `steps` points each."""
    corner = min(corner, 0.499 * min(x, y))
    angle = np.linspace(0, np.pi / 2, steps)
    arc = corner * np.stack([np.cos(angle), np.sin(angle)], 1)
    inner = np.array([x / 2 - corner, y / 2 - corner])
    quarters = [np.array([[1, 0], [0, 1]]), np.array([[0, 1], [-1, 0]]), -np.eye(2), np.array([[0, -1], [1, 0]])]
    signs = [(1, 1), (-1, 1), (-1, -1), (1, -1)]
    return np.concatenate([arc @ quarter + inner * sign for quarter, sign in zip(quarters, signs, strict=True)])


def comb(widths: Floats, depth: float, gap: float) -> Floats:
    """A row of caps as one outline (metres, first cap at x = 0), joined by a thin strip behind them."""
    ends = np.cumsum(widths)
    starts = ends - widths
    bottom, bridge = -depth / 2, depth / 2 - 0.7 * gap
    teeth = [
        (x, y)
        for start, end in zip(starts, ends, strict=True)
        for x, y in (
            (start + gap / 2, bridge),
            (start + gap / 2, bottom),
            (end - gap / 2, bottom),
            (end - gap / 2, bridge),
        )
    ]
    return np.array([*teeth[1:-1], (ends[-1] - gap / 2, depth / 2), (gap / 2, depth / 2)])


def corrugated(length: float, pitch: float, depth: float, *, back: float = 0.01) -> Floats:
    """A trapezoidal sheet `length` metres along x; its waves are `pitch` apart and reach `depth` toward -y from y = 0.

    A closed counter-clockwise outline [n, 2] with a flat back at y = `back`.
    """
    count = max(1, round(length / pitch))
    step = length / count
    wave = np.array([(0.0, 0.0), (0.32, 0.0), (0.42, -depth), (0.9, -depth)])
    ring = [(x * step + k * step - length / 2, y) for k in range(count) for x, y in wave]
    ring += [(length / 2, 0.0), (length / 2, back), (-length / 2, back)]
    return np.round(np.array(ring), 4)
