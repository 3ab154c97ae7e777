"""The shell of hair over the scalp: how thick it is where, and where it hangs free.

A place on it is a meridian, which strands follow, and a share of its length: 0 at the crown, 1 at the hair's end.
"""

from dataclasses import dataclass
from functools import cached_property

import numpy as np

from scenes import draw
from scenes.face.surface import face_surface
from scenes.hair.hairline import HANGING, end_heights
from scenes.hair.scalp import Scalp
from scenes.hair.specs import HairPiece
from scenes.mesh import Floats, Mesh, skin

__all__ = ["Shell", "hair_shell"]

_HALF = np.array(
    [0, 4, 8, 12, 16, 20, 24, 28, 32, 36, 40, 44, 48, 52, 56, 60, 64, 68, 72, 76, 80, 84, 88, 92, 95, 98, 102, 106, 110,
     114, 118, 121, 124, 128, 132, 136, 140, 144.5, 149, 153.5, 158, 162.5, 167, 171.5, 176, 180]
)  # fmt: skip
_ROWS = 16  # of the shell, from crown to end
_BEYOND = 0.012  # metres past the end to which places go on, for tips of locks
_SUNK = 0.0022  # of the edge under the skin
_LOOSE_FROM = 0.004  # z under which hair that hangs leaves the skin
_HAT_LINE = (0.042, 0.014)  # z over which a hat presses hair flat, and under which it is full
_FLAT = 0.0036
_SLEEK = ("cropped", "bun", "ponytail")  # whose edges rise slowly from the skin
_CORE = np.array([0.0, 0.012, 0.028])  # a point deep in the skull


@dataclass(frozen=True)
class _HairThickness:
    """Thickness of hair over the skin, metres: on top, at the sides and behind; and over what length it tapers."""

    front: float
    top: float
    side: float
    back: float
    taper: float
    groove: float  # depth of partings between locks


_THICKNESS = {
    "cropped": _HairThickness(0.0050, 0.0055, 0.0035, 0.0040, 0.016, 0.0004),
    "short": _HairThickness(0.0200, 0.0180, 0.0070, 0.0090, 0.013, 0.0022),
    "parted": _HairThickness(0.0190, 0.0170, 0.0080, 0.0090, 0.012, 0.0020),
    "bob": _HairThickness(0.0115, 0.0140, 0.0150, 0.0160, 0.012, 0.0020),
    "long": _HairThickness(0.0105, 0.0125, 0.0145, 0.0140, 0.012, 0.0022),
    "bun": _HairThickness(0.0055, 0.0075, 0.0055, 0.0075, 0.018, 0.0010),
    "ponytail": _HairThickness(0.0055, 0.0075, 0.0055, 0.0075, 0.018, 0.0010),
    "curly": _HairThickness(0.0270, 0.0290, 0.0250, 0.0250, 0.012, 0.0),
}


@dataclass(frozen=True, eq=False)
class Shell:
    """Points of the outer side [rows, columns, 3] and where its strands leave the skin; the last rows lie past the end.

    under [rows, columns, 3]: the skin, or the middle of a hanging sheet. shares [rows]: of the length from the crown.
    hangs [columns]: 0 where hair ends on the skin, 1 where it hangs.
    """

    angles: Floats
    points: Floats
    under: Floats
    shares: Floats
    hangs: Floats

    @cached_property
    def normals(self) -> Floats:
        """Unit vectors from the scalp outward [rows, columns, 3]."""
        out = self.points - self.under
        out = out + 1e-4 * (self.points - _CORE)
        return np.asarray(out / np.linalg.norm(out, axis=-1, keepdims=True))

    def at(self, angles: Floats, shares: Floats) -> tuple[Floats, Floats]:
        """Points and outward vectors [n, 3] at angles [n] and shares [n] of the meridians' lengths."""
        column = np.interp(angles % (2 * np.pi), np.append(self.angles, 2 * np.pi), np.arange(len(self.angles) + 1.0))
        row = np.interp(shares, self.shares, np.arange(len(self.shares)))
        i, j = np.minimum(row.astype(int), len(self.shares) - 2), column.astype(int) % len(self.angles)
        a, b = (row - i)[:, None], (column % 1)[:, None]
        k = (j + 1) % len(self.angles)
        both = np.concatenate([self.points, self.normals], -1)
        low, high = both[i, j] * (1 - b) + both[i, k] * b, both[i + 1, j] * (1 - b) + both[i + 1, k] * b
        found = low * (1 - a) + high * a
        return found[:, :3], found[:, 3:]

    def mesh(self) -> Mesh:
        """The shell, closed by a lining under the skin and inside what hangs."""
        outer = self.points[:_ROWS]
        lining = []
        for row, depth, keep in ((_ROWS - 1, 0.35, 1.0), (_ROWS - 3, 0.7, 1.0), (_ROWS - 7, 1.0, 0.93)):
            inset = self.under[row] + (self.points[row] - self.under[row]) * (1 - 2 * depth) * self.hangs[:, None]
            below = np.minimum(1 - 0.02 * depth, keep)
            loose = self.hangs[:, None]
            edge = _CORE + (self.points[_ROWS - 1] - _CORE) * (below - 0.1 * depth)
            lining.append(edge * (1 - loose) + inset * loose)
        lining.append(_CORE + (self.under[5] - _CORE) * 0.75)
        rings = np.concatenate([outer, np.stack(lining)])
        mesh = skin(rings)
        return mesh if mesh.volume() > 0 else mesh.flipped()


def hair_shell(shape: HairPiece) -> Shell:
    """The shell of a head's hair."""
    half = np.radians(_HALF)
    angles = np.concatenate([half, 2 * np.pi - half[-2:0:-1]])
    scalp = Scalp(face_surface(shape.traits, shape.actions, shape.neck), angles)
    rng = draw.stream(shape.seed, "shell")
    ends = end_heights(shape, angles)
    ends = ends + _wave(rng, angles, (17, 23, 31), 0.0011) * (1 + 6 * (shape.style in HANGING) * (ends < 0))
    loose = np.full(len(angles), _LOOSE_FROM)
    on_skin = scalp.depth_at(np.maximum(ends, loose) if shape.style in HANGING else ends)
    free = np.maximum(_LOOSE_FROM - ends, 0.0) if shape.style in HANGING else np.zeros_like(ends)
    length = on_skin + free
    shares = np.concatenate([np.linspace(0, 1, _ROWS) ** 0.9, [1.0, 1.0]])
    depth = shares[:, None] * length
    depth[_ROWS:] += np.array([[0.5], [1.0]]) * _BEYOND
    hangs = np.clip(free / 0.03, 0, 1)
    limit = np.where(hangs > 0, on_skin, length + 2 * _BEYOND)
    under, normal = scalp.at(np.minimum(depth, limit))
    past = np.maximum(depth - limit, 0.0)
    thick = _thickness(shape, under, angles, depth, length, hangs)
    thick = thick + _grooves(rng, shape, angles, shares, thick)
    points = under + normal * thick[..., None]
    points, under = _hung(points, past), _hung(under + normal * 0.25 * thick[..., None] * (past > 0)[..., None], past)
    if shape.style == "curly":
        points = _curled(rng, points, np.clip(thick / 0.024, 0, 1) * np.clip((length - depth) / 0.02, 0, 1))
    marks = np.concatenate([shares[:_ROWS], 1 + np.array([0.5, 1.0]) * _BEYOND / 0.1])
    return Shell(angles, points, under, marks, hangs)


def _thickness(shape: HairPiece, under: Floats, angles: Floats, depth: Floats, length: Floats, hangs: Floats) -> Floats:
    """How far the outer side is over the skin [rows, columns]; negative at edges on the skin."""
    body, z = _THICKNESS[shape.style], under[..., 2]
    high = np.clip((z - 0.045) / 0.05, 0, 1)
    high = high * high * (3 - 2 * high)
    back = np.clip((-np.cos(angles) + 0.2) / 1.0, 0, 1)
    front = np.clip((np.cos(angles) - 0.55) / 0.35, 0, 1) * np.clip((-under[..., 1] - 0.0) / 0.04, 0, 1)
    full = (body.side * (1 - back) + body.back * back) * (1 - high) + body.top * high
    full = full + (body.front - full) * front
    if shape.style in HANGING:
        ear = np.exp(-(((np.minimum(angles, 2 * np.pi - angles) - 1.85) / 0.42) ** 2)) * np.clip(
            (0.06 - z) / 0.04, 0, 1
        )
        full = np.maximum(full, 0.0255 * ear)
        full = full * (
            1 - 0.55 * np.exp(-((under[..., 0] / 0.006) ** 2)) * np.clip((0.04 - under[..., 1]) / 0.02, 0, 1)
        )
    if shape.style == "parted":
        forward = np.clip((0.012 - under[..., 1]) / 0.03, 0, 1)
        low = np.maximum(0.7 * np.exp(-(((angles - 0.42) / 0.07) ** 2)), 0.25 * ((angles > 0.42) & (angles < 1.2)))
        full = full * (1 - low * forward)
    if shape.style == "curly":
        full = full * np.clip((z + 0.045) / 0.075, 0.35, 1)
    left = np.maximum(length - depth, 0.0)
    edge = np.clip(left / body.taper, 0, 1)
    rounded = edge if shape.style in _SLEEK else np.sqrt(1 - (1 - edge) ** 2)
    if shape.hat:
        pressed = np.clip((z - _HAT_LINE[1]) / (_HAT_LINE[0] - _HAT_LINE[1]), 0, 1)
        full = full + (np.minimum(full, _FLAT) - full) * pressed
    on_skin = -_SUNK + (full + _SUNK) * rounded
    on_skin = np.where(depth > length, 0.0, on_skin)
    tip = full * (0.5 + 0.5 * np.clip(left / 0.05, 0, 1))
    return np.asarray(on_skin * (1 - hangs) + tip * hangs)


def _grooves(rng: np.random.Generator, shape: HairPiece, angles: Floats, shares: Floats, thick: Floats) -> Floats:
    """Partings between locks, along the strands; none at the crown and at the edge."""
    body = _THICKNESS[shape.style]
    if shape.hat and shape.style not in HANGING:
        return np.zeros_like(thick)
    wave = -np.abs(_wave(rng, angles, (7, 11, 16, 21), 1.0))
    along = np.clip((shares - 0.2) / 0.4, 0, 1)[:, None] * np.clip((thick - 0.002) / 0.006, 0, 1)
    return np.asarray(body.groove * wave * along)


def _wave(rng: np.random.Generator, angles: Floats, turns: tuple[int, ...], size: float) -> Floats:
    """A sum of waves round the head [n] of root-mean-square about `size`."""
    total = np.zeros_like(angles)
    for count in turns:
        total += np.sin(count * angles + draw.uniform(rng, 0, 2 * np.pi)) * draw.uniform(rng, 0.6, 1.2)
    return np.asarray(size * total * np.sqrt(2 / len(turns)))


def _hung(points: Floats, past: Floats) -> Floats:
    """Points [rows, columns, 3] that hang `past` metres below where they left the skin, drawn in a little."""
    drop = past / 0.25
    found = points.copy()
    found[..., 0] *= 1 - 0.13 * drop
    found[..., 1] += 0.018 * drop * np.clip((0.06 - points[..., 1]) / 0.06, 0, 1)
    found[..., 2] -= past
    return found


def _curled(rng: np.random.Generator, points: Floats, share: Floats) -> Floats:
    """The outer side in round tufts, as high as their `share` [rows, columns]."""
    count = 130
    k = np.arange(count) + 0.5
    z = 1 - 2 * k / count
    turn = k * 2.399963 + draw.uniform(rng, 0, 6)
    ring = np.sqrt(1 - z * z)
    seeds = _CORE + 0.1 * np.stack([ring * np.cos(turn), ring * np.sin(turn), z], 1)
    out = points - _CORE
    out /= np.linalg.norm(out, axis=-1, keepdims=True)
    near = np.linalg.norm((_CORE + 0.1 * out)[..., None, :] - seeds, axis=-1).min(-1)
    tuft = np.sqrt(np.maximum(1 - (near / 0.0165) ** 2, 0.0)) - 0.55
    return np.asarray(points + out * (0.0085 * tuft * share)[..., None])
