"""The people of a frame, and which of them a prompt means."""

import re
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from jaxtyping import Float64

from encode.formulas.keypoints import KeypointVisibility
from encode.frame import Frame, Keypoint, ObjectId, ObjectRecord
from encode.frame_ids import instance_index

__all__ = [
    "EVERYONE",
    "HEIGHTS",
    "Person",
    "Request",
    "everyone_words",
    "frame_people",
    "least_height",
    "people_of_height",
]

#: Categories whose objects are people; of some, such as a user's mesh, no keypoints are known.
_PEOPLE = ("person", "rider")

#: Words for all people in view, before the least height that a prompt may state.
EVERYONE = ("every person", "all people")

#: Least heights that a prompt may state, percent of the image's height.
HEIGHTS = (8, 10, 15, 20, 25, 30, 40, 50)

_LEAST = " at least {} percent as tall as the image"
_LEAST_PATTERN = re.compile("(?:" + "|".join(EVERYONE) + ")(?:" + _LEAST.format("([0-9]{1,2})") + ")?")

# Nobody's height may be so near the least one, as a ratio, that a viewer may judge it either way.
_MARGIN = 1.15

# Without a least height, everyone in view must be at least so tall, percent of the image's height.
_CLEAR = 8


@dataclass(frozen=True, slots=True)
class Person:
    """A person in view. height: of the visible part, as a share of the image's."""

    record: ObjectRecord
    height: float

    @property
    def id(self) -> ObjectId:
        """The object's id."""
        return self.record.id

    @property
    def keypoints(self) -> tuple[Keypoint, ...]:
        """All of its keypoints; empty where they are not known."""
        return self.record.keypoints

    def positions(self, *, hidden: bool) -> dict[str, tuple[float, float]]:
        """Pixel positions by name of the visible keypoints, and of the hidden ones in the image."""
        least = KeypointVisibility.HIDDEN if hidden else KeypointVisibility.VISIBLE
        return {point.name: point.pixel for point in self.keypoints if point.visibility >= least}


@dataclass(frozen=True, slots=True)
class Request:
    """Whose keypoints are asked for, which ones, and whether the hidden ones too."""

    people: tuple[Person, ...]
    names: tuple[str, ...]
    hidden: bool

    def positions(self, person: Person) -> dict[str, tuple[float, float]]:
        """Positions of the dots of one person, by keypoint."""
        known = person.positions(hidden=self.hidden)
        return {name: known[name] for name in self.names if name in known}

    def points(self, names: Sequence[str]) -> Float64[np.ndarray, "n 2"]:
        """Positions of all dots of these keypoints."""
        found = [known[name] for known in map(self.positions, self.people) for name in names if name in known]
        return np.array(found, np.float64).reshape(-1, 2)


def frame_people(frame: Frame) -> tuple[Person, ...]:
    """Everybody of whom at least a pixel is visible, in order of id."""
    rows = frame.truth.shape[0]
    visible = set(instance_index(frame).ids.tolist())
    return tuple(
        Person(record, (record.box_2d.bottom - record.box_2d.top) / rows)
        for record in sorted(frame.objects, key=lambda record: record.id)
        if (record.keypoints or record.category in _PEOPLE) and record.id in visible
    )


def people_of_height(people: Sequence[Person], percent: int) -> tuple[Person, ...] | None:
    """Those of at least this height; 0 for everyone.

    None where there are none, where it is in doubt who is meant, and where the keypoints of one of them are not known.
    """
    meant = tuple(person for person in people if person.height * 100 >= percent)
    limit = (percent or _CLEAR) / 100
    if percent:
        clear = all(not limit / _MARGIN < person.height < limit * _MARGIN for person in people)
    else:
        clear = all(person.height >= limit for person in people)
    return meant if meant and clear and all(person.keypoints for person in meant) else None


def everyone_words(word: str, percent: int) -> str:
    """How a prompt says that it means all people, or those of a least height in percent of the image's."""
    return word + (_LEAST.format(percent) if percent else "")


def least_height(words: str) -> int | None:
    """The least height of `everyone_words`, 0 for none; None for other words, such as a phrase that picks one."""
    match = _LEAST_PATTERN.fullmatch(words)
    return None if match is None else int(match[1] or 0)
