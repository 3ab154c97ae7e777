"""Draws what a prompt asks of a frame's people, so that its painting can be read back."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

import numpy as np

from encode.draw import choice, shuffled
from encode.formulas.keypoints import KEYPOINT_NAMES
from encode.frame import Frame
from encode.keypoints.drawing import are_apart, dot_radius
from encode.keypoints.people import (
    EVERYONE,
    HEIGHTS,
    Person,
    Request,
    everyone_words,
    frame_people,
    people_of_height,
)
from encode.keypoints.skeleton import limbs_of
from encode.referring.language import Expression, write_expression
from encode.referring.phrases import is_readable, named_categories
from encode.referring.realiser import realise
from encode.referring.sampler import describe
from encode.referring.visible import visible_objects

__all__ = ["KeypointRequest", "draw_asked"]

#: How often one person is asked for, where there is a choice.
_ONE_SHARE = 0.5
#: How often limbs are asked for.
_SKELETON_SHARE = 0.5
#: How often hidden keypoints are asked for, too.
_HIDDEN_SHARE = 0.5

# A person with a smaller visible part, pixels of the mask in dots' areas, has no room for a skeleton.
_LEAST_DOTS = 12.0

# Dots that a skeleton has at least.
_LEAST_JOINTS = 4

# People whose skeletons are told apart by colour.
_MOST_PEOPLE = 10

_FACE = frozenset(KEYPOINT_NAMES[:5])


@dataclass(frozen=True, slots=True)
class KeypointRequest:
    """What one prompt asks: of whom, in which words, proved by which expression ("" for everyone); dots or skeleton."""

    request: Request
    words: str
    expression: str
    skeleton: bool


def draw_asked(rng: np.random.Generator, frame: Frame) -> KeypointRequest | None:
    """Draw a request whose dots do not touch one another; None where the frame has no people with known keypoints."""
    skeleton = bool(rng.random() < _SKELETON_SHARE)
    hidden = bool(rng.random() < _HIDDEN_SHARE)
    shape = frame.truth.shape
    for people, words, expression in _scopes(rng, frame):
        for form in (skeleton, not skeleton):
            everything = Request(people, KEYPOINT_NAMES, hidden)
            request = _skeleton(rng, everything, shape) if form else _dots(rng, everything, shape)
            if request is not None:
                return KeypointRequest(request, words, expression, form)
    return None


def _scopes(rng: np.random.Generator, frame: Frame) -> Iterator[tuple[tuple[Person, ...], str, str]]:
    """People that can be asked for, with the words that pick them and their expression, in random order."""
    people = frame_people(frame)
    one = rng.random() < _ONE_SHARE
    if one:
        yield from _single(rng, frame, people)
    for percent in shuffled(rng, (0, *HEIGHTS)):
        meant = people_of_height(people, percent)
        if meant is not None and len(meant) <= _MOST_PEOPLE and _large_enough(frame, meant):
            yield meant, everyone_words(choice(rng, EVERYONE), percent), ""
    if not one:
        yield from _single(rng, frame, people)


def _single(
    rng: np.random.Generator, frame: Frame, people: Sequence[Person]
) -> Iterator[tuple[tuple[Person, ...], str, str]]:
    """People whom a proved phrase picks."""
    visible = visible_objects(frame)
    by_id = {obj.id: obj for obj in visible}
    for person in shuffled(rng, [p for p in people if p.keypoints and p.id in by_id and _large_enough(frame, (p,))]):
        expression = describe(rng, visible, by_id[person.id])
        if expression is not None:
            phrase = _phrase(rng, frame, expression)
            if is_readable(phrase):
                yield (person,), phrase, write_expression(expression)


def _phrase(rng: np.random.Generator, frame: Frame, expression: Expression) -> str:
    return realise(rng, expression, (1,), named_categories(frame))[0]


def _large_enough(frame: Frame, people: Sequence[Person]) -> bool:
    least = _LEAST_DOTS * np.pi * dot_radius(frame.truth.shape) ** 2
    return all(person.record.visible_pixels >= least for person in people)


def _dots(rng: np.random.Generator, everything: Request, shape: tuple[int, int]) -> Request | None:
    """Some keypoints, at least one of them in view: 1 to 17, few as often as many."""
    count = int(np.exp(rng.uniform(0, np.log(len(KEYPOINT_NAMES) + 1))))
    names = shuffled(rng, KEYPOINT_NAMES)
    # Begin with one that is in view, so that no target is empty.
    names.sort(key=lambda name: not len(everything.points([name])))
    chosen = _apart(everything, names[:1] + shuffled(rng, names[1:]), dot_radius(shape), count)
    return _with_names(everything, chosen) if len(everything.points(chosen)) else None


def _skeleton(rng: np.random.Generator, everything: Request, shape: tuple[int, int]) -> Request | None:
    """As many keypoints as have room, the body's first; None where some person would get hardly a limb."""
    body, face = ([n for n in KEYPOINT_NAMES if (n in _FACE) == of_face] for of_face in (False, True))
    names = [*shuffled(rng, body), *shuffled(rng, face)]
    request = _with_names(everything, _apart(everything, names, dot_radius(shape), len(names)))
    for person in request.people:
        found = tuple(request.positions(person))
        if len(found) < _LEAST_JOINTS or not limbs_of(found):
            return None
    return request


def _with_names(everything: Request, names: Sequence[str]) -> Request:
    return replace(everything, names=tuple(name for name in KEYPOINT_NAMES if name in names))


def _apart(everything: Request, names: Sequence[str], radius: float, count: int) -> list[str]:
    """The first `count` of `names` whose dots touch no other dot, of their own name or of those before them."""
    chosen: list[str] = []
    for name in names:
        points = everything.points([name])
        if are_apart(points, points, radius) and are_apart(points, everything.points(chosen), radius):
            chosen.append(name)
        if len(chosen) == count:
            break
    return chosen
