"""Poses of people in public and at home, each a little different every time."""

from dataclasses import replace

import numpy as np

from scenes import draw
from scenes.people.build import Build
from scenes.people.pose import Foot, Hand, Pose
from scenes.people.reach import Top, in_lap, on_top, reaching

__all__ = ["POSES", "SEATED", "sample_pose"]

POSES = (
    "stand", "walk", "phone", "carry", "pockets", "lean", "folded", "counter",
    "sit", "sit upright", "sit with phone", "sit at table",
)  # fmt: skip
SEATED = ("sit", "sit upright", "sit with phone", "sit at table")


def sample_pose(rng: np.random.Generator, build: Build, name: str, *, seat: float, top: Top) -> Pose:
    """A pose by name; `seat`: height of the seat, metres; `top`: what the hands lie on."""
    gaze = (draw.normal(rng, 0.03, 0.06), draw.normal(rng, 0, 0.03), draw.normal(rng, 0, 0.3))
    match name:
        case "walk":
            return _walk(rng, draw.uniform(rng, 0, 1), gaze)
        case "sit" | "sit upright" | "sit with phone":
            pose = _sit(rng, seat, gaze, upright=name == "sit upright")
            pose = reaching(build, pose, in_lap(rng, build, pose))
            return _with_phone(rng, pose) if name == "sit with phone" else pose
        case "sit at table":
            pose = _at_table(rng, seat)
            return reaching(build, pose, on_top(rng, build, top))
        case "counter":
            pose = _at_counter(rng)
            return reaching(build, pose, on_top(rng, build, top))
        case "lean":
            return _lean(rng, gaze)
    return _stand(rng, name, gaze)


def _stand(rng: np.random.Generator, name: str, gaze: tuple[float, float, float]) -> Pose:
    """Contrapposto: the weight on one leg, that hip higher, the shoulders the other way."""
    s = draw.choice(rng, [-1.0, 1.0]) * draw.uniform(rng, 0.4, 1.0)
    easy = Foot(0.062, draw.uniform(rng, 0.0, 0.06), 0.0, draw.uniform(rng, 0.15, 0.5))
    firm = Foot(0.04, 0.0, 0.0, draw.uniform(rng, 0.05, 0.2))
    feet = (easy, firm) if s > 0 else (firm, easy)
    bow = draw.normal(rng, 0.02, 0.02)
    chest = (bow, 0.05 * s, draw.normal(rng, 0, 0.08))
    hands = (_hanging(rng), _hanging(rng))
    if name == "phone":
        near = Hand(
            at=(-0.12, 0.52, -0.22),
            fingers=(-0.35, 0.55, 0.75),
            palm=(-0.15, -0.8, 0.55),
            elbow=(0.3, -0.4, -1.0),
            hold="phone",
        )
        hands = (near, _hanging(rng) if draw.chance(rng, 0.6) else _pocket())
        gaze = (draw.uniform(rng, 0.35, 0.5), 0.0, -0.12)
    elif name == "carry":
        grip = Hand(at=(0.16, 0.03, -0.97), fingers=(0.0, 0.05, -1.0), palm=(-1.0, 0.0, 0.0), hold="hook")
        hands = (grip, hands[1])
    elif name == "pockets":
        hands = (_pocket(), _pocket() if draw.chance(rng, 0.6) else hands[1])
    elif name == "folded":
        hands = (
            Hand(
                at=(-0.40, 0.34, -0.50),
                fingers=(-1.0, 0.25, 0.15),
                palm=(0.1, -1.0, 0.0),
                elbow=(1.0, 0.1, -0.9),
                curl=0.3,
            ),
            Hand(
                at=(-0.36, 0.42, -0.42),
                fingers=(-1.0, -0.1, -0.15),
                palm=(0.1, -1.0, 0.0),
                elbow=(1.0, 0.1, -0.9),
                curl=0.3,
            ),
        )
    return Pose(feet=feet, hands=hands, pelvis=(0.0, -0.05 * s, 0.04 * s), chest=chest, head=gaze, shift=0.02 * s)


def _hanging(rng: np.random.Generator) -> Hand:
    return Hand(
        at=(draw.uniform(rng, 0.15, 0.22), draw.uniform(rng, 0.02, 0.14), -0.95),
        fingers=(-0.05, draw.uniform(rng, 0.05, 0.3), -1.0),
        palm=(-1.0, draw.uniform(rng, -0.6, 0.0), 0.0),
        curl=draw.uniform(rng, 0.3, 0.6),
    )


def _pocket() -> Hand:
    """The fingers in the trousers' side pocket, the thumb out."""
    return Hand(
        at=(0.06, 0.1, -0.86), fingers=(-0.45, 0.15, -1.0), palm=(-1.0, 0.2, 0.3), elbow=(0.8, -0.8, 0.0), curl=0.05
    )


def _walk(rng: np.random.Generator, phase: float, gaze: tuple[float, float, float]) -> Pose:
    """One moment of a stride: at 0 and 0.5 both feet are on the ground, between them one swings past."""
    side = phase >= 0.5
    t = (phase % 0.5) * 2
    step = draw.uniform(rng, 0.17, 0.22)
    # The foot in front lands on its heel and rolls; the one behind rises from its toes and swings forward.
    ahead = step * (1 - t) - step * t * 0.75
    front = Foot(0.035, ahead, -0.28 * max(0.0, 1 - 4 * t), 0.1)
    if t < 0.55:
        back = Foot(0.035, -step + 0.3 * step * t, 0.45 + 0.5 * t, 0.1)
    else:
        t2 = (t - 0.55) / 0.45
        back = Foot(0.035, -0.6 * step + 1.2 * step * t2, 0.75 - 0.5 * t2, 0.1)
    feet = (front, back) if side else (back, front)
    swing = 0.34 * np.cos(np.pi * t) * draw.uniform(rng, 0.7, 1.15)
    away, near = _swung(rng, float(swing)), _swung(rng, float(-swing))
    hands = (near, away) if side else (away, near)
    twist = 0.12 * float(np.cos(np.pi * t)) * (1 if side else -1)
    level = (gaze[0], 0.0, 0.6 * gaze[2])
    return Pose(
        feet=feet,
        hands=hands,
        pelvis=(0.05, 0.0, -0.6 * twist),
        chest=(0.05, 0.0, twist),
        head=level,
        ahead=-0.02,
        crouch=0.006,
    )


def _swung(rng: np.random.Generator, swing: float) -> Hand:
    """An arm that swings: the elbow bends more in front."""
    bend = 0.06 + 0.25 * max(swing, 0.0)
    return Hand(
        at=(draw.uniform(rng, 0.12, 0.2), swing, -float(np.sqrt(max((0.985 - 0.4 * bend) ** 2 - swing**2, 0.2)))),
        fingers=(-0.05, swing * 1.4 + 0.2, -1.0),
        palm=(-1.0, -0.15, 0.0),
        curl=draw.uniform(rng, 0.4, 0.7),
    )


def _sit(rng: np.random.Generator, seat: float, gaze: tuple[float, float, float], *, upright: bool) -> Pose:
    knees = draw.uniform(rng, 0.05, 0.085)
    reach = draw.uniform(rng, 0.2, 0.26)
    feet = (Foot(knees, reach, 0.0, 0.15), Foot(knees, reach + draw.uniform(rng, -0.05, 0.05), 0.0, 0.15))
    back = -draw.uniform(rng, 0.02, 0.1) if upright else -draw.uniform(rng, 0.12, 0.22)
    return Pose(
        feet=feet,
        pelvis=(back - 0.08, 0.0, 0.0),
        chest=(back + 0.06, 0.0, 0.0),
        head=gaze,
        seat=seat,
    )


def _with_phone(rng: np.random.Generator, pose: Pose) -> Pose:
    """The right hand with a phone before the chest, the eyes on it."""
    hand = Hand(
        at=(-0.12, 0.52, -0.35),
        fingers=(-0.35, 0.6, 0.7),
        palm=(-0.15, -0.8, 0.55),
        elbow=(0.3, -0.4, -1.0),
        hold="phone",
    )
    return replace(pose, hands=(hand, pose.hands[1]), head=(draw.uniform(rng, 0.35, 0.48), 0.0, -0.1))


def _at_table(rng: np.random.Generator, seat: float) -> Pose:
    """Upright on a seat, bent a little over the table."""
    knees, reach = draw.uniform(rng, 0.05, 0.075), draw.uniform(rng, 0.17, 0.22)
    feet = (Foot(knees, reach, 0.0, 0.15), Foot(knees, reach + draw.uniform(rng, -0.04, 0.04), 0.0, 0.15))
    bow = draw.uniform(rng, 0.06, 0.16)
    gaze = (draw.uniform(rng, 0.08, 0.32), 0.0, draw.normal(rng, 0, 0.15))
    return Pose(feet=feet, pelvis=(0.3 * bow, 0.0, 0.0), chest=(bow, 0.0, 0.0), head=gaze, seat=seat)


def _at_counter(rng: np.random.Generator) -> Pose:
    """Before a worktop, busy with the hands."""
    feet = (Foot(0.055, 0.0, 0.0, 0.15), Foot(0.055, draw.uniform(rng, -0.02, 0.03), 0.0, 0.2))
    bow = draw.uniform(rng, 0.08, 0.18)
    gaze = (draw.uniform(rng, 0.3, 0.5), 0.0, draw.normal(rng, 0, 0.12))
    return Pose(feet=feet, pelvis=(0.5 * bow, 0.0, 0.0), chest=(bow, 0.0, 0.0), head=gaze, ahead=-0.012)


def _lean(rng: np.random.Generator, gaze: tuple[float, float, float]) -> Pose:
    """Against a wall at the back: hips and shoulders behind the feet, one knee a little bent."""
    feet = (Foot(0.05, 0.1, 0.0, 0.15), Foot(0.055, 0.16, 0.0, 0.25))
    return Pose(
        feet=feet,
        hands=(_pocket(), _hanging(rng)),
        pelvis=(-0.16, 0.0, 0.0),
        chest=(-0.1, 0.0, 0.0),
        head=gaze,
        ahead=-0.01,
        crouch=0.01,
    )
