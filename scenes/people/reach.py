"""Poses whose hands touch something: a table, a worktop, the thighs, a handlebar."""

from dataclasses import dataclass, replace

import numpy as np

from scenes import draw
from scenes.base import Vec3
from scenes.mesh import Floats
from scenes.people.axes import facing, row, unit
from scenes.people.build import Build
from scenes.people.hands import BAR, below_wrist
from scenes.people.pose import Hand, Hold, Pose
from scenes.people.skeleton import SIDES, pose_skeleton

__all__ = ["Grip", "Top", "in_lap", "on_top", "reaching", "round_bar"]

THIGH, CLOTH = 0.039, 0.016  # from the thigh's bone to its skin in shares of the stature; of trousers, metres


@dataclass(frozen=True)
class Top:
    """A table or a worktop: its height over the ground, and the distance from the hips to its edge, metres.

    rail: there is no top, but a bar at that height and distance, of which the hands take hold.
    """

    height: float
    edge: float
    rail: bool = False


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
    hold: Hold = "open"


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
        hands.append(Hand(at=at, fingers=fingers, palm=palm, elbow=elbow, curl=grip.curl, hold=grip.hold))
    return replace(pose, hands=(hands[0], hands[1]))


def on_top(rng: np.random.Generator, build: Build, top: Top) -> tuple[Grip, Grip]:
    """Both hands on `top`, the wrists past its edge and the fingertips on it, or both round a rail."""
    grips = []
    for _ in SIDES:
        out, far = draw.uniform(rng, 0.095, 0.135) * build.stature, top.edge + draw.uniform(rng, 0.03, 0.1)
        inward, curl = draw.uniform(rng, 0.1, 0.4), draw.uniform(rng, 0.05, 0.2)
        if top.rail:
            grips.append(round_bar(build, (out, top.edge, top.height), (-0.3, 1.0, -0.35), (0.0, -0.35, -1.0)))
        else:
            grips.append(_lying(build, (out, far, top.height), (-inward, 1.0, -0.22), (0.0, -0.1, -1.0), curl))
    return grips[0], grips[1]


def in_lap(rng: np.random.Generator, build: Build, pose: Pose) -> tuple[Grip, Grip]:
    """Each hand on its thigh, for those who sit."""
    body = pose_skeleton(build, pose)
    grips = []
    for side, leg in zip(SIDES, body.legs, strict=True):
        along, share = unit(leg.knee - leg.hip), draw.uniform(rng, 0.3, 0.5)
        x, y, _ = leg.hip + share * (leg.knee - leg.hip)
        tips = leg.hip + share * (leg.knee - leg.hip) + 0.9 * build.hand * along
        rise = (THIGH * build.stature * build.girth + CLOTH) / max(float(np.hypot(along[0], along[1])), 0.3)
        under = (side * x - draw.uniform(rng, -0.01, 0.02), -y, float(tips[2]) + rise)
        fingers = (-draw.uniform(rng, 0.15, 0.5), -float(along[1]), float(along[2]) - 0.12)
        grips.append(_lying(build, under, fingers, (0.0, 0.1, -1.0), draw.uniform(rng, 0.1, 0.25)))
    return grips[0], grips[1]


def round_bar(build: Build, bar: Vec3, fingers: Vec3, palm: Vec3, elbow: Vec3 = (1.0, -0.6, -0.35)) -> Grip:
    """A hand round a bar whose axis passes `bar`, in the axes of a `Grip`."""
    along = unit(np.array(fingers))
    out = unit(np.array(palm) - along * float(along @ palm))
    wrist = np.array(bar) - build.hand * (BAR[0] * out + BAR[1] * along)
    return Grip(at=row(wrist), fingers=fingers, palm=palm, elbow=elbow, hold="bar")


def _lying(build: Build, under: Vec3, fingers: Vec3, palm: Vec3, curl: float) -> Grip:
    """An open hand whose lowest point is as high as the point `under` its wrist."""
    axes = facing(_across(fingers, SIDES[0]), _across(palm, SIDES[0]))
    out, ahead, up = under
    return Grip(at=(out, ahead, up + below_wrist(build, axes, curl)), fingers=fingers, palm=palm, curl=curl)


def _across(outward: Vec3, side: int) -> Floats:
    """(outward, ahead, up) in the object's axes, where the front is -y and the left +x."""
    return np.array([side * outward[0], -outward[1], outward[2]])


def _own(way: Floats, side: int) -> Vec3:
    x, y, z = row(way)
    return side * x, -y, z
