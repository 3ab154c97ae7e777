"""Rows of keys, as keyboards of all kinds have them."""

import numpy as np

from scenes.mesh import Floats

__all__ = ["comb"]


def comb(widths: Floats, depth: float, gap: float) -> Floats:
    """A row of caps as one outline (metres, first cap at x = 0), joined by a thin strip behind them."""
    ends = np.cumsum(widths)
    starts = ends - widths
    low, bridge = -depth / 2, depth / 2 - 0.7 * gap
    teeth = [
        (x, y)
        for a, b in zip(starts, ends, strict=True)
        for x, y in ((a + gap / 2, bridge), (a + gap / 2, low), (b - gap / 2, low), (b - gap / 2, bridge))
    ]
    return np.array([*teeth[1:-1], (ends[-1] - gap / 2, depth / 2), (gap / 2, depth / 2)])
