"""A piece of the setting of a table, and free places along a wall."""

from dataclasses import dataclass

import numpy as np

from scenes import draw
from scenes.model import ObjectSpec

__all__ = ["Fixture", "free_span"]


@dataclass(frozen=True, eq=False)
class Fixture:
    """A piece of the setting: the model's own z = 0 at `z`, turned by `yaw`."""

    model: ObjectSpec
    x: float
    y: float
    z: float = 0.0
    yaw: float = 0.0
    on: str = ""  # category of what carries it: the last fixture of it before this one


def free_span(rng: np.random.Generator, half: float, taken: list[tuple[float, float]], *, reach: float) -> float | None:
    """A place along the wall that nothing else takes; it is then taken."""
    for _ in range(20):
        x = draw.uniform(rng, -reach, reach)
        if all(x + half + 0.06 < low or high < x - half - 0.06 for low, high in taken):
            taken.append((x - half, x + half))
            return x
    return None
