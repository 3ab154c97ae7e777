"""Nails: curved plates on the backs of the last bones."""

import numpy as np

from scenes.hand.anatomy import FINGERS, THUMB, THUMB_AXES, THUMB_ROOT, Digit
from scenes.hand.sections import digit_ring
from scenes.hand.skin import BentHand
from scenes.hand.specs import Nails
from scenes.mesh import Floats, Mesh, joined, turned

__all__ = ["nails_mesh"]

_NAIL_ACROSS, _NAIL_ALONG = 5, 4  # points of a nail's upper side
_THICK, _PROUD = 0.9, 0.35  # millimetres: of a nail, and over the skin


def nails_mesh(spec: Nails) -> Mesh:
    """The nails of the four fingers, then that of the thumb: each closed, outward."""
    bent = BentHand(spec.hand)
    plates = []
    for number, digit in enumerate((*FINGERS, THUMB)):
        sides = []
        for lift in (_PROUD - _THICK, _PROUD):
            own = _plate(digit, lift, spec)
            if number == 4:
                placed = bent.thumb(THUMB_ROOT + turned(own, THUMB_AXES), np.ones(len(own)))
            else:
                placed = bent.finger(number, own + digit.knuckle)
            sides.append(bent.finished(placed).reshape(_NAIL_ALONG, _NAIL_ACROSS, 3))
        plates.append(_shell(sides[0], sides[1]))
    mesh = joined(plates)
    return mesh.flipped() if spec.hand.left else mesh


def _plate(digit: Digit, lift: float, spec: Nails) -> Floats:
    """Points [20, 3] of one side of a nail in the digit's axes, `lift` over the skin."""
    tip, r, girth = digit.length, digit.radius, spec.hand.girth
    length = 0.58 * digit.bones[2]
    points = []
    for share in np.linspace(0, 1, _NAIL_ALONG):
        along = tip - 0.2 * r - length * (1 - share * (1 + spec.free))
        wide, back, _, shift = digit_ring(digit, min(along, tip - 0.5 * r))
        corner = 0.86 if share in (0, 1) else 1.0  # the ends are round
        for angle in np.linspace(-0.82, 0.82, _NAIL_ACROSS) * corner:
            x, y = wide * np.sin(angle), -back * np.cos(angle)
            points.append((girth * x, shift + girth * y - lift, along - 1.6 * (1 - np.cos(angle))))
    return np.array(points)


def _shell(under: Floats, upper: Floats) -> Mesh:
    """A plate between two grids [n, m, 3] of points."""
    rows, columns = upper.shape[:2]
    index = np.arange(rows * columns, dtype=np.int32).reshape(rows, columns)
    top = np.stack([index[:-1, :-1], index[:-1, 1:], index[1:, 1:], index[1:, :-1]], -1).reshape(-1, 4)
    top = top + rows * columns
    bottom = top[:, ::-1] - rows * columns
    rim = np.concatenate([index[0, :-1], index[:-1, -1], index[-1, :0:-1], index[:0:-1, 0]])
    after = np.roll(rim, -1)
    side = np.stack([rim, after, after + rows * columns, rim + rows * columns], 1)
    quads = np.concatenate([bottom, top, side]).astype(np.int32)
    vertices = np.concatenate([under.reshape(-1, 3), upper.reshape(-1, 3)])
    return Mesh(vertices, quads.ravel(), np.full(len(quads), 4, np.int32))
