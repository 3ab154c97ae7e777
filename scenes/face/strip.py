"""Strips of a face's skin as closed sheets: lips, lids, lashes and brows."""

import numpy as np

from scenes.face.surface import Surface
from scenes.mesh import Floats, Mesh, skin

__all__ = ["strip"]

_THICK = 0.0012  # metres: what reaches under the skin


def strip(surface: Surface, x: Floats, rows: Floats, lift: Floats) -> Mesh:
    """A sheet over neutral x [n] and fractional rows [n, m], `lift` metres over the skin: [m] or [n, m]."""
    count = rows.shape[1]
    along, flat = np.repeat(x, count), rows.ravel()
    raised = np.broadcast_to(lift, rows.shape).ravel()
    over = surface.at(along, flat, raised).reshape(*rows.shape, 3)
    under = surface.at(along, flat, raised - _THICK).reshape(*rows.shape, 3)
    mesh = skin(np.concatenate([over, under[:, ::-1]], 1))
    return mesh if mesh.volume() > 0 else mesh.flipped()
