"""The lattice of a head's skin: rows from the neck's foot up to the crown, columns round it, and where rays meet it."""

from dataclasses import dataclass
from functools import cache

import numpy as np

from scenes.blob.field import crossings
from scenes.blob.specs import Ball, Limb, Ring
from scenes.face.bones import head_members
from scenes.face.specs import FaceTraits
from scenes.mesh import Floats

__all__ = [
    "ANGLES",
    "CROWN_ROWS",
    "EYE_LINE",
    "EYE_ROWS",
    "FIRST_LEVEL",
    "LEVELS",
    "LIP_LINE",
    "LIP_ROWS",
    "Lattice",
    "head_lattice",
]

LIP_LINE, EYE_LINE = -0.060, 0.0025  # z of the closed mouth and of the closed lids
_HALF = np.radians(
    [0, 1.5, 3.1, 4.7, 6.3, 7.9, 9.5, 11.1, 12.7, 14.3, 15.9, 17.5, 19.2, 21, 23, 25, 27.2, 29.6, 32.3, 35.5, 39.5,
     44.5, 51, 59, 69, 81, 95, 110, 126, 143, 161, 180]
)  # fmt: skip
ANGLES = np.concatenate([_HALF, 2 * np.pi - _HALF[-2:0:-1]])  # of the columns: 0 is the front, pi / 2 the left
_NECK, _CHIN, CROWN_ROWS = 5, 6, 8
_MM = (
    -88, -83.5, -79.5, -76, -73, -70.5, -68.4, -66.4, -64.4, -62.6, -61, -60.25,  # chin and lower lip
    -60.05, -60, -59.95,  # between the lips
    -59.75, -59, -57.5, -55.8, -54, -52, -49.5, -46.5, -43.8, -41.8, -40.2, -38.8, -37.4, -35.8, -34, -31.5, -28.5,
    -25, -21.5, -18, -14.5, -11.5, -8.8, -6.4, -4.2, -2.2, -0.4, 1.2, 2.2,  # nose and lower lid
    2.45, 2.55,  # between the lids
    2.8, 3.8, 5.4, 7.2, 9.2, 11.4, 14, 17, 20, 23, 26, 30, 35, 41, 48, 56,
)  # fmt: skip
LEVELS = np.array(_MM) / 1000
FIRST_LEVEL = _NECK + _CHIN  # the row of the first of `LEVELS`; those above them are the crown's
LIP_ROWS = tuple(FIRST_LEVEL + _MM.index(mm) for mm in (-60.05, -60, -59.95))  # of the whole lattice: in the mouth
EYE_ROWS = tuple(FIRST_LEVEL + _MM.index(mm) for mm in (2.45, 2.55))  # behind the lids
_AXIS = -0.005  # y of the axis from which level rays go out
_FAN = np.array([0.0, -0.005, -0.04])  # where rays to the underside of the chin start
_TOP = np.array([0.0, 0.016, 0.036])  # where rays to the crown start
_UPRIGHT: tuple[Ring, ...] = (  # a usual neck
    (0.0, 0.03, -0.187, 0.07, 0.0625),
    (0.0, 0.025, -0.122, 0.054, 0.054),
    (0.0, 0.014, -0.052, 0.053, 0.052),
)
_AROUND = 0.115  # metres from those starts that are outside every head
_ROOM = 0.003  # metres outside the usual face where rays to another one start


@dataclass(frozen=True, eq=False)
class Lattice:
    """Points of the neutral skin [rows, columns, 3], metres; levels [rows]: the height of a row on the face.

    hang [rows]: 1 on the face, falling to 0 from the chin down the neck: how far a row follows the jaw.
    """

    points: Floats
    levels: Floats
    hang: Floats


def head_lattice(members: tuple[Ball | Limb, ...], neck: tuple[Ring, ...]) -> Lattice:
    """The lattice on the skin of `members`; its first row is at the neck's foot, its last one at the crown."""
    level = _face(members, _usual_face() + _ROOM)
    fan, crown = _under_chin(level[0], neck), _crown(level[-1])
    starts, rays = (np.concatenate(both) for both in zip(fan, crown, strict=True))
    rest = _met(members, starts, rays, np.full(rays.shape[:2], _AROUND))
    under, top = rest[: len(fan[0])][::-1], rest[len(fan[0]) :]
    points = np.concatenate([under, level, top])
    levels = np.concatenate([np.full(len(under), LEVELS[0]), LEVELS, np.full(len(top), LEVELS[-1])])
    hang = np.ones(len(points))
    hang[:FIRST_LEVEL] = np.concatenate([np.zeros(_NECK), np.linspace(0, 1, _CHIN + 1)[:-1] ** 0.7])
    return Lattice(points, levels, hang)


def _out() -> Floats:
    """Directions of the columns [columns, 3], level."""
    return np.stack([np.sin(ANGLES), -np.cos(ANGLES), np.zeros_like(ANGLES)], 1)


def _face(members: tuple[Ball | Limb, ...], far: Floats) -> Floats:
    """Points of the rows at `LEVELS`, by level rays from the axis, looked for from `far` metres [rows, columns] in."""
    starts = np.stack([np.zeros_like(LEVELS), np.full_like(LEVELS, _AXIS), LEVELS], 1)
    return _met(members, np.repeat(starts[:, None], len(ANGLES), 1), np.repeat(_out()[None], len(starts), 0), far)


@cache
def _usual_face() -> Floats:
    """How far from the axis the usual face is [rows, columns], the most of each point and its neighbours, metres."""
    shape = (len(LEVELS), len(ANGLES))
    points = _face(head_members(FaceTraits(), _UPRIGHT), np.broadcast_to(_outside(_out()), shape))
    away = np.hypot(points[..., 0], points[..., 1] - _AXIS)
    beside = np.max([np.roll(away, step, 1) for step in (-1, 0, 1)], 0)
    padded = np.pad(beside, ((1, 1), (0, 0)), mode="edge")
    return np.asarray(np.max([padded[:-2], beside, padded[2:]], 0))


def _outside(out: Floats) -> Floats:
    """Distances from the axis that are outside every head, not far from it."""
    ellipse = 1 / np.hypot(out[:, 0] / 0.088, out[:, 1] / np.where(out[:, 1] < 0, 0.106, 0.124))
    return np.asarray(np.where((out[:, 1] < 0) & (np.abs(out[:, 0]) < 0.3), 0.132, ellipse))


def _under_chin(above: Floats, neck: tuple[Ring, ...]) -> tuple[Floats, Floats]:
    """Starts and rays [rows, columns, 3] from under the row `above` down: they fan out below the chin, then go down."""
    out = _out()
    away = above - _FAN
    start = np.arctan2(away[:, 2], np.hypot(away[:, 0], away[:, 1]))
    end = np.radians(-56 + 5 * out[:, 1])
    share = np.linspace(0, 1, _CHIN + 1)[1:, None]
    fan = _raised(start + share * (end - start))
    foot, middle = np.array(neck[0][:3]), np.array(neck[1][:3])
    along = (middle - foot) / np.linalg.norm(middle - foot)
    front = np.array([0.0, -1.0, 0.0]) - along * -along[1]
    front /= np.linalg.norm(front)
    level = out[:, :1] * np.cross(along, front) - out[:, 1:2] * front
    down = np.linspace(0, 1, _NECK + 1)[1:, None, None]
    turned = fan[-1] * (1 - down) + level * down
    turned /= np.linalg.norm(turned, axis=-1, keepdims=True)
    starts = np.concatenate([np.repeat(_FAN[None, None], _CHIN, 0), _FAN + down * (foot - _FAN)])
    return np.repeat(starts, len(out), 1), np.concatenate([fan, turned])


def _crown(below: Floats) -> tuple[Floats, Floats]:
    """Starts and rays [rows, columns, 3] from over the row `below` up to the crown."""
    away = below - _TOP
    start = np.arctan2(away[:, 2], np.hypot(away[:, 0], away[:, 1]))
    share = np.linspace(0, 0.985, CROWN_ROWS + 1)[1:, None]
    rays = _raised(start + share * (np.pi / 2 - start))
    return np.broadcast_to(_TOP, rays.shape), rays


def _raised(slope: Floats) -> Floats:
    """Unit directions [rows, columns, 3] of the columns, `slope` [rows, columns] radians over level."""
    return np.asarray(np.cos(slope)[..., None] * _out() + np.sin(slope)[..., None] * np.array([0.0, 0.0, 1.0]))


def _met(members: tuple[Ball | Limb, ...], starts: Floats, rays: Floats, far: Floats) -> Floats:
    """Where rays [r, c, 3] meet the skin, coming from `far` metres [r, c] out toward their starts."""
    start, ray = starts.reshape(-1, 3), rays.reshape(-1, 3)
    away = crossings(members, start, ray, far.ravel())
    return np.asarray((start + away[:, None] * ray).reshape(rays.shape))
