"""The skin of a hand with its joints bent."""

from itertools import pairwise

import numpy as np

from encode.formulas.rotation import euler_matrix
from scenes.hand.anatomy import FINGERS, LENGTH, THUMB, THUMB_AXES, THUMB_ROOT, Digit
from scenes.hand.bend import Bend, bend_of
from scenes.hand.rest import COLUMNS, rest_hand
from scenes.hand.specs import HandSkin
from scenes.mesh import Floats, Ints, Mesh, turned

__all__ = ["BentHand", "bent_skin", "hand_mesh"]

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
        bent = turned(self._thumb.place(turned(points - THUMB_ROOT, THUMB_AXES.T)), self._turn @ THUMB_AXES)
        return np.asarray(points + share[:, None] * (THUMB_ROOT + bent - points))

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
    flat = flat - (flat * along).sum(1, keepdims=True) * along
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
