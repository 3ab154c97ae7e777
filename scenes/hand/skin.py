"""The skin of a hand with its joints bent, and its nails."""

from itertools import pairwise

import numpy as np

from encode.formulas.rotation import euler_matrix
from scenes.hand.anatomy import FINGERS, LENGTH, THUMB, THUMB_AXES, THUMB_ROOT, Digit
from scenes.hand.bend import Bend, bend_of
from scenes.hand.rest import COLUMNS, digit_ring, rest_hand
from scenes.hand.specs import HandSkin, Nails
from scenes.mesh import Floats, Ints, Mesh, joined

__all__ = ["BentHand", "bent_skin", "hand_mesh", "nails_mesh"]

# Rings from the wrist to the end of the forearm's piece: how far along, and how far from the wrist's section to a round
# one.
_SLEEVE = ((0.25, 0.38), (0.5, 0.72), (0.8, 1.03), (1.0, 1.0))


class BentHand:
    """A hand's joints: takes points of the hand at rest (`scenes.hand.anatomy`, millimetres) to the shape's axes."""

    def __init__(self, spec: HandSkin) -> None:
        self._spec = spec
        self._bends = [bend_of(digit, flexion) for digit, flexion in zip(FINGERS, spec.fingers, strict=True)]
        self._thumb = bend_of(THUMB, (0.0, *spec.thumb_flexion))
        self._turn = euler_matrix(spec.thumb)

    def finger(self, number: int, points: Floats) -> Floats:
        """Points [n, 3] that go with a finger, 0 the index, bent and spread; still in the axes at rest."""
        digit = FINGERS[number]
        return _placed(digit, self._bends[number], points - digit.knuckle, self._spec.spread) + digit.knuckle

    def thumb(self, points: Floats, share: Floats) -> Floats:
        """Points [n, 3] that go with the thumb by a `share` [n]."""
        bent = THUMB_ROOT + self._thumb.place((points - THUMB_ROOT) @ THUMB_AXES) @ THUMB_AXES.T
        turned = THUMB_ROOT + (bent - THUMB_ROOT) @ self._turn.T
        return np.asarray(points + share[:, None] * (turned - points))

    def finished(self, points: Floats) -> Floats:
        """From the axes at rest to those of the shape, metres."""
        side = -1.0 if self._spec.left else 1.0
        return np.asarray(points * [side, -1.0, -1.0] * (self._spec.length / LENGTH))


def _placed(digit: Digit, bend: Bend, points: Floats, spread: float) -> Floats:
    x, y, z = bend.place(points).T
    angle = digit.spread * spread * np.clip((points[:, 2] + 10.0) / 24.0, 0.0, 1.0)
    return np.stack([x * np.cos(angle) + z * np.sin(angle), y, z * np.cos(angle) - x * np.sin(angle)], 1)


def hand_mesh(spec: HandSkin) -> Mesh:
    """The hand and a piece of the forearm: closed, outward."""
    rest, vertices = rest_hand(), bent_skin(spec)
    return _capped(vertices, _sleeve(spec, vertices[:COLUMNS]), rest.loops, rest.sizes, spec.left)


def bent_skin(spec: HandSkin) -> Floats:
    """The vertices [n, 3] of the hand without its forearm; those round the wrist come first."""
    rest, bent = rest_hand(), BentHand(spec)
    at = rest.bones + (rest.vertices - rest.bones) * _thickness(spec) + spec.bony * rest.bony
    total = np.zeros_like(at)
    for number in range(4):
        going = rest.weights[:, number] > 0
        total[going] += rest.weights[going, number, None] * bent.finger(number, at[going])
    free = rest.weights.sum(1) == 0
    total[free] = at[free]
    moved = rest.thumb > 0
    total[moved] = bent.thumb(total[moved], rest.thumb[moved])
    return bent.finished(total)


def _thickness(spec: HandSkin) -> Floats:
    return np.array([spec.girth, spec.girth, 1.0])


def _sleeve(spec: HandSkin, wrist: Floats) -> Floats:
    """Rings [4, 52, 3] from the wrist to the end of the forearm's piece."""
    *end, radius = spec.forearm
    along = np.array(end) / np.linalg.norm(end)
    middle = wrist.mean(0)
    flat = wrist - middle
    flat = flat - (flat @ along)[:, None] * along
    circle = radius * flat / np.linalg.norm(flat, axis=1, keepdims=True)
    return np.stack(
        [
            middle + along_share * (np.array(end) - middle) + (1 - roundness) * flat + roundness * circle
            for along_share, roundness in _SLEEVE
        ]
    )


def _capped(vertices: Floats, sleeve: Floats, loops: Ints, sizes: Ints, left: bool) -> Mesh:
    count = len(vertices)
    rings = [np.arange(COLUMNS), *(count + k * COLUMNS + np.arange(COLUMNS) for k in range(len(sleeve)))]
    quads = [np.stack([high, np.roll(high, -1), np.roll(low, -1), low], 1).ravel() for low, high in pairwise(rings)]
    faces = np.concatenate([loops, *quads, rings[-1][::-1]]).astype(np.int32)
    counts = np.concatenate([sizes, np.full(len(sleeve) * COLUMNS, 4), [COLUMNS]]).astype(np.int32)
    mesh = Mesh(np.concatenate([vertices, sleeve.reshape(-1, 3)]), faces, counts)
    return mesh.flipped() if left else mesh


_NAIL_ACROSS, _NAIL_ALONG = 5, 4  # points of a nail's upper side
_THICK, _PROUD = 0.9, 0.35  # millimetres: of a nail, and over the skin


def nails_mesh(spec: Nails) -> Mesh:
    """Five curved plates on the backs of the last bones: closed, outward."""
    bent = BentHand(spec.hand)
    plates = []
    for number, digit in enumerate((*FINGERS, THUMB)):
        sides = []
        for lift in (_PROUD - _THICK, _PROUD):
            own = _plate(digit, lift, spec, thumb=number == 4)
            if number == 4:
                placed = bent.thumb(THUMB_ROOT + own @ THUMB_AXES.T, np.ones(len(own)))
            else:
                placed = bent.finger(number, own + digit.knuckle)
            sides.append(bent.finished(placed).reshape(_NAIL_ALONG, _NAIL_ACROSS, 3))
        plates.append(_shell(sides[0], sides[1]))
    mesh = joined(plates)
    return mesh.flipped() if spec.hand.left else mesh


def _plate(digit: Digit, lift: float, spec: Nails, *, thumb: bool) -> Floats:
    """Points [20, 3] of one side of a nail in the digit's axes, `lift` over the skin."""
    tip, r, girth = digit.length, digit.radius, spec.hand.girth
    length = (0.6 if thumb else 0.58) * digit.bones[2]
    points = []
    for share in np.linspace(0, 1, _NAIL_ALONG):
        along = tip - 0.2 * r - length * (1 - share * (1 + spec.free))
        wide, back, _, shift = digit_ring(digit, min(along, tip - 0.5 * r), thumb=thumb)
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
