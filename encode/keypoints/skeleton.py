"""The words of keypoints, and the limbs between them: COCO's skeleton of nineteen lines."""

from collections.abc import Mapping, Sequence
from itertools import pairwise

from encode.formulas.keypoints import KEYPOINT_NAMES

__all__ = ["KEYPOINT_OF_WORD", "KEYPOINT_WORDS", "LIMBS", "LIMB_GROUPINGS", "Limb", "grouping_of", "limbs_of"]

#: What prompts call each keypoint.
KEYPOINT_WORDS: Mapping[str, str] = {name: name.replace("_", " ") for name in KEYPOINT_NAMES}
KEYPOINT_OF_WORD: Mapping[str, str] = {word: name for name, word in KEYPOINT_WORDS.items()}

#: The keypoints at its ends.
Limb = tuple[str, str]

_ARM = ("shoulder", "elbow", "wrist")
_LEG = ("hip", "knee", "ankle")


def _chain(side: str, joints: Sequence[str]) -> tuple[Limb, ...]:
    names = [f"{side}_{joint}" for joint in joints]
    return tuple(pairwise(names))


_TRUNK = (
    ("left_shoulder", "right_shoulder"),
    ("left_hip", "right_hip"),
    ("left_shoulder", "left_hip"),
    ("right_shoulder", "right_hip"),
)
_HEAD = (
    ("left_eye", "right_eye"),
    ("nose", "left_eye"),
    ("nose", "right_eye"),
    ("left_eye", "left_ear"),
    ("right_eye", "right_ear"),
    ("left_ear", "left_shoulder"),
    ("right_ear", "right_shoulder"),
)

_BY_LIMB: Mapping[str, tuple[Limb, ...]] = {
    "left arm": _chain("left", _ARM),
    "right arm": _chain("right", _ARM),
    "left leg": _chain("left", _LEG),
    "right leg": _chain("right", _LEG),
    "trunk": _TRUNK,
    "head": _HEAD,
}

#: Every limb once, in the order in which the lines of one person are painted.
LIMBS: tuple[Limb, ...] = tuple(limb for group in _BY_LIMB.values() for limb in group)


def _side(limb: Limb) -> str:
    """A line belongs to the side that it names, and to the middle where it names both."""
    sides = {name.split("_")[0] for name in limb} - {"nose"}
    return f"{sides.pop()} side" if len(sides) == 1 else "middle"


_BY_SIDE: Mapping[str, tuple[Limb, ...]] = {
    side: tuple(limb for limb in LIMBS if _side(limb) == side) for side in ("left side", "right side", "middle")
}

#: The ways to colour the lines of one person: the limbs of each group, by the group's word.
LIMB_GROUPINGS = (_BY_LIMB, _BY_SIDE)


def grouping_of(words: Sequence[str]) -> Mapping[str, tuple[Limb, ...]] | None:
    """The grouping that has all these groups; None where none has."""
    return next((grouping for grouping in LIMB_GROUPINGS if set(words) <= set(grouping)), None)


def limbs_of(names: Sequence[str], limbs: Sequence[Limb] = LIMBS) -> tuple[Limb, ...]:
    """Those limbs of which both ends are among `names`."""
    known = set(names)
    return tuple(limb for limb in limbs if known >= set(limb))
