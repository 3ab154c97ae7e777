"""Poses: where feet and hands are and how the trunk is held. Lengths are shares of the stature by default."""

from dataclasses import dataclass
from typing import Literal

from scenes.base import Vec3

__all__ = ["Foot", "Hand", "Hold", "Pose"]

Hold = Literal["open", "bar", "hook", "phone"]  # nothing; a handlebar; the handle of a bag that hangs; a phone


@dataclass(frozen=True)
class Foot:
    """Where the ankle stands over the ground (`out` from the middle, `ahead`), `pitch` (heel up) and `yaw` outward.

    lift: how high over the ground the sole is, as on a pedal.
    """

    out: float = 0.05
    ahead: float = 0.0
    pitch: float = 0.0
    yaw: float = 0.12
    lift: float = 0.0


@dataclass(frozen=True)
class Hand:
    """The wrist from its shoulder in arm's lengths along (outward, ahead, up) of the chest; directions likewise.

    fingers: where they point; palm: where the palm faces; elbow: where the elbow points; hold: what the fingers
    are bent round; curl: of an open hand, 0 flat to 1 a fist.
    """

    at: Vec3 = (0.13, 0.06, -0.96)
    fingers: Vec3 = (0.0, 0.15, -1.0)
    palm: Vec3 = (-1.0, 0.0, 0.0)
    elbow: Vec3 = (0.35, -1.0, 0.0)
    curl: float = 0.45
    hold: Hold = "open"


@dataclass(frozen=True)
class Pose:
    """Pairs are (right, left). Trunk turns are (pitch, roll, yaw) in radians, against the world's axes.

    seat: height of a seat's top in metres, 0 if standing. crouch: how much lower the hips are than they could.
    """

    feet: tuple[Foot, Foot] = (Foot(), Foot())
    hands: tuple[Hand, Hand] = (Hand(), Hand())
    pelvis: Vec3 = (0.0, 0.0, 0.0)
    chest: Vec3 = (0.0, 0.0, 0.0)
    head: Vec3 = (0.0, 0.0, 0.0)
    shift: float = 0.0  # of the hips to the left
    ahead: float = 0.0  # of the hips
    crouch: float = 0.004
    seat: float = 0.0
