"""How round objects rest in a bowl without a physics engine: spheres sink until walls and neighbours hold them."""

import numpy as np

from scenes import draw
from scenes.mesh import Floats
from scenes.model import ObjectSpec
from scenes.shapes import Lathe

__all__ = ["inside_of", "sunk"]

_STEPS = 200
_SINK = 0.001  # metres a step


def inside_of(bowl: ObjectSpec) -> Floats:
    """The inner curve of a turned bowl, rim to the middle of its floor: (radius, z) [n, 2]."""
    shape = bowl.parts[0].shape
    if not isinstance(shape, Lathe):
        raise TypeError("a bowl to fill is turned")
    profile = np.array(shape.profile)
    scale = bowl.parts[0].scale
    return profile[int(np.argmax(profile[:, 1])) :: 2] * [scale[0], scale[2]] + [0, bowl.parts[0].location[2]]


def sunk(rng: np.random.Generator, inside: Floats, radii: Floats) -> Floats:
    """Centres [n, 3] where spheres of the given radii rest in the bowl, NaN for those that do not fit."""
    count, rim = len(radii), inside[0]
    angle = 2 * np.pi * (np.arange(count) / max(count, 1)) + draw.uniform(rng, 0, 6.28)
    away = np.where(np.arange(count) < 3, 0.45 * rim[0], 0.1 * rim[0]) * (count > 1)
    lift = rim[1] + 0.5 * radii + np.where(np.arange(count) < 3, 0.0, 2 * radii)
    centers = np.stack([away * np.cos(angle), away * np.sin(angle), lift], 1)
    for _ in range(_STEPS):
        centers[:, 2] -= _SINK
        for _ in range(3):
            _part_pairs(centers, radii)
            _hold(centers, radii, inside)
    lost = (np.linalg.norm(centers[:, :2], axis=1) > rim[0] - 0.4 * radii) | (centers[:, 2] > rim[1] + 1.6 * radii)
    centers[lost] = np.nan
    return centers


def _part_pairs(centers: Floats, radii: Floats) -> None:
    """Push overlapping spheres apart, half each."""
    gap = centers[:, None] - centers[None]
    length = np.linalg.norm(gap, axis=-1) + np.eye(len(radii))
    overlap = np.maximum(radii[:, None] + radii[None] - length, 0) * (1 - np.eye(len(radii)))
    centers += 0.5 * np.einsum("ij,ijk->ik", overlap / length, gap)


def _hold(centers: Floats, radii: Floats, inside: Floats) -> None:
    """Push spheres back off the point of the wall that they reach into most."""
    out = np.linalg.norm(centers[:, :2], axis=1)
    flat = np.stack([out, centers[:, 2]], 1)
    start, edge = inside[:-1], np.diff(inside, axis=0)
    along = np.einsum("nij,ij->ni", flat[:, None] - start, edge) / np.maximum(np.einsum("ij,ij->i", edge, edge), 1e-12)
    away = flat[:, None] - (start + np.clip(along, 0, 1)[..., None] * edge)
    length = np.linalg.norm(away, axis=-1)
    nearest = np.argmin(length, axis=1)
    each = np.arange(len(radii))
    push = away[each, nearest] * (np.maximum(radii / np.maximum(length[each, nearest], 1e-9), 1) - 1)[:, None]
    level = np.divide(centers[:, :2], out[:, None], out=np.zeros((len(radii), 2)), where=out[:, None] > 1e-9)
    centers[:, :2] += level * push[:, :1]
    centers[:, 2] += push[:, 1]
