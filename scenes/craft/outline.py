"""Closed outlines in the plane, counter-clockwise."""

import numpy as np

from scenes.mesh import Floats

__all__ = ["circle", "rounded_rectangle", "superellipse"]


def circle(radius: float, *, count: int = 48) -> Floats:
    angle = np.linspace(0, 2 * np.pi, count, endpoint=False)
    return radius * np.stack([np.cos(angle), np.sin(angle)], 1)


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
    turns = [np.array([[1, 0], [0, 1]]), np.array([[0, 1], [-1, 0]]), -np.eye(2), np.array([[0, -1], [1, 0]])]
    signs = [(1, 1), (-1, 1), (-1, -1), (1, -1)]
    return np.concatenate([arc @ turn + inner * sign for turn, sign in zip(turns, signs, strict=True)])
