"""The scalp: a head's skin along meridians, from the crown down."""

import numpy as np

from scenes.face.lattice import ANGLES, CROWN_ROWS, FIRST_LEVEL
from scenes.face.surface import Surface
from scenes.mesh import Floats

__all__ = ["Scalp"]


class Scalp:
    """Skin along meridians at `angles` [n] round the head, radians, 0 in front and pi / 2 on the left.

    A point of a meridian is named by its depth: metres along the skin from the crown down.
    """

    def __init__(self, surface: Surface, angles: Floats) -> None:
        line = np.append(ANGLES, 2 * np.pi)
        low = np.clip(np.searchsorted(line, angles, side="right") - 1, 0, len(ANGLES) - 1)
        share = ((angles - line[low]) / (line[low + 1] - line[low]))[:, None]
        high = (low + 1) % len(ANGLES)
        rows = slice(len(surface.points) - 1, FIRST_LEVEL - 1, -1)
        both = np.concatenate([surface.points, surface.normals], -1)[rows]
        mixed = both[:, low] * (1 - share) + both[:, high] * share
        levels = np.broadcast_to(surface.levels[rows, None], mixed.shape[:2]).copy()
        levels[:CROWN_ROWS] = mixed[:CROWN_ROWS, :, 2]
        steps = np.linalg.norm(np.diff(mixed[..., :3], axis=0), axis=-1)
        self._depths = np.concatenate([np.zeros((1, len(angles))), np.cumsum(steps, 0)])
        self._levels, self._mixed = levels, mixed

    def depth_at(self, z: Floats) -> Floats:
        """Depths [n] at which the meridians pass heights z [n] of the neutral head."""
        return np.array([np.interp(-z[k], -self._levels[:, k], self._depths[:, k]) for k in range(len(z))])

    def at(self, depth: Floats) -> tuple[Floats, Floats]:
        """Points and unit normals [m, n, 3] at depths [m, n]."""
        found = np.empty((*depth.shape, 6))
        rows = np.arange(len(self._depths), dtype=np.float64)
        for k in range(depth.shape[1]):
            row = np.interp(depth[:, k], self._depths[:, k], rows)
            low = np.minimum(row.astype(int), len(rows) - 2)
            share = (row - low)[:, None]
            found[:, k] = self._mixed[low, k] * (1 - share) + self._mixed[low + 1, k] * share
        normal = found[..., 3:]
        normal /= np.maximum(np.linalg.norm(normal, axis=-1, keepdims=True), 1e-12)
        return found[..., :3], normal
