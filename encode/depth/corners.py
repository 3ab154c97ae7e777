"""The depths at the corners of the cube walk, as prompts state them."""

import numpy as np

from encode.depth.cube_walk import VERTICES
from encode.depth.transform import DepthTransform

__all__ = ["corner_depths"]

_NAMES = ("red", "yellow", "green", "cyan", "blue", "magenta")


def corner_depths(transform: DepthTransform) -> str:
    """Return the depths between black at 0 and white at infinity, three digits each: `red 0.801 m, ...`."""
    edges = len(VERTICES) - 1
    depths = transform.inverse(np.arange(1, edges) / edges).tolist()
    return ", ".join(f"{name} {float(f'{metres:.3g}'):.10g} m" for name, metres in zip(_NAMES, depths, strict=True))
