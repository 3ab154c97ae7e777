"""Poses whose hands touch something: a table, a worktop, a handlebar."""

from dataclasses import dataclass, replace

import numpy as np

from scenes import draw
from scenes.base import Vec3
from scenes.mesh import Floats
from scenes.people.axes import row
from scenes.people.build import Build
from scenes.people.pose import Hand, Pose
from scenes.people.skeleton import SIDES, pose_skeleton

__all__ = ["Grip", "Top", "on_top", "reaching"]


@dataclass(frozen=True)
class Top:
    """A table or a worktop: its height over the ground, and the distance from the hips to its edge, metres."""

    height: float
    edge: float


@dataclass(frozen=True)
class Grip:
    """A wrist at `at` (metres: outward from the middle, ahead, up from the ground) and directions along the same axes.

    Unlike those of a `Hand` they do not turn with the chest.
    """

    at: Vec3
    fingers: Vec3 = (-0.15, 1.0, -0.05)
    palm: Vec3 = (0.0, -0.1, -1.0)
    elbow: Vec3 = (1.0, -0.6, -0.35)
    curl: float = 0.3


def reaching(build: Build, pose: Pose, grips: tuple[Grip | None, Grip | None]) -> Pose:
    """`pose` with its hands (right, left) at the grips; None leaves a hand as it is."""
    body = pose_skeleton(build, pose)
    length = build.upper_arm + build.forearm
    hands = []
    for side, arm, hand, grip in zip(SIDES, body.arms, pose.hands, grips, strict=True):
        if grip is None:
            hands.append(hand)
            continue
        away = (_across(grip.at, side) - arm.shoulder) / length
        turned = [_across(way, side) for way in (grip.fingers, grip.palm, grip.elbow)]
        at, fingers, palm, elbow = (_own(body.chest.T @ way, side) for way in (away, *turned))
        hands.append(Hand(at=at, fingers=fingers, palm=palm, elbow=elbow, curl=grip.curl))
    return replace(pose, hands=(hands[0], hands[1]))


def on_top(rng: np.random.Generator, build: Build, top: Top) -> tuple[Grip, Grip]:
    """Both hands on `top`, the wrists past its edge."""
    grips = []
    for _ in SIDES:
        out, far = draw.uniform(rng, 0.095, 0.135) * build.stature, top.edge + draw.uniform(rng, 0.03, 0.1)
        fingers = (-draw.uniform(rng, 0.1, 0.4), 1.0, -0.22)
        wrist, curl = (out, far, top.height + 0.042 * build.stature), draw.uniform(rng, 0.05, 0.2)
        grips.append(Grip(at=wrist, fingers=fingers, curl=curl))
    return grips[0], grips[1]


def _across(outward: Vec3, side: int) -> Floats:
    """(outward, ahead, up) in the object's axes, where the front is -y and the left +x."""
    return np.array([side * outward[0], -outward[1], outward[2]])


def _own(way: Floats, side: int) -> Vec3:
    x, y, z = row(way)
    return side * x, -y, z
