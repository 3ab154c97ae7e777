"""Hands: palm, four fingers and a thumb, curled."""

from collections.abc import Callable

import numpy as np

from scenes.blob.specs import Blob, Limb
from scenes.mesh import Floats
from scenes.people.body import limb, ring
from scenes.people.skeleton import SIDES, Skeleton

__all__ = ["hand_skin"]

LENGTH = 0.187  # metres: the hand that the numbers below were measured on
CELL = 0.0094
At = Callable[[float, float, float], Floats]
_FINGERS = ((-0.030, 0.062, 0.0078), (-0.010, 0.072, 0.0084), (0.011, 0.069, 0.0084), (0.031, 0.053, 0.0074))


def hand_skin(body: Skeleton, which: int) -> Blob:
    """The right (0) or left (1) hand with its wrist."""
    arm, side = body.arms[which], SIDES[which]
    size = body.build.hand / LENGTH
    girth = body.build.girth**0.5

    def at(x: float, y: float, z: float) -> Floats:
        """A point of the hand: x to the little finger, y out of the palm, z along the fingers; metres at `LENGTH`."""
        return np.asarray(arm.wrist + arm.hand @ np.array([-side * x, -y, -z]) * size)

    members: list[Limb] = [
        limb(
            [
                ring(arm.wrist + (arm.elbow - arm.wrist) * 0.25, 0.0195 * body.build.stature * girth),
                ring(at(0, 0, 0), 0.029 * size * girth, 0.021 * size * girth),
                ring(at(0.002, 0.001, 0.04), 0.037 * size, 0.0165 * size),
                ring(at(0, 0.002, 0.092), 0.041 * size, 0.0115 * size),
            ],
            arm.hand[:, 0],
            blend=0.012,
        )
    ]
    for across, length, radius in _FINGERS:
        members.append(_digit(at, across, length, radius * girth, size, arm.curl, arm.hand))
    base, tip = at(-0.026, 0.004, 0.022), at(-0.046, 0.03 + 0.012 * arm.curl, 0.086)
    members.append(
        limb(
            [ring(base, 0.015 * size), ring(at(-0.044, 0.02, 0.056), 0.0115 * size), ring(tip, 0.008 * size)],
            arm.hand[:, 0],
            blend=0.014,
        )
    )
    return Blob(members=tuple(members), cell=CELL * max(size, 0.8))


def _digit(at: At, across: float, length: float, radius: float, size: float, curl: float, axes: Floats) -> Limb:
    point, angle = np.array([0.002, 0.088]), 0.1 + 0.5 * curl
    rings = []
    for k, share in enumerate((0.0, 0.45, 0.3, 0.25)):
        point = point + share * length * np.array([np.sin(angle), np.cos(angle)])
        rings.append(ring(at(across * (1 - 0.06 * k), *point), radius * size * (1.1 - 0.09 * k)))
        angle += 0.15 + (0.85 * curl if k else 0.0)
    return limb(rings, axes[:, 0], blend=0.009)
