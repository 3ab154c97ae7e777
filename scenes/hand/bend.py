"""How a digit bends: its skin follows a curve that turns smoothly at each joint, so that no joint pinches it."""

from dataclasses import dataclass

import numpy as np

from scenes.hand.anatomy import Digit
from scenes.mesh import Floats

__all__ = ["Bend", "bend_of"]

_STEP = 0.5  # millimetres between samples of the curve
_BEFORE = 30.0  # millimetres before the first joint that may belong to its bend


@dataclass(frozen=True, eq=False)
class Bend:
    """A bent digit: samples `along` [n] of the distance from the knuckle, the angle there, and the curve (y, z)."""

    along: Floats
    angle: Floats
    y: Floats
    z: Floats

    def place(self, points: Floats) -> Floats:
        """Points [n, 3] of the straight digit (x across, y palmward, z from the knuckle) on the bent one."""
        x, off, s = points.T
        angle = np.interp(s, self.along, self.angle)
        y, z = np.interp(s, self.along, self.y), np.interp(s, self.along, self.z)
        z += np.minimum(s - self.along[0], 0.0)
        return np.stack([x, y + off * np.cos(angle), z - off * np.sin(angle)], 1)


def bend_of(digit: Digit, flexion: tuple[float, float, float]) -> Bend:
    """The digit bent by `flexion` at its joints, radians.

    A bend is as long as the skin's inner side needs, which at 100 degrees is 1.75 times the radius there.
    """
    along = np.arange(-_BEFORE, digit.length + 10.0, _STEP)
    angle = np.zeros_like(along)
    reaches = ((10.0, 14.0), (0.95 * digit.radius,) * 2, (0.8 * digit.radius,) * 2)
    for joint, turn, (before, after) in zip(digit.joints, flexion, reaches, strict=True):
        share = np.clip((along - joint + before) / (before + after), 0.0, 1.0)
        angle += turn * share * (0.7 + share * (0.9 - 0.6 * share))  # a little steeper in the middle
    step_y, step_z = _STEP * np.sin(angle), _STEP * np.cos(angle)
    y = np.cumsum(step_y) - step_y / 2 - step_y[0] / 2
    z = np.cumsum(step_z) - step_z / 2 - step_z[0] / 2 - _BEFORE
    return Bend(along, angle, y, z)
