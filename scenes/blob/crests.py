"""Single folds as ridges along lines on a skin, drawn from what pulls and presses the cloth.

A ridge is the integral of a kernel along its line (Bloomenthal and Shoemake, Convolution Surfaces, 1991), so that it
rises and ends smoothly however the line bends; a wider kernel taken from it leaves a hollow on both sides.
"""

from dataclasses import dataclass
from math import gamma

import numpy as np

from encode.lazy_import import import_lazily
from scenes import draw
from scenes.blob.drapes import Drape, Gathers, Pipes, Pulls
from scenes.blob.specs import Blob
from scenes.mesh import Floats

__all__ = ["ridges"]

POINTS = 22  # of each line
HOLLOW, BESIDE = 0.6, 1.5  # how deep and how wide the hollow beside a ridge is, of the ridge
UNDER = 0.8  # of half a ridge's width: how far the hollow lies below it, which makes that side steeper
REACH = 2.7  # half widths from a line's points to where its ridge ends
FAR = 0.06  # metres: points of a line so far from the skin belong to no fold


@dataclass(frozen=True, eq=False)
class _Lines:
    """Points [n, 3] of many lines.

    along: their directions [n, 3]; heights: what each adds [n]; widths: of half the ridge [n]; powers: of the kernel.
    """

    points: Floats
    along: Floats
    heights: Floats
    widths: Floats
    powers: Floats


def ridges(vertices: Floats, normals: Floats, blob: Blob) -> Floats:
    """How far outward the ridges of the blob's drapes move each vertex [n], metres; normals [n, 3]."""
    drawn = [
        _lines(drape, draw.stream(blob.seed, "fold", number))
        for number, drape in enumerate(blob.drapes)
        if not isinstance(drape, Pipes)
    ]
    if not drawn:
        return np.zeros(len(vertices))
    spatial = import_lazily("scipy.spatial")
    tree = spatial.cKDTree(vertices)
    lines = _Lines(*(np.concatenate([getattr(part, name) for part in drawn]) for name in _Lines.__annotations__))
    away, nearest = tree.query(lines.points)
    up = normals[nearest]
    off = ((lines.points - vertices[nearest]) * up).sum(1)
    points = lines.points - off[:, None] * up
    near = np.flatnonzero(away < FAR)
    pairs = spatial.cKDTree(points[near]).sparse_distance_matrix(
        tree, REACH * lines.widths.max(), output_type="ndarray"
    )
    pairs = pairs[pairs["v"] < REACH * lines.widths[near][pairs["i"]]]
    which, touched, distance = near[pairs["i"]], pairs["j"], pairs["v"]
    below = np.cross(up, lines.along)
    below *= np.where(below[:, 2] > 0, -UNDER, UNDER)[:, None] * lines.widths[:, None]
    width = lines.widths[which]
    ridge = np.exp(-((distance / width) ** lines.powers[which]))
    step = vertices[touched] - (points + below)[which]
    hollow = np.exp(-np.einsum("ij,ij->i", step, step) / (BESIDE * width) ** 2) / BESIDE
    facing = np.clip(np.einsum("ij,ij->i", normals[touched], up[which]), 0.0, 1.0)
    return np.bincount(touched, lines.heights[which] * facing * (ridge - HOLLOW * hollow), len(vertices))


def _lines(drape: Drape, rng: np.random.Generator) -> _Lines:
    assert isinstance(drape, Pulls | Gathers)
    paths = _pulled(drape, rng) if isinstance(drape, Pulls) else _gathered(drape, rng)
    strength = rng.uniform(0.5, 1.15, len(paths))
    width = drape.width * rng.uniform(0.8, 1.3, len(paths))
    along = np.linspace(0, 1, POINTS)
    # From a pull's start, where the cloth is held, a fold rises at once; it widens and runs out.
    pulled = isinstance(drape, Pulls)
    swell = np.sin(np.pi * along**0.6) if pulled else np.sin(np.pi * along)
    width = width[:, None] * (0.7 + 0.6 * along if pulled else np.ones(POINTS))
    power = 2.0 - 0.9 * drape.crisp
    steps = np.gradient(paths, axis=1)
    spacing = np.linalg.norm(steps, axis=2)
    steps = steps / np.maximum(spacing[..., None], 1e-9)
    whole = 2 * width * gamma(1 + 1 / power)  # of the kernel along an endless line
    heights = (drape.depth * strength)[:, None] * spacing * swell / whole
    count = heights.size
    return _Lines(paths.reshape(-1, 3), steps.reshape(-1, 3), heights.ravel(), width.ravel(), np.full(count, power))


def _pulled(pulls: Pulls, rng: np.random.Generator) -> Floats:
    """Lines [count, POINTS, 3] from the start to the end, some shorter than others."""
    first, last = np.array(pulls.start), np.array(pulls.end)
    share = (np.arange(pulls.count) + rng.uniform(0.15, 0.85, pulls.count)) / pulls.count
    other = np.clip(share + rng.normal(0, 0.3 / pulls.count, pulls.count), 0, 1)
    start = first[0] + share[:, None] * (first[1] - first[0])
    end = last[0] + other[:, None] * (last[1] - last[0])
    end = start + (end - start) * rng.uniform(0.6, 1.05, (pulls.count, 1))
    along = np.linspace(0, 1, POINTS)[None, :, None]
    bow = 4 * along * (1 - along)
    down = np.array([0.0, 0.0, -1.0]) * pulls.sag * rng.uniform(0.5, 1.5, (pulls.count, 1))
    sway = rng.normal(0, 0.04, (pulls.count, 3)) * np.linalg.norm(end - start, axis=1, keepdims=True)
    return np.asarray(start[:, None] + (end - start)[:, None] * along + bow * (down + sway)[:, None])


def _gathered(gathers: Gathers, rng: np.random.Generator) -> Floats:
    """Arcs [count, POINTS, 3] round the limb."""
    a, b = np.array(gathers.axis)
    axis = (b - a) / np.linalg.norm(b - a)
    inner = np.array(gathers.inner) - axis * (axis @ np.array(gathers.inner))
    inner = inner / max(float(np.linalg.norm(inner)), 1e-9)
    side = np.cross(axis, inner)
    count = gathers.count
    place = (np.arange(count) + rng.uniform(0.1, 0.9, count)) / count
    turn = np.linspace(-1, 1, POINTS) * (gathers.reach * rng.uniform(0.7, 1.1, count))[:, None]
    turn = turn + rng.normal(0, 0.2, (count, 1)) * gathers.reach
    spread = 1 - gathers.fan * (1 - np.minimum(np.abs(turn) / gathers.reach, 1.0))
    share = 0.5 + (place[:, None] - 0.5) * spread
    slant = gathers.tilt * np.where(np.arange(count) % 2, 1.0, -1.0) * rng.uniform(0.5, 1.4, count)
    bow = rng.normal(0, 0.3, count) * abs(gathers.tilt)
    off = slant[:, None] * turn / gathers.reach + bow[:, None] * np.cos(turn)
    outward = np.cos(turn)[..., None] * inner + np.sin(turn)[..., None] * side
    return np.asarray(a + (b - a) * share[..., None] + axis * off[..., None] + gathers.radius * outward)
