"""Measures of a hand, millimetres of one 187 mm long: the mean man's.

Bones and the flesh beyond the last one: Buryanov and Kotiuk, Proportions of Hand Segments (Int. J. Morphol. 28(3),
2010), the table of means. Breadths, knuckles and depths are set by eye to such a hand.

Axes: x toward the little finger, y out of the palm, z along the fingers; the wrist is the origin.
"""

from dataclasses import dataclass

import numpy as np

from scenes.base import Vec3
from scenes.mesh import Floats

__all__ = ["FINGERS", "LENGTH", "METACARPAL", "ROOT", "THUMB", "THUMB_AXES", "THUMB_ROOT", "Digit"]

LENGTH = 187.0
ROOT = 0.5  # where a finger comes free of the palm, in shares of its first bone
METACARPAL = 46.2  # of the thumb
THUMB_ROOT = np.array([-15.0, 3.0, 17.0])

_FINGER = (
    (1.1, 1.15, 1.1), (1.0, 0.98, 0.98), (1.0, 0.97, 0.88), (0.9, 0.83, 0.86), (0.9, 0.8, 0.76), (0.84, 0.62, 0.78),
    (0.68, 0.4, 0.55),
)  # fmt: skip
_THUMB = (
    (1.7, 1.2, 1.6), (1.3, 1.1, 1.3), (1.06, 0.98, 1.02), (0.93, 0.84, 0.88), (1.0, 0.82, 0.84), (0.95, 0.66, 0.84),
    (0.78, 0.42, 0.6),
)  # fmt: skip


@dataclass(frozen=True)
class Digit:
    """A finger beyond its knuckle, or the thumb from its root.

    knuckle: the joint's place at rest; bones: their lengths; flesh: beyond the last one; radius: half the breadth at
    the middle joint; spread: how far it points aside at ease, radians.
    sections: half the breadth, the depth to the back and that to the palm, in radii, at the knuckle, each other joint
    and the tip, and halfway between them.
    """

    knuckle: Vec3
    bones: Vec3
    flesh: float
    radius: float
    spread: float = 0.0
    sections: tuple[Vec3, ...] = _FINGER

    @property
    def length(self) -> float:
        """From the knuckle to the tip."""
        return sum(self.bones) + self.flesh

    @property
    def joints(self) -> tuple[float, float, float]:
        """Where it bends: distances from the knuckle."""
        return 0.0, self.bones[0], self.bones[0] + self.bones[1]


FINGERS = (
    Digit((-27.0, -3.0, 92.0), (39.8, 22.4, 15.8), 3.8, 9.6, -0.07),
    Digit((-6.0, -4.5, 94.5), (44.6, 26.3, 17.4), 4.0, 9.7, -0.01),
    Digit((13.5, -3.5, 88.0), (41.4, 25.7, 17.3), 4.0, 9.2, 0.04),
    Digit((30.5, -0.5, 79.0), (32.7, 18.1, 16.0), 3.7, 8.2, 0.11),
)
THUMB = Digit((0.0, 0.0, 0.0), (METACARPAL, 31.6, 21.7), 5.7, 10.8, sections=_THUMB)


def _thumb_axes() -> Floats:
    """The thumb's own axes at rest as columns: its nail looks toward -y, aside and backward."""
    along = np.array([-0.46, 0.38, 0.8])
    along /= np.linalg.norm(along)
    back = np.array([-0.72, -0.62, 0.0])
    back -= along * (back @ along)
    y = -back / np.linalg.norm(back)
    return np.stack([np.cross(y, along), y, along], 1)


THUMB_AXES = _thumb_axes()
