"""The land's surface as meshes, one a zone: a disc of rings that widen with distance, cut along the zones' borders."""

from functools import lru_cache

import numpy as np

from scenes.mesh import Floats, Ints, Mesh
from scenes.nature.gradient_noise import noise
from scenes.nature.land import EXTENT, bare_field, ground_height, shore_field, smooth, trail_field, water_field
from scenes.nature.specs import Ground, Land

__all__ = ["ZONES", "ground_mesh"]

ZONES = ("mountain", "path", "shore", "rock", "bare", "base")  # the first whose field is positive has the point
_SPOKES = 224
_STEP = 0.55  # metres between rings near the origin
_GROWTH = 2 * np.pi / _SPOKES  # then rings widen, so that quads stay square
_MOUNTAINS = 800.0  # metres to where land counts as mountains


def ground_mesh(shape: Ground) -> Mesh:
    """The faces of one zone; empty if the land has no such zone."""
    if shape.zone == "water":
        return _water(shape.land)
    return _zones(shape.land)[shape.zone]


def _disc() -> tuple[Floats, Ints]:
    """Points [n, 2] and triangles of a disc round the origin."""
    radii = [_STEP]
    while radii[-1] < EXTENT:
        radii.append(radii[-1] + max(_STEP, _GROWTH * radii[-1]))
    angle = np.linspace(0, 2 * np.pi, _SPOKES, endpoint=False)
    ring = np.stack([np.cos(angle), np.sin(angle)], 1)
    points = np.concatenate([[[0.0, 0.0]], (np.array(radii)[:, None, None] * ring).reshape(-1, 2)])
    index = 1 + np.arange(len(radii) * _SPOKES, dtype=np.int32).reshape(-1, _SPOKES)
    low, high = index[:-1], index[1:]
    a, b, c, d = low, high, np.roll(high, -1, 1), np.roll(low, -1, 1)
    first = np.stack([np.zeros(_SPOKES, np.int32), index[0], np.roll(index[0], -1)], -1)
    faces = [first, np.stack([a, b, c], -1).reshape(-1, 3), np.stack([a, c, d], -1).reshape(-1, 3)]
    return points, np.concatenate(faces).astype(np.int32)


@lru_cache(maxsize=2)
def _zones(land: Land) -> dict[str, Mesh]:
    points, faces = _disc()
    z = ground_height(land, points)
    fields = _fields(land, points, _steepness(points, z))
    rows = np.column_stack([points, z, *(fields[zone] for zone in ZONES[:-1])])
    zones = {}
    for number, zone in enumerate(ZONES[:-1]):
        rows, inside, faces = _split(rows, faces, 3 + number)
        zones[zone] = _mesh(rows[:, :3], inside)
    zones["base"] = _mesh(rows[:, :3], faces)
    return zones


def _steepness(points: Floats, z: Floats) -> Floats:
    """Slope (rise over run) at the disc's points [n], from their neighbours on the same and the next rings."""
    grid = np.column_stack([points, z])[1:].reshape(-1, _SPOKES, 3)
    around = np.roll(grid, -1, 1) - np.roll(grid, 1, 1)
    outward = np.gradient(grid, axis=0)
    normal = np.cross(outward, around)
    steep = np.linalg.norm(normal[..., :2], axis=-1) / np.maximum(np.abs(normal[..., 2]), 1e-9)
    return np.concatenate([[steep[0].mean()], steep.ravel()])


def _fields(land: Land, points: Floats, steep: Floats) -> dict[str, Floats]:
    far = np.linalg.norm(points, axis=1)
    broken = 0.2 * noise(points, 5.0, land.seed + 41, octaves=3) + 0.25 * smooth(far, 300, 800)
    return {
        "mountain": far - _MOUNTAINS * (1 + 0.25 * noise(points, 400.0, land.seed + 42, octaves=3)),
        "path": trail_field(land, points),
        "shore": shore_field(land, points),
        "rock": steep - land.steep + broken,
        "bare": bare_field(land, points),
    }


def _split(rows: Floats, faces: Ints, column: int) -> tuple[Floats, Ints, Ints]:
    """Cut triangles where a column of `rows` is 0: (rows with the new points, faces above 0, faces below)."""
    inside = rows[:, column] > 0
    count = inside[faces].sum(1)
    above, below = [faces[count == 3]], [faces[count == 0]]
    for alone in (1, 2):
        chosen = faces[count == alone]
        if not len(chosen):
            continue
        lone = np.argmax(inside[chosen] == (alone == 1), axis=1)
        a, b, c = np.take_along_axis(chosen, (lone[:, None] + np.arange(3)) % 3, 1).T
        rows, ab = _cut(rows, a, b, column)
        rows, ac = _cut(rows, a, c, column)
        tip = np.stack([a, ab, ac], 1)
        rest = np.concatenate([np.stack([ab, b, c], 1), np.stack([ab, c, ac], 1)])
        (above if alone == 1 else below).append(tip)
        (below if alone == 1 else above).append(rest)
    return rows, np.concatenate(above).astype(np.int32), np.concatenate(below).astype(np.int32)


def _cut(rows: Floats, start: Ints, end: Ints, column: int) -> tuple[Floats, Ints]:
    """New rows where edges cross 0, the same for both faces of an edge; and their numbers."""
    low, high = np.minimum(start, end).astype(np.int64), np.maximum(start, end).astype(np.int64)
    unique, number = np.unique(low * len(rows) + high, return_inverse=True)
    p, q = rows[unique // len(rows)], rows[unique % len(rows)]
    share = p[:, column] / (p[:, column] - q[:, column])
    new = p + share[:, None] * (q - p)
    return np.concatenate([rows, new]), np.asarray(len(rows) + number.ravel(), np.int32)


def _mesh(vertices: Floats, faces: Ints) -> Mesh:
    used, loops = np.unique(faces.ravel(), return_inverse=True)
    return Mesh(vertices[used], loops.ravel().astype(np.int32), np.full(len(faces), 3, np.int32))


@lru_cache(maxsize=2)
def _water(land: Land) -> Mesh:
    """The surface over all that lies below z = 0 and belongs to the water, a little into the shore."""
    points, faces = _disc()
    wet = water_field(land, points) + 0.6
    rows, inside, _ = _split(np.column_stack([points, np.zeros(len(points)), wet]), faces, 3)
    wave = land.water.wave if land.water else 0.0
    far = np.linalg.norm(rows[:, :2], axis=1)
    swell = noise(rows[:, :2] * [1.0, 0.6], 3.2, land.seed + 51, octaves=2) * (1 - smooth(far, 40, 120))
    rows[:, 2] = wave * swell * smooth(rows[:, 3], 0.3, 3.0)
    return _mesh(rows[:, :3], inside)
