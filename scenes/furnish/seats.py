"""Where people sit at a table."""

import numpy as np

from scenes.furnish.tables import Table
from scenes.mesh import Floats

__all__ = ["seats"]


def seats(table: Table) -> list[tuple[Floats, float]]:
    """(point on the table's edge, turn of a chair there) in the table's own axes."""
    x, y = (float(side) for side in table.outline.max(0))
    if table.kind == "round":
        count = 4 if x > 0.45 else 2
        angles = np.linspace(0, 2 * np.pi, count, endpoint=False) + np.pi / 4
        return [(x * np.array([np.cos(a), np.sin(a)]), float(a) + 1.5 * np.pi + np.pi) for a in angles]
    each = 2 if x < 0.85 else 3
    across = np.linspace(-1, 1, each) * (x - 0.62 * x / each) * 0.82
    seats = [(np.array([float(a), -y]), np.pi) for a in across] + [(np.array([float(a), y]), 0.0) for a in across]
    return seats + ([(np.array([-x, 0.0]), np.pi / 2), (np.array([x, 0.0]), -np.pi / 2)] if x > 0.8 else [])
