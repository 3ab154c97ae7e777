"""Pipe folds: cloth that hangs goes in and out round the body, more the further down."""

import numpy as np

from scenes import draw
from scenes.blob.drapes import Pipes
from scenes.blob.specs import Blob
from scenes.mesh import Floats

__all__ = ["hanging"]

OUTWARD = 0.78  # of a fold is outside of where the cloth would hang without it


def hanging(vertices: Floats, blob: Blob) -> Floats:
    """How far outward the pipes of the blob move each vertex [n], metres."""
    total = np.zeros(len(vertices))
    for number, pipes in enumerate(blob.drapes):
        if isinstance(pipes, Pipes):
            total += _pipes(vertices, pipes, draw.stream(blob.seed, "pipes", number))
    return total


def _pipes(vertices: Floats, pipes: Pipes, rng: np.random.Generator) -> Floats:
    """Each fold has an angle, width, height and start of its own; they stand at uneven distances."""
    x, y, z = vertices.T
    angle = np.arctan2(y - pipes.axis[1], x - pipes.axis[0])
    drop = np.clip((pipes.top - z) / (pipes.top - pipes.bottom), 0.0, 1.0)
    gaps = rng.uniform(0.5, 1.5, pipes.count)
    places = draw.uniform(rng, 0, 2 * np.pi) + 2 * np.pi * np.cumsum(gaps) / gaps.sum()
    rise = np.zeros(len(vertices))
    for place, gap in zip(places, gaps, strict=True):
        start = draw.uniform(rng, 0.0, 0.45)
        grown = np.clip((drop - start) / (1 - start), 0.0, 1.0) ** 1.2
        narrow = (0.22 * 2 * np.pi * gap / gaps.sum()) ** 2
        at = place + draw.uniform(rng, -0.25, 0.25) * (1 - drop)
        rise += draw.uniform(rng, 0.55, 1.0) * grown * np.exp((np.cos(angle - at) - 1) / narrow)
    return np.asarray(pipes.depth * (rise - (1 - OUTWARD) * drop**1.2))
