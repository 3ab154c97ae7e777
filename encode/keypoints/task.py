"""The keypoints task: joints of people as dots, limbs as lines, in the colours that the prompt gives."""

from collections.abc import Sequence
from dataclasses import replace

import numpy as np
from jaxtyping import Float32, UInt8

from encode.check import check_rgb
from encode.draw import choice, shuffled
from encode.frame import Frame, ObjectRecord
from encode.keypoints.ask import KeypointRequest, draw_asked
from encode.keypoints.audit import keypoint_problems
from encode.keypoints.decode import (
    PaintedKeypoints,
    decode_keypoints,
    keypoint_parameters,
    people_are_told,
)
from encode.keypoints.paint import layers, paint_layers
from encode.keypoints.people import least_height
from encode.keypoints.proof import painted_truth, reads_back
from encode.keypoints.skeleton import (
    KEYPOINT_WORDS,
    LIMB_GROUPINGS,
    limbs_of,
)
from encode.keypoints.words import HIDDEN_WORDS
from encode.metrics.keypoints import keypoint_metrics, keypoint_summary
from encode.pair import BLACK, ColorEntry, Decoding, Pair, PairMeta
from encode.prompts.legend import LIST_STYLES, SENTENCE_STYLES, join_words
from encode.prompts.parser import ParsedPrompt
from encode.prompts.template import choose_template
from encode.segmentation.flat_colors import entry_confidence
from encode.segmentation.flat_task import draw_palette, flat_decoding
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
            if pair is not None and reads_back(pair.target, request.frame, pair.meta):
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
        truth = painted_truth(frame, meta)
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
        return keypoint_problems(frame, target, parsed, meta)


def _sides(record: ObjectRecord) -> tuple[int, int]:
    box = record.box_2d
    return box.right - box.left, box.bottom - box.top
