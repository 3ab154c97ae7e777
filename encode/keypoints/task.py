"""The keypoints task: joints of people as dots, limbs as lines, in the colours that the prompt gives."""

from collections.abc import Sequence
from dataclasses import replace
from math import hypot

import numpy as np
from jaxtyping import Float32, UInt8

from encode.check import check_rgb
from encode.draw import choice, shuffled
from encode.errors import ExpressionError
from encode.frame import Frame, ObjectId, ObjectRecord
from encode.keypoints.ask import KeypointRequest, draw_asked
from encode.keypoints.decode import (
    PaintedKeypoints,
    decode_keypoints,
    keypoint_parameters,
    people_are_told,
    person_entries,
)
from encode.keypoints.drawing import are_apart, dot_radius
from encode.keypoints.paint import layers, limb_lines, paint_layers
from encode.keypoints.people import Person, Request, frame_people, least_height, people_of_height
from encode.keypoints.skeleton import (
    KEYPOINT_OF_WORD,
    KEYPOINT_WORDS,
    LIMB_GROUPINGS,
    LIMBS,
    grouping_of,
    limbs_of,
)
from encode.keypoints.words import HIDDEN_WORDS
from encode.metrics.keypoints import keypoint_metrics, keypoint_summary
from encode.pair import BLACK, RGB, ColorEntry, Decoding, Pair, PairMeta
from encode.prompts.legend import LIST_STYLES, SENTENCE_STYLES, join_words
from encode.prompts.parser import ParsedPrompt
from encode.prompts.template import choose_template
from encode.referring.evaluator import proved_ids
from encode.referring.language import read_expression, write_expression
from encode.referring.phrases import unsaid_problems
from encode.referring.visible import visible_objects
from encode.segmentation.flat_colors import entry_confidence
from encode.segmentation.flat_task import draw_palette, flat_decoding, flat_problems
from encode.task import Painting, PairRequest, finish_pair

__all__ = ["KeypointsTask"]

# Requests tried: of some the lines of one person run past another's dots.
_TRIES = 4


class KeypointsTask:
    """Keypoints of all people or of one, as dots, each in its colour; limbs as lines, by limb, by side or by person."""

    name = "keypoints"

    def make(self, request: PairRequest) -> Pair | None:
        """Paint what was drawn; None where no person has known keypoints, or none has room for its dots."""
        for _ in range(_TRIES):
            asked = draw_asked(request.rng, request.frame)
            if asked is None:
                return None
            pair = self._pair(request, asked)
            if pair is not None and _reads_back(self.decode(pair.target, pair.meta), request.frame, pair.meta):
                return pair
        return None

    def _pair(self, request: PairRequest, asked: KeypointRequest) -> Pair | None:
        rng = request.rng
        # In meta and prompt alike, in an order that gives no hint of which color is whose.
        wanted = replace(
            asked.request,
            people=tuple(shuffled(rng, asked.request.people)),
            names=tuple(shuffled(rng, asked.request.names)),
        )
        by_person = asked.skeleton and not asked.expression
        grouping = choice(rng, LIMB_GROUPINGS) if asked.skeleton and asked.expression else {}
        lines = {word: limbs for word, limbs in grouping.items() if limbs_of(wanted.names, limbs)}
        template = choose_template(
            rng,
            self.name,
            request.split,
            lambda t: ("colors" in t.slots) == by_person and ("limbs" in t.slots) == bool(lines),
        )
        words = [*(KEYPOINT_WORDS[name] for name in wanted.names), *lines]
        count = len(words) + (len(wanted.people) if by_person else 0)
        palette = draw_palette(rng, count, writes_background="background" in template.slots)
        if palette is None:
            return None
        colors = dict(zip(words, palette.colors, strict=False))
        people = palette.colors[len(words) :]
        painted = layers(
            wanted,
            lines,
            colors,
            dict(zip((p.id for p in wanted.people), people, strict=False)),
            request.frame.truth.shape,
        )
        values = {
            "people": asked.words,
            "shown": choice(rng, HIDDEN_WORDS[wanted.hidden]),
            "background": palette.write(palette.background),
            "legend": choice(rng, LIST_STYLES).write(
                [(word, palette.write(colors[word])) for word in words[: len(wanted.names)]]
            ),
            "limbs": SENTENCE_STYLES[0].write([(word, palette.write(colors[word])) for word in lines] or [("", "")]),
            "colors": join_words([palette.write(rgb) for rgb in people]),
        }
        painting = Painting(
            target=paint_layers(painted, palette.background),
            prompt=template.write(rng, values),
            template=template,
            decoding=flat_decoding(
                [part.entry for part in painted], palette.background, keypoint_parameters(one=bool(asked.expression))
            ),
            expression=asked.expression,
        )
        return finish_pair(self.name, request, painting)

    def decoding(self, parsed: ParsedPrompt) -> Decoding:
        """Return the colours of the keypoints, the limbs and the people; ids count the people from 1."""
        people = [ColorEntry(f"person {i}", rgb, (i,)) for i, rgb in enumerate(parsed.colors, start=1)]
        words = [ColorEntry(label, rgb, (1,)) for label, rgb in (*parsed.limbs, *parsed.legend)]
        one = least_height(parsed.people) is None
        return flat_decoding([*people, *words], parsed.background or BLACK, keypoint_parameters(one=one))

    def decode(self, rgb: UInt8[np.ndarray, "h w 3"], meta: PairMeta) -> PaintedKeypoints:
        """Return the position of every dot, its keypoint, and its person where the painting tells it."""
        return decode_keypoints(rgb, meta)

    def confidence(self, rgb: UInt8[np.ndarray, "h w 3"], meta: PairMeta) -> Float32[np.ndarray, "h w"]:
        """Return how much nearer each pixel is to its colour than to the next."""
        return entry_confidence(rgb, meta)

    def score(self, rgb: UInt8[np.ndarray, "h w 3"], frame: Frame, meta: PairMeta) -> dict[str, float]:
        """Return `keypoint_metrics`: PCK and precision, and OKS and its AP where the painting tells people apart."""
        check_rgb(rgb, "keypoints answer", frame.truth.shape)
        truth = _painted_truth(frame, meta)
        records = [record for record in frame.objects if record.id in truth]
        answer = self.decode(rgb, meta)
        return keypoint_metrics(
            answer.by_person(),
            [truth[record.id] for record in records],
            [float(record.visible_pixels) for record in records],
            [float(max(_sides(record))) for record in records],
            grouped=people_are_told(meta),
            surplus=answer.surplus,
        )

    def summarise(self, scores: Sequence[dict[str, float]]) -> dict[str, float]:
        """Return PCK and precision over all keypoints, and the mean OKS and AP."""
        return keypoint_summary(scores)

    def audit(
        self, frame: Frame, target: UInt8[np.ndarray, "h w 3"], parsed: ParsedPrompt, meta: PairMeta
    ) -> list[str]:
        """Check who is meant, that every dot and line is where the records have it, and that no two dots touch."""
        found = _meant(frame, parsed.people, meta.expression)
        if isinstance(found, str):
            return [found]
        people, expression, problems = found
        shape = (target.shape[0], target.shape[1])
        unknown = [label for label, _ in parsed.legend if label not in KEYPOINT_OF_WORD]
        groups = dict(parsed.limbs)
        grouping = grouping_of(tuple(groups))
        if unknown or grouping is None or (groups and len(people) > 1):
            return [
                *problems,
                f"the prompt names {unknown or sorted(groups)}, which are no keypoints or limbs of these people",
            ]
        wanted = Request(people, tuple(KEYPOINT_OF_WORD[label] for label, _ in parsed.legend), parsed.hidden)
        points = wanted.points(wanted.names)
        if not are_apart(points, points, dot_radius(shape)):
            problems.append("two dots touch")
        lines = {word: grouping[word] for word in groups}
        by_person = _colors_of_people(target, wanted, parsed.colors)
        if len(by_person) != len(parsed.colors):
            problems.append(f"the prompt has {len(parsed.colors)} colors for {len(people)} people")
        if by_person:
            order = {number: parsed.colors.index(rgb) for number, rgb in by_person.items()}
            wanted = replace(wanted, people=tuple(sorted(people, key=lambda person: order[person.id])))
        painted = layers(wanted, lines, {**dict(parsed.legend), **groups}, by_person, shape)
        return problems + flat_problems(
            target, parsed, meta, painted, parameters=keypoint_parameters(one=bool(expression)), expression=expression
        )


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


def _colors_of_people(
    target: UInt8[np.ndarray, "h w 3"], wanted: Request, colors: Sequence[RGB]
) -> dict[ObjectId, RGB]:
    """The colour, among those that the prompt allows, of most pixels of each person's lines; each colour once."""
    chosen: dict[ObjectId, RGB] = {}
    for person in wanted.people:
        own = target[limb_lines(wanted.positions(person), LIMBS, target.shape[:2])]
        counts = {rgb: int((own == np.array(rgb, np.uint8)).all(-1).sum()) for rgb in colors}
        left = [rgb for rgb in colors if rgb not in chosen.values()]
        if left:
            chosen[person.id] = max(left, key=counts.__getitem__)
    return chosen if len(colors) == len(wanted.people) else {}


def _reads_back(answer: PaintedKeypoints, frame: Frame, meta: PairMeta) -> bool:
    """Whether every dot decodes to within its radius, all of them, and to its own person where people have colours."""
    truth = _painted_truth(frame, meta)
    radius = dot_radius(meta.shape)
    numbers = {ObjectId(entry.ids[0]): i for i, entry in enumerate(person_entries(meta), start=1)}
    if people_are_told(meta) and not numbers:
        numbers = dict.fromkeys(truth, 1)
    if len(answer.names) + answer.surplus != sum(map(len, truth.values())):
        return False
    for person, due in truth.items():
        for name, position in due.items():
            own = answer.person(numbers[person]).get(name) if numbers else None
            found = ([own] if own else []) if numbers else answer.of(name)
            if not any(hypot(u - position[0], v - position[1]) <= radius for u, v in found):
                return False
    return True


def _painted_truth(frame: Frame, meta: PairMeta) -> dict[ObjectId, dict[str, tuple[float, float]]]:
    """Positions of the dots that `meta` lists, by person and name, where the frame has them."""
    known = {record.id: {point.name: point.pixel for point in record.keypoints} for record in frame.objects}
    truth: dict[ObjectId, dict[str, tuple[float, float]]] = {}
    for entry in meta.foreground:
        name = KEYPOINT_OF_WORD.get(entry.label)
        for number in entry.ids if name else ():
            person = ObjectId(number)
            if name and name in known.get(person, {}):
                truth.setdefault(person, {})[name] = known[person][name]
    return truth


def _sides(record: ObjectRecord) -> tuple[int, int]:
    box = record.box_2d
    return box.right - box.left, box.bottom - box.top
