"""Checks a painting of keypoints by its prompt, its pixels and the frame.

Which pixels a dot and a line cover is measured here by another formula than the painting's, so that neither hides the
other's faults; then the target is decoded, and every dot must be found.
"""

from collections.abc import Iterator, Mapping, Sequence

import numpy as np
from jaxtyping import Bool, UInt8

from encode.errors import ExpressionError
from encode.formulas.channels import has_color
from encode.formulas.keypoints import KeypointVisibility
from encode.frame import Frame, ObjectId
from encode.keypoints.decode import keypoint_parameters
from encode.keypoints.drawing import Point, dot_radius
from encode.keypoints.people import Person, frame_people, least_height, people_of_height
from encode.keypoints.proof import reads_back
from encode.keypoints.skeleton import KEYPOINT_OF_WORD, LIMBS, Limb, grouping_of
from encode.lazy_import import import_lazily
from encode.pair import RGB, ColorEntry, PairMeta
from encode.prompts.parser import ParsedPrompt
from encode.referring.evaluator import proved_ids
from encode.referring.language import read_expression, write_expression
from encode.referring.phrases import unsaid_problems
from encode.referring.visible import visible_objects
from encode.segmentation.flat_task import PaintedMask, flat_problems

__all__ = ["keypoint_problems"]

# Pixels whose centres are so near to the border of a dot or a line may be of it or not: the formulas round differently.
_ROUNDING = 1e-6

# Pixels between two dots at least.
_GAP = 1.0

#: The positions of one person's dots, by keypoint.
_Dots = Mapping[str, Point]


def keypoint_problems(
    frame: Frame, target: UInt8[np.ndarray, "h w 3"], parsed: ParsedPrompt, meta: PairMeta
) -> list[str]:
    """Return what is wrong with a target of keypoints, and with its `meta`."""
    found = _meant(frame, parsed.people, meta.expression)
    if isinstance(found, str):
        return [found]
    people, expression, problems = found
    unknown = [label for label, _ in parsed.legend if label not in KEYPOINT_OF_WORD]
    grouping = grouping_of(tuple(dict(parsed.limbs)))
    if unknown or grouping is None or (parsed.limbs and len(people) > 1):
        named = unknown or sorted(dict(parsed.limbs))
        return [*problems, f"the prompt names {named}, which are no keypoints or limbs of these people"]
    dots = {person.id: _dots_of(person, parsed) for person in people}
    problems += _gap_problems(list(dots.values()), dot_radius(frame.truth.shape))
    lines = [(label, rgb, grouping[label]) for label, rgb in parsed.limbs]
    painted, trouble = _layers(target, parsed, people, dots, lines)
    problems += trouble
    parameters = keypoint_parameters(one=bool(expression))
    problems += flat_problems(target, parsed, meta, painted, parameters=parameters, expression=expression)
    # Only by a `meta` that is right is the target decoded.
    return problems or ([] if reads_back(target, frame, meta) else ["the dots do not all read back at their places"])


def _meant(frame: Frame, words: str, expression: str) -> tuple[tuple[Person, ...], str, list[str]] | str:
    """The people that the prompt means, the expression that `meta` must have, and problems; or why nobody is meant."""
    people = frame_people(frame)
    least = least_height(words)
    if least is not None:
        everyone = people_of_height(people, least)
        return (everyone, "", []) if everyone else f"{words!r} means nobody, or leaves a doubt who is meant"
    try:
        read = read_expression(expression)
    except ExpressionError as error:
        return str(error)
    picked = proved_ids(read, visible_objects(frame))
    ids = picked[0] if picked is not None and len(picked) == 1 else frozenset()
    found = tuple(person for person in people if person.id in ids and person.keypoints)
    if len(ids) != 1 or len(found) != 1:
        return f"the expression {expression} does not pick one person with keypoints beyond doubt"
    return found, write_expression(read), unsaid_problems(frame, words, read.targets[0].of)


def _dots_of(person: Person, parsed: ParsedPrompt) -> _Dots:
    """Where the keypoints that the prompt names are, of those that are seen or, if it says so, hidden in the image."""
    names = {KEYPOINT_OF_WORD[label] for label, _ in parsed.legend}
    seen = {KeypointVisibility.VISIBLE, *([KeypointVisibility.HIDDEN] if parsed.hidden else [])}
    return {point.name: point.pixel for point in person.keypoints if point.name in names and point.visibility in seen}


def _gap_problems(dots: Sequence[_Dots], radius: float) -> Iterator[str]:
    """Dots that are so near to one another that they touch, along a diagonal too."""
    places = np.array([place for own in dots for place in own.values()], np.float64).reshape(-1, 2)
    away = np.hypot(*(places[:, None] - places).transpose(2, 0, 1))
    if (away[np.triu_indices(len(places), 1)] < 2 * (radius + _GAP)).any():
        yield "two dots touch"


def _layers(
    target: UInt8[np.ndarray, "h w 3"],
    parsed: ParsedPrompt,
    people: Sequence[Person],
    dots: Mapping[ObjectId, _Dots],
    lines: Sequence[tuple[str, RGB, Sequence[Limb]]],
) -> tuple[list[PaintedMask], list[str]]:
    """What must be seen of each colour: lines of people or limbs, in the prompt's order, and the dots over them."""
    shape = (target.shape[0], target.shape[1])
    radius = dot_radius(shape)
    layers: list[tuple[ColorEntry, list[tuple[Point, Point, float]]]] = []
    problems = []
    if parsed.colors:
        if len(parsed.colors) != len(people):
            problems.append(f"the prompt has {len(parsed.colors)} colors for {len(people)} people")
        else:
            owners = _owners(target, parsed.colors, people, dots)
            for rgb, person in zip(parsed.colors, owners, strict=True):
                segments = _segments(dots[person.id], LIMBS, radius / 2)
                layers.append((ColorEntry(person.record.name, rgb, (person.id,)), segments))
    for label, rgb, limbs in lines:
        segments = _segments(dots[people[0].id], limbs, radius / 2)
        layers.append((ColorEntry(label, rgb, (people[0].id,) if segments else ()), segments))
    for label, rgb in parsed.legend:
        own = {i: places[KEYPOINT_OF_WORD[label]] for i, places in dots.items() if KEYPOINT_OF_WORD[label] in places}
        layers.append((ColorEntry(label, rgb, tuple(sorted(own))), [(at, at, radius) for at in own.values()]))
    above = np.zeros(shape, bool)
    painted = []
    for entry, segments in reversed(layers):
        mask = _covered(target, entry.rgb, segments)
        painted.append(PaintedMask(entry, mask & ~above))
        above |= mask
    return painted[::-1], problems


def _segments(dots: _Dots, limbs: Sequence[Limb], reach: float) -> list[tuple[Point, Point, float]]:
    return [(dots[one], dots[other], reach) for one, other in limbs if one in dots and other in dots]


def _owners(
    target: UInt8[np.ndarray, "h w 3"],
    colors: Sequence[RGB],
    people: Sequence[Person],
    dots: Mapping[ObjectId, _Dots],
) -> list[Person]:
    """The person of each colour, which the painting chose: as most pixels of all colours lie on their own lines."""
    reach = dot_radius(target.shape[:2]) / 2
    lines = [_covered(target, None, _segments(dots[person.id], LIMBS, reach)) for person in people]
    painted = [has_color(target, rgb) for rgb in colors]
    shared = np.array([[(own & line).sum() for line in lines] for own in painted])
    return [people[i] for i in import_lazily("scipy.optimize").linear_sum_assignment(-shared)[1].tolist()]


def _covered(
    target: UInt8[np.ndarray, "h w 3"], rgb: RGB | None, segments: Sequence[tuple[Point, Point, float]]
) -> Bool[np.ndarray, "h w"]:
    """The pixels whose centres are at most so far from a segment, given by its ends and how far.

    A pixel at whose centre rounding decides is of it if the target has the colour `rgb` there.
    """
    mask = np.zeros(target.shape[:2], bool)
    for start, end, reach in segments:
        window = tuple(
            slice(max(int(min(ends) - reach) - 2, 0), min(int(max(ends) + reach) + 3, side))
            for ends, side in zip(((start[1], end[1]), (start[0], end[0])), mask.shape, strict=True)
        )
        rows, columns = np.ogrid[window]
        away = _distance(columns + 0.5, rows + 0.5, start, end)
        close = away <= reach - _ROUNDING
        if rgb is not None:
            close |= (away <= reach + _ROUNDING) & has_color(target[window], rgb)
        mask[window] |= close
    return mask


def _distance(x: np.ndarray, y: np.ndarray, start: Point, end: Point) -> np.ndarray:
    """From points to a segment: to its line where the foot lies between its ends, else to the nearer end."""
    to_start, to_end = np.hypot(x - start[0], y - start[1]), np.hypot(x - end[0], y - end[1])
    length = float(np.hypot(end[0] - start[0], end[1] - start[1]))
    nearer = np.minimum(to_start, to_end)
    if length == 0:
        return nearer
    # The foot is between the ends where the angles at both are at most right.
    between = np.abs(to_start**2 - to_end**2) <= length**2
    twice_area = np.abs((x - start[0]) * (end[1] - start[1]) - (y - start[1]) * (end[0] - start[0]))
    return np.where(between, twice_area / length, nearer)
