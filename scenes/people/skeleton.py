"""From a build and a pose to joints: legs and arms by two-bone inverse kinematics, feet on the ground."""

from dataclasses import dataclass

import numpy as np

from scenes.mesh import Floats
from scenes.people.axes import bent, facing, unit
from scenes.people.build import Build
from scenes.people.pose import Foot, Hand, Hold, Pose

__all__ = ["HEEL", "SIDES", "TOEBALL", "Arm", "Leg", "Skeleton", "pose_skeleton"]

SIDES = (-1, 1)  # right, left
HEEL, TOEBALL = 0.044, -0.082  # along y from the ankle, in shares of the stature: where a sole ends and where it bends


@dataclass(frozen=True, eq=False)
class Leg:
    """Joints of a leg [3] in metres; axes of foot and toes as columns [3, 3]."""

    hip: Floats
    knee: Floats
    ankle: Floats
    foot: Floats
    toes: Floats


@dataclass(frozen=True, eq=False)
class Arm:
    """Joints of an arm [3] in metres; the hand's axes as columns [3, 3]: -z along the fingers, -y out of the palm."""

    shoulder: Floats
    elbow: Floats
    wrist: Floats
    hand: Floats
    curl: float
    hold: Hold


@dataclass(frozen=True, eq=False)
class Skeleton:
    """Joints in metres; axes of pelvis, chest and head as columns. Pairs are (right, left)."""

    build: Build
    hips: Floats
    waist: Floats
    neck: Floats
    skull: Floats  # the middle of the head, between the ears
    pelvis: Floats
    chest: Floats
    head: Floats
    legs: tuple[Leg, Leg]
    arms: tuple[Arm, Arm]
    seated: bool


def pose_skeleton(build: Build, pose: Pose) -> Skeleton:
    """The joints and axes of a body of this build in this pose, its feet on the ground (z = 0)."""
    pelvis, chest, head = bent(*pose.pelvis), bent(*pose.chest), bent(*pose.head)
    feet = [_foot(build, foot, side) for foot, side in zip(pose.feet, SIDES, strict=True)]
    spread = [pelvis @ np.array([side * build.hip_spread, 0.0, 0.0]) for side in SIDES]
    hips = _hips(build, pose, [foot[0] for foot in feet], spread)
    legs = [_leg(build, hips + off, *foot) for off, foot in zip(spread, feet, strict=True)]
    waist = hips + pelvis @ np.array([0.0, 0.0, build.pelvis])
    neck = waist + chest @ np.array([0.0, 0.012 * build.stature, build.chest + 0.05 * build.stature])
    bow = (chest @ np.array([0.0, -0.014, 0.028]) + head @ np.array([0.0, -0.004, 0.0])) * build.stature
    skull = neck + bow + head @ np.array([0.0, -0.02 * build.head, 0.44 * build.head])
    arms = [_arm(build, waist, chest, hand, side) for hand, side in zip(pose.hands, SIDES, strict=True)]
    return Skeleton(
        build, hips, waist, neck, skull, pelvis, chest, head, (legs[0], legs[1]), (arms[0], arms[1]), pose.seat > 0
    )


def _foot(build: Build, foot: Foot, side: int) -> tuple[Floats, Floats, Floats]:
    """The ankle such that the foot's lowest point is on the ground, and axes of foot and toes, which bend upward."""
    rotation = bent(foot.pitch, 0.0, side * foot.yaw)
    sole = np.array([(0.0, y * build.stature, -build.ankle) for y in (HEEL, TOEBALL)])
    height = -float((sole @ rotation.T)[:, 2].min())
    ankle = np.array([side * foot.out, -foot.ahead, foot.lift]) * build.stature + [0.0, 0.0, height]
    return ankle, rotation, bent(min(foot.pitch, 0.0), 0.0, side * foot.yaw)


def _hips(build: Build, pose: Pose, ankles: list[Floats], spread: list[Floats]) -> Floats:
    """The middle between the hip joints: as high as the legs allow, or on the seat."""
    middle = np.array([pose.shift * build.stature, -pose.ahead * build.stature, 0.0])
    if pose.seat:
        return np.asarray(middle + np.array([0.0, 0.0, pose.seat + 0.056 * build.stature * build.girth]))
    length = 0.995 * (build.thigh + build.shin)
    heights = []
    for ankle, off in zip(ankles, spread, strict=True):
        away = (middle + off - ankle)[:2]
        heights.append(float(ankle[2] - off[2] + np.sqrt(max(length**2 - float(away @ away), 0.01))))
    return np.asarray(middle + np.array([0.0, 0.0, min(heights) - pose.crouch * build.stature]))


def _leg(build: Build, hip: Floats, ankle: Floats, foot: Floats, toes: Floats) -> Leg:
    ahead = unit(foot @ np.array([0.0, -1.0, 0.0]) * [1, 1, 0] + np.array([0.0, -0.6, 0.0]))
    return Leg(hip, _joint(hip, ankle, build.thigh, build.shin, ahead), ankle, foot, toes)


def _arm(build: Build, waist: Floats, chest: Floats, hand: Hand, side: int) -> Arm:
    def turned(outward: tuple[float, float, float]) -> Floats:
        return np.asarray(chest @ np.array([side * outward[0], -outward[1], outward[2]]))

    shoulder = waist + chest @ np.array([side * build.shoulder, 0.004 * build.stature, build.chest])
    length = build.upper_arm + build.forearm
    away = turned(hand.at) * length
    if np.linalg.norm(away) > 0.99 * length:
        away = unit(away) * 0.99 * length
    wrist = shoulder + away
    elbow = _joint(shoulder, wrist, build.upper_arm, build.forearm, turned(hand.elbow))
    return Arm(shoulder, elbow, wrist, facing(turned(hand.fingers), turned(hand.palm)), hand.curl, hand.hold)


def _joint(start: Floats, end: Floats, first: float, second: float, toward: Floats) -> Floats:
    """Where two bones meet: the knee or elbow, on the side of `toward`."""
    span = end - start
    length = min(float(np.linalg.norm(span)), 0.999 * (first + second))
    along = unit(span)
    share = (first**2 - second**2 + length**2) / (2 * length)
    off = np.sqrt(max(first**2 - share**2, 0.0))
    return np.asarray(start + along * share + unit(toward - along * float(toward @ along)) * off)
