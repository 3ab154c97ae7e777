"""What an open mouth shows: the upper teeth, and the dark behind them."""

from itertools import pairwise

import numpy as np

from scenes.face.lattice import LIP_LINE, LIP_ROWS
from scenes.face.surface import Surface
from scenes.mesh import Floats, Mesh, skin

__all__ = ["cavity", "teeth"]

_WIDTHS = (0.0083, 0.0064, 0.0072, 0.0062, 0.0058)  # of the teeth from the middle outward, metres
_BEHIND = 0.0052  # of the teeth behind the upper lip's edge


def teeth(surface: Surface) -> Mesh:
    """The upper row, rounded at every tooth's edges."""
    edges = np.concatenate([[0.0], np.cumsum(_WIDTHS)])
    half = np.concatenate([a + (b - a) * np.array([0.0, 0.12, 0.5, 0.88]) for a, b in pairwise(edges)])
    gap = np.tile([1.0, 0.15, 0.0, 0.15], len(_WIDTHS))
    x, gap = np.concatenate([-half[:0:-1], half]), np.concatenate([gap[:0:-1], gap])
    y = _lip_front(surface, LIP_ROWS[2] + 1) + _BEHIND + 0.011 * (x / 0.024) ** 2
    short = 0.0006 * (np.abs(x) > edges[1]) * (np.abs(x) < edges[2])
    low = LIP_LINE - 0.0022 + 0.0009 * gap + short + 0.004 * (x / 0.03) ** 2
    profile = [(0.0, 0.012), (0.0002, 0.004), (0.0003, 0.0008), (0.0012, 0.0), (0.0035, 0.0015), (0.005, 0.012)]
    rings = np.stack([np.stack([x, y + back + 0.0009 * gap * (back < 0.001), low + up], 1) for back, up in profile], 1)
    mesh = skin(rings)
    return mesh if mesh.volume() > 0 else mesh.flipped()


def cavity(surface: Surface) -> Mesh:
    """A dark lens behind the teeth, from lip to lip."""
    upper = surface.at(np.zeros(1), np.array([LIP_ROWS[2] + 1.0]))[0]
    lower = surface.at(np.zeros(1), np.array([LIP_ROWS[0] - 1.0]))[0]
    middle = (upper + lower) / 2 + np.array([0.0, 0.017, 0.0])
    high = float(upper[2] - lower[2]) / 2 + 0.004
    turn, rise = np.linspace(0, 2 * np.pi, 20, endpoint=False), np.linspace(-1.45, 1.45, 9)
    ring = np.stack([np.cos(turn), np.sin(turn), 0 * turn], 1)
    rings = np.cos(rise)[:, None, None] * ring + np.sin(rise)[:, None, None] * np.array([0.0, 0.0, 1.0])
    return skin(middle + rings * np.array([0.023, 0.0085, high]))


def _lip_front(surface: Surface, row: int) -> Floats:
    return np.asarray(surface.at(np.zeros(1), np.array([float(row)]))[0, 1])
