"""A figure's hands: how the fingers of each hold are bent, and where in the hand lies what it holds."""

import numpy as np

from encode.formulas.rotation import euler_angles
from scenes import draw
from scenes.base import Rgb, Vec3, Vec4
from scenes.craft.build import part
from scenes.craft.finishes import finish, tint
from scenes.hand.anatomy import LENGTH
from scenes.hand.skin import bent_skin
from scenes.hand.specs import Finger, HandSkin, Nails
from scenes.material import Material
from scenes.mesh import Floats
from scenes.model import Part
from scenes.people.axes import row
from scenes.people.build import Build
from scenes.people.pose import Hold
from scenes.people.skeleton import SIDES, Skeleton

__all__ = ["BAR", "HANDLE", "PHONE", "below_wrist", "hand_parts", "in_hand", "nail_material"]

Fingers = tuple[Finger, Finger, Finger, Finger]
Thumb = tuple[Vec3, tuple[float, float]]

_FLAT: Fingers = ((0.04, 0.08, 0.05), (0.06, 0.1, 0.06), (0.08, 0.12, 0.06), (0.1, 0.12, 0.06))
_FIST: Fingers = ((1.0, 1.35, 0.65), (1.25, 1.5, 0.75), (1.4, 1.55, 0.8), (1.5, 1.5, 0.8))
_FLAT_THUMB: Thumb = ((0.1, -0.02, 0.1), (0.05, 0.05))
_FIST_THUMB: Thumb = ((-0.05, 0.2, -0.35), (0.6, 0.75))
# The bar lies askew in the hand, nearer to the wrist under the little finger.
_BENT: dict[Hold, tuple[Fingers, Thumb]] = {
    "bar": (
        ((0.45, 1.1, 0.95), (0.8, 1.35, 1.0), (0.75, 1.3, 1.0), (0.45, 1.0, 0.85)),
        ((0.0, 0.0, -0.45), (0.2, 0.45)),
    ),
    "hook": (
        ((0.65, 1.45, 0.7), (0.85, 1.45, 0.8), (0.6, 1.45, 0.8), (0.3, 0.66, 1.05)),
        ((-0.05, 0.12, -0.1), (0.35, 0.35)),
    ),
    "phone": (
        ((0.1, 0.15, 0.1), (0.15, 0.2, 0.85), (0.3, 0.75, 0.8), (0.4, 1.0, 0.7)),
        ((-0.05, 0.0, -0.05), (0.2, 0.5)),
    ),
}
#: Where a handlebar's axis crosses the hand: out of the palm and along the fingers, in shares of the hand's length.
BAR = (27.0 / LENGTH, 97.0 / LENGTH)
HANDLE = (0.0, 24.0, 106.5)  # of a bag in hooked fingers, millimetres as in `scenes.hand.anatomy`
PHONE = (-8.0, 26.0, 98.0)  # its middle
# Where the hand's skin ends in a bare arm, or in a sleeve, whose folds are deep: how far up the forearm, and its radius
# there in statures.
_IN_ARM, _IN_SLEEVE = (0.4, 0.0192), (0.18, 0.011)
_POLISH: tuple[Rgb, ...] = (
    (0.62, 0.06, 0.09), (0.42, 0.05, 0.12), (0.8, 0.35, 0.4), (0.86, 0.62, 0.58), (0.07, 0.06, 0.07), (0.85, 0.83, 0.8),
    (0.12, 0.2, 0.36),
)  # fmt: skip
_POLISHED = 0.35  # of women


def hand_parts(body: Skeleton, which: int, skin: Material, nail: Material, *, is_bare: bool) -> list[Part]:
    """The right (0) or left (1) hand with its wrist, and its nails; `is_bare`: the arm, too."""
    arm, name = body.arms[which], ("right", "left")[which]
    shape = _skin(body, which, is_bare)
    at, rotation = row(arm.wrist), euler_angles(arm.hand)
    free = 0.14 if nail.name != skin.name else 0.05
    return [
        part(f"{name} hand", shape, skin, at=at, rotation=rotation),
        part(f"{name} fingernails", Nails(hand=shape, free=free), nail, at=at, rotation=rotation),
    ]


def nail_material(rng: np.random.Generator, build: Build, skin: Material) -> Material:
    """Nails as skin with a gloss and a little paler, or painted."""
    color = draw.choice(rng, _POLISH)
    if draw.chance(rng, _POLISHED) and build.female and build.age != "child":
        return finish(rng, "plastic", "nail polish", color, roughness=0.2)
    bed = tint(skin.color, (0.93, 0.68, 0.64), 0.22 if sum(skin.color) > 1.2 else 0.3)
    return finish(rng, "skin", "skin", bed, roughness=0.28)


def in_hand(body: Skeleton, which: int, point: Vec3) -> Floats:
    """A point of the figure [3], metres, from that of the hand at rest, millimetres as in `scenes.hand.anatomy`."""
    x, y, z = (value * body.build.hand / LENGTH for value in point)
    arm = body.arms[which]
    return np.asarray(arm.wrist + arm.hand @ np.array([-SIDES[which] * x, -y, -z]))


def below_wrist(build: Build, axes: Floats, curl: float) -> float:
    """How far the lowest point of a right hand that is open lies below the wrist; axes [3, 3] as in `Arm`; metres."""
    shape = _shape(build, "open", curl, (0.0, 0.0, 0.06, 0.03), left=False)
    return -float((bent_skin(shape) * axes[2]).sum(1).min())


def _skin(body: Skeleton, which: int, is_bare: bool) -> HandSkin:
    arm = body.arms[which]
    share, radius = _IN_ARM if is_bare else _IN_SLEEVE
    end = row(arm.hand.T @ (arm.elbow - arm.wrist) * share)
    forearm = (*end, round(radius * body.build.stature * body.build.girth, 4))
    return _shape(body.build, arm.hold, arm.curl, forearm, left=which == 1)


def _shape(build: Build, hold: Hold, curl: float, forearm: Vec4, *, left: bool) -> HandSkin:
    fingers, (thumb, flexion) = _BENT[hold] if hold != "open" else _opened(curl)
    girth = build.girth**0.5 * (1.06 if build.age == "child" else 1.0)
    return HandSkin(
        left=left,
        length=round(build.hand, 4),
        girth=round(girth, 3),
        bony={"child": 0.0, "adult": 0.4, "old": 1.0}[build.age],
        fingers=fingers,
        thumb=thumb,
        thumb_flexion=flexion,
        forearm=forearm,
    )


def _opened(curl: float) -> tuple[Fingers, Thumb]:
    """A hand that holds nothing: between flat and a fist."""
    one, two, three, four = (_between(flat, fist, curl) for flat, fist in zip(_FLAT, _FIST, strict=True))
    turn = _between(_FLAT_THUMB[0], _FIST_THUMB[0], curl)
    first, second, _ = _between((*_FLAT_THUMB[1], 0.0), (*_FIST_THUMB[1], 0.0), curl)
    return (one, two, three, four), (turn, (first, second))


def _between(low: Vec3, high: Vec3, share: float) -> Vec3:
    x, y, z = (round(a + share * (b - a), 3) for a, b in zip(low, high, strict=True))
    return x, y, z
