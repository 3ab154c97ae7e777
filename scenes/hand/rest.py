"""The skin of a hand at rest, fingers straight: quads in rings round palm and fingers, with no seam between them.

A ring round the palm runs from the side of the thumb over the back to the little finger and back through the palm. The
last one has the points of all four fingers' first rings; between two fingers lies one point more, the web's.
"""

from dataclasses import dataclass
from functools import cache
from itertools import pairwise

import numpy as np

from scenes.hand.anatomy import FINGERS, METACARPAL, ROOT, THUMB, THUMB_AXES, THUMB_ROOT, Digit
from scenes.hand.sections import AROUND, digit_ring, ring_points, stations
from scenes.mesh import Floats, Ints, Mesh, turned

__all__ = ["COLUMNS", "Rest", "rest_hand"]

ARC = AROUND // 2 - 2  # faces over the back of a finger between its neighbours, and as many under it
ACROSS = 4 * ARC + 1
COLUMNS = 2 * ACROSS + 2  # points of a ring round the palm
_LEVELS = np.array([0.0, 0.11, 0.22, 0.33, 0.46, 0.59, 0.68, 0.77, 0.85, 0.93, 1.0])  # of rings, from wrist to webs
_HOLE_ROWS, _HOLE_COLUMNS = (3, 5), (-6, 0)  # where the thumb leaves the palm: rings and columns from the side

# Of the palm, millimetres: distance from the wrist, half the breadth, its middle, the back, the palm.
_PALM = np.array([
    (0.0, 29.0, 0.0, -18.5, 18.5),
    (15.0, 30.5, 0.5, -16.5, 19.5),
    (32.0, 34.0, 0.5, -14.5, 19.5),
    (52.0, 38.0, 1.0, -13.5, 17.0),
    (72.0, 41.0, 1.0, -13.5, 14.5),
    (90.0, 42.0, 0.5, -14.0, 13.5),
    (125.0, 41.0, 0.0, -14.0, 13.0),
])  # fmt: skip
_SOFTENINGS = 10  # rounds in which the thumb's root becomes one with the palm
_POWER = 2.4  # of the superellipse round the palm
# Flesh on the palm: (x, z), how far round there, how high; the last is its hollow.
_FLESH = ((-20.0, 40.0, 20.0, 9.0), (24.0, 36.0, 20.0, 4.5), (4.0, 66.0, 17.0, -2.5))


@dataclass(frozen=True, eq=False)
class Rest:
    """vertices [n, 3] in millimetres; loops and sizes as in a `Mesh`, open at the wrist, whose ring comes first.

    bones [n, 3]: the point of the digit's axis, or of the palm's middle, beside which a vertex lies.
    weights [n, 4]: how far it goes with each finger; thumb [n]: with the thumb.
    bony [n, 3]: where it goes as knuckles stand out.
    """

    vertices: Floats
    loops: Ints
    sizes: Ints
    bones: Floats
    weights: Floats
    thumb: Floats
    bony: Floats


class _Builder:
    """Collects vertices with their weights, and faces."""

    def __init__(self) -> None:
        self.vertices: list[Floats] = []
        self.bones: list[Floats] = []
        self.weights: list[Floats] = []
        self.thumb: list[Floats] = []
        self.faces: list[tuple[int, ...]] = []
        self.count = 0

    def add(self, points: Floats, bones: Floats, weights: Floats, thumb: Floats) -> list[int]:
        for stack, values in zip(
            (self.vertices, self.bones, self.weights, self.thumb), (points, bones, weights, thumb), strict=True
        ):
            stack.append(values)
        self.count += len(points)
        return list(range(self.count - len(points), self.count))

    def strip(self, low: list[int], high: list[int]) -> None:
        """Quads between two rings."""
        for k in range(len(low)):
            after = (k + 1) % len(low)
            self.faces.append((low[k], low[after], high[after], high[k]))


@cache
def rest_hand() -> Rest:
    """The right hand's skin, which all hands share."""
    builder = _Builder()
    rings = [builder.add(*_palm_ring(level)) for level in _LEVELS]
    _palm_faces(builder, rings)
    webs = builder.add(*_webs())
    for number, digit in enumerate(FINGERS):
        _finger(builder, number, digit, _root_ring(rings[-1], webs, number))
    hole = _hole(rings)
    _thumb(builder, hole)
    vertices = np.concatenate(builder.vertices)
    sizes = np.array([len(face) for face in builder.faces], np.int32)
    loops = np.array([index for face in builder.faces for index in face], np.int32)
    thumb = np.concatenate(builder.thumb)
    mean = _Mean(loops, sizes, len(vertices))
    near = ((thumb > 0) & (thumb < 1)).astype(np.float64)
    near[hole] = 1.0
    for _ in range(2):
        near = np.maximum(near, mean(near) > 0)
    soft = (near > 0) & (thumb < 1)
    for _ in range(_SOFTENINGS):  # to and fro, which keeps the volume (Taubin 1995)
        for share in (0.5, -0.53):
            vertices[soft] += share * (mean(vertices)[soft] - vertices[soft])
    palm = thumb == 0
    for _ in range(6):
        thumb[palm] = np.where(np.concatenate(builder.weights)[palm].max(1) > 0, mean(thumb)[palm], 0.0)
    return Rest(
        vertices,
        loops,
        sizes,
        np.concatenate(builder.bones),
        np.concatenate(builder.weights),
        thumb,
        _bony(vertices),
    )


class _Mean:
    """The mean of each vertex's neighbours."""

    def __init__(self, loops: Ints, sizes: Ints, count: int) -> None:
        mesh = Mesh(np.zeros((count, 3)), loops, sizes)
        self.start, self.end = mesh.half_edges().T
        self.number = np.maximum(np.bincount(self.start, minlength=count), 1)

    def __call__(self, values: Floats) -> Floats:
        columns = values.reshape(len(values), -1).T
        total = [np.bincount(self.start, column[self.end], minlength=len(values)) / self.number for column in columns]
        return np.asarray(np.stack(total, 1).reshape(values.shape))


def _bony(vertices: Floats) -> Floats:
    """How the back rises over each knuckle, sinks between two, and rises over the joints of the fingers."""
    x, y, z = vertices.T
    height = np.zeros(len(vertices))
    for digit in FINGERS:
        kx, _, kz = digit.knuckle
        height += 2.6 * np.exp(-(((x - kx) / 7.0) ** 2) - ((z - kz + 1.0) / 8.0) ** 2)
        for joint, rise, reach in zip(digit.joints[1:], (1.2, 0.6), (5.0, 4.0), strict=True):
            near = np.abs(x - kx) < 1.05 * digit.radius
            height += np.where(near, rise * np.exp(-(((z - kz - joint) / reach) ** 2)), 0.0)
    for one, two in pairwise(FINGERS):
        middle, level = (np.array(one.knuckle) + two.knuckle) / 2 @ np.eye(3)[[0, 2]].T
        height -= 1.6 * np.exp(-(((x - middle) / 5.0) ** 2) - ((z - level - 4.0) / 11.0) ** 2)
    return np.stack([np.zeros_like(height), np.where(y < 0, -height, 0.0), np.zeros_like(height)], 1)


@cache
def _roots() -> tuple[Floats, Floats]:
    """Of each column of the palm's last ring: its point [52, 3] and how far it goes with each finger [52, 4]."""
    points, weights = np.zeros((COLUMNS, 3)), np.zeros((COLUMNS, 4))
    count = np.zeros(COLUMNS)
    for number, digit in enumerate(FINGERS):
        along = ROOT * digit.bones[0]
        wide, back, palm, _ = digit_ring(digit, along)
        ring = np.column_stack([ring_points(wide, back, palm), np.full(AROUND, along)]) + digit.knuckle
        for k, column in enumerate(_root_columns(number)):
            if column is not None:
                points[column] += ring[k]
                weights[column, number] += 1
                count[column] += 1
    return points / count[:, None], weights / count[:, None]


def _root_columns(number: int) -> list[int | None]:
    """The columns that are the first ring of a finger; None for a web's point, which no ring round the palm has."""
    back = [1 + ARC * number + k for k in range(ARC + 1)]
    palm = [COLUMNS - 1 - ARC * number - k for k in range(ARC, -1, -1)]
    return [0 if number == 0 else None, *back, 1 + ACROSS if number == 3 else None, *palm]


def _palm_ring(level: float) -> tuple[Floats, Floats, Floats, Floats]:
    root, weights = _roots()
    z = level * root[:, 2]
    half, middle, back, palm = (np.interp(z, _PALM[:, 0], _PALM[:, k]) for k in range(1, 5))
    edge = root[:, 0].min(), root[:, 0].max()
    share = (2 * root[:, 0] - sum(edge)) / (edge[1] - edge[0])
    x = middle + half * share
    bulge = np.maximum(1 - np.abs(share) ** _POWER, 0.0) ** (1 / _POWER)
    is_back = (np.arange(COLUMNS) > 0) & (np.arange(COLUMNS) <= ACROSS)
    y = np.where(is_back, back, palm) * bulge
    for cx, cz, reach, height in _FLESH:
        y += np.where(is_back, 0.0, height * np.exp(-((x - cx) ** 2 + (z - cz) ** 2) / reach**2)) * bulge**0.5
    knuckle = np.sum(weights * [digit.knuckle[2] for digit in FINGERS], 1)
    to_root = _smooth((z - knuckle + 16.0) / (root[:, 2] - knuckle + 16.0))
    points = np.stack([x, y, z], 1)
    points += to_root[:, None] * (root - points) * [1.0, 1.0, 0.0]
    bones = np.stack([x, np.sum(weights * [digit.knuckle[1] for digit in FINGERS], 1) * to_root, z], 1)
    return points, bones, _beside(points, weights, to_root), np.zeros(COLUMNS)


def _beside(points: Floats, weights: Floats, to_root: Floats) -> Floats:
    """Weights of the palm's points: between the two fingers they lie under, at the root their own."""
    axis = np.array([digit.knuckle[0] for digit in FINGERS])
    under = np.stack([np.interp(points[:, 0], axis, np.eye(4)[k]) for k in range(4)], 1)
    return np.asarray(under + to_root[:, None] * (weights - under))


def _smooth(share: Floats) -> Floats:
    share = np.clip(share, 0.0, 1.0)
    return np.asarray(share * share * (3 - 2 * share))


def _webs() -> tuple[Floats, Floats, Floats, Floats]:
    """The three points between fingers, a little nearer to the wrist than what is before and behind them."""
    root, weights = _roots()
    sides = [(1 + ARC * k, COLUMNS - 1 - ARC * k) for k in (1, 2, 3)]
    points = np.array([(root[a] + root[b]) / 2 - [0.0, 0.0, 2.0] for a, b in sides])
    return points, points, np.array([weights[a] for a, _ in sides]), np.zeros(3)


def _root_ring(last: list[int], webs: list[int], number: int) -> list[int]:
    ring = _root_columns(number)
    own = [webs[number - 1] if number else 0, webs[number] if number < 3 else 0]
    sides = iter(own if number not in (0, 3) else own[1:] if number == 0 else own[:1])
    return [next(sides) if column is None else last[column] for column in ring]


def _finger(builder: _Builder, number: int, digit: Digit, ring: list[int]) -> None:
    start = ROOT * digit.bones[0] + 2.2
    for along in stations(digit, start):
        wide, back, palm, shift = digit_ring(digit, along)
        axis = np.add(digit.knuckle, (0.0, shift, along))
        points = np.column_stack([ring_points(wide, back, palm), np.zeros(AROUND)]) + axis
        after = builder.add(
            points, np.tile(axis, (AROUND, 1)), np.tile(np.eye(4)[number], (AROUND, 1)), np.zeros(AROUND)
        )
        builder.strip(ring, after)
        ring = after
    tip = np.add(digit.knuckle, (0.0, 0.1 * digit.radius, digit.length))
    (apex,) = builder.add(tip[None], tip[None], np.eye(4)[number][None], np.zeros(1))
    builder.faces += [(ring[k], ring[(k + 1) % AROUND], apex) for k in range(AROUND)]


def _palm_faces(builder: _Builder, rings: list[list[int]]) -> None:
    first, last = _HOLE_COLUMNS
    for row, (low, high) in enumerate(pairwise(rings)):
        for k in range(COLUMNS):
            side = (k + COLUMNS // 2) % COLUMNS - COLUMNS // 2
            if not (_HOLE_ROWS[0] <= row < _HOLE_ROWS[1] and first <= side < last):
                after = (k + 1) % COLUMNS
                builder.faces.append((low[k], low[after], high[after], high[k]))


def _hole(rings: list[list[int]]) -> list[int]:
    """The points round the thumb's hole, counter-clockwise seen from outside."""
    (low, high), (first, last) = _HOLE_ROWS, _HOLE_COLUMNS
    return [
        *(rings[low][column] for column in range(first, last)),
        *(rings[row][last] for row in range(low, high)),
        *(rings[high][column] for column in range(last, first, -1)),
        *(rings[row][first] for row in range(high, low, -1)),
    ]


def _thumb(builder: _Builder, hole: list[int]) -> None:
    vertices = np.concatenate(builder.vertices)
    around = vertices[hole]
    loops = [_thumb_ring(along) for along in stations(THUMB, METACARPAL)]
    phase = min(range(AROUND), key=lambda k: float(((np.roll(loops[0], -k, 0) - around) ** 2).sum()))
    ring = hole
    between = [around + share * (np.roll(loops[0], -phase, 0) - around) for share in (0.25, 0.5, 0.75)]
    for points, moved in zip(
        [*between, *(np.roll(loop, -phase, 0) for loop in loops)], [0.4, 0.65, 0.85, *[1.0] * len(loops)], strict=True
    ):
        along = turned(points - THUMB_ROOT, THUMB_AXES.T)[:, 2]
        bones = THUMB_ROOT + along[:, None] * THUMB_AXES[:, 2]
        after = builder.add(points, bones, np.zeros((AROUND, 4)), np.full(AROUND, moved))
        builder.strip(ring, after)
        ring = after
    tip = THUMB_ROOT + THUMB_AXES @ [0.0, 0.1 * THUMB.radius, THUMB.length]
    (apex,) = builder.add(tip[None], tip[None], np.zeros((1, 4)), np.ones(1))
    builder.faces += [(ring[k], ring[(k + 1) % AROUND], apex) for k in range(AROUND)]


def _thumb_ring(along: float) -> Floats:
    wide, back, palm, shift = digit_ring(THUMB, along)
    own = np.column_stack([ring_points(wide, back, palm), np.full(AROUND, along)]) + np.array((0.0, shift, 0.0))
    return np.asarray(THUMB_ROOT + turned(own, THUMB_AXES))
