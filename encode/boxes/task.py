"""The task `boxes`: outlines around what a prompt names."""

from collections.abc import Mapping, Sequence

import numpy as np
from jaxtyping import Float32, Int32, UInt8

from encode.boxes.asking import FORM_SLOTS, BoxRequest, draw_asked
from encode.boxes.audit import outline_problems
from encode.boxes.colors import draw_line_palette
from encode.boxes.decoder import boxes_of_color, decode_boxes, outline_colors, outline_confidence
from encode.boxes.decoding import BY_COLOR, box_decoding
from encode.boxes.outlines import canvas_of, paint_outlines, unscored_boxes, visible_boxes
from encode.boxes.proof import read_back_problems
from encode.check import check_rgb
from encode.draw import choice, shuffled
from encode.formulas.boxes import PixelBox
from encode.frame import Frame, ObjectId
from encode.label_entries import label_entries
from encode.metrics.boxes import ClassBoxes, box_metrics, box_summary
from encode.pair import LINE_WIDTH, RGB, ColorEntry, Decoding, Pair, PairMeta
from encode.prompts.legend import SENTENCE_STYLES, join_words
from encode.prompts.parser import ParsedPrompt
from encode.prompts.template import choose_template
from encode.task import Painting, PairRequest, finish_pair

__all__ = ["BoxesTask"]

# Questions drawn until one's painting reads back exactly.
_TRIES = 6

# Images with a shorter side over this have lines a pixel wider.
_SIDE_OF_A_PIXEL = 400


class BoxesTask:
    """Outlines of the boxes of what is asked for, on black or over the dimmed image."""

    name = "boxes"

    def make(self, request: PairRequest) -> Pair | None:
        """Ask for boxes; None where there is nothing to ask, or no painting reads back as exactly its boxes."""
        for _ in range(_TRIES):
            pair = self._draw(request)
            if pair is not None and not read_back_problems(pair.target, pair.meta, visible_boxes(request.frame)):
                return pair
        return None

    def _draw(self, request: PairRequest) -> Pair | None:
        frame, rng = request.frame, request.rng
        boxes = visible_boxes(frame)
        asked = draw_asked(request, boxes)
        if asked is None:
            return None
        each = asked.form == "each"
        count = len(asked.ids[0]) if each else len(asked.labels)
        palette = draw_line_palette(rng, count)
        if palette is None:
            return None
        slot = FORM_SLOTS[asked.form]
        template = choose_template(
            rng, self.name, request.split, lambda t: slot in t.slots and (asked.plural != "" or "plural" not in t.slots)
        )
        width = _draw_width(rng, frame)
        entries = _entries(frame, asked, palette.colors, boxes, width)
        texts = [palette.write(rgb) for rgb in palette.colors]
        values = {"width": str(width), "noun": asked.labels[0], "plural": asked.plural}
        if each:  # in an order that gives no hint
            values["colors"] = join_words(shuffled(rng, texts))
        elif asked.form == "classes":
            values["sentence"] = choice(rng, SENTENCE_STYLES).write(list(zip(asked.labels, texts, strict=True)))
        else:
            values["targets"] = SENTENCE_STYLES[0].write(list(zip(asked.labels, texts, strict=True)))
        painting = Painting(
            target=paint_outlines(
                canvas_of(frame.image, template.codec),
                [(boxes[i], rgb) for i, rgb in _by_id(entries)],
                width,
            ),
            prompt=template.write(rng, values),
            template=template,
            decoding=box_decoding(entries, template.codec, width, by_color=not each),
            expression=asked.expression,
        )
        return finish_pair(self.name, request, painting)

    def decoding(self, parsed: ParsedPrompt) -> Decoding:
        """Return the colours that the prompt names, and the width of lines that it states."""
        labels = parsed.legend or tuple((f"{parsed.label} {i}", rgb) for i, rgb in enumerate(parsed.colors, start=1))
        entries = [ColorEntry(label, rgb, (i,)) for i, (label, rgb) in enumerate(labels, start=1)]
        return box_decoding(entries, parsed.codec, parsed.parameter(LINE_WIDTH), by_color=not parsed.colors)

    def decode(self, rgb: UInt8[np.ndarray, "h w 3"], meta: PairMeta) -> Int32[np.ndarray, "n 7"]:
        """Return the boxes, one a row: left, top, right, bottom (half-open pixels), red, green, blue."""
        return decode_boxes(rgb, meta)

    def confidence(self, rgb: UInt8[np.ndarray, "h w 3"], meta: PairMeta) -> Float32[np.ndarray, "h w"]:
        """Return how clearly each pixel has a prompted colour or none of them."""
        return outline_confidence(rgb, meta)

    def score(self, rgb: UInt8[np.ndarray, "h w 3"], frame: Frame, meta: PairMeta) -> dict[str, float]:
        """Return F1 and AP at box IoU; a label's boxes match its own, any colour matches where each box has its own."""
        check_rgb(rgb, "boxes", meta.shape)
        decoded = decode_boxes(rgb, meta)
        truth = {record.id: record.box_2d for record in frame.objects}
        colors = outline_colors(meta)
        groups = [[color] for color in colors] if meta.parameter(BY_COLOR) or not colors else [colors]
        return box_metrics(
            [
                ClassBoxes(
                    np.concatenate([boxes_of_color(decoded, color) for color in group]),
                    *(_truth(meta, group, truth, scored=scored) for scored in (True, False)),
                )
                for group in groups
            ]
        )

    def summarise(self, scores: Sequence[dict[str, float]]) -> dict[str, float]:
        """Return F1 over all boxes, the mean AP, and the share of rightly empty answers."""
        return box_summary(scores)

    def audit(
        self, frame: Frame, target: UInt8[np.ndarray, "h w 3"], parsed: ParsedPrompt, meta: PairMeta
    ) -> list[str]:
        """Check that each box of what the prompt names is outlined in its colour, and that nothing else is."""
        return outline_problems(frame, target, parsed, meta)


def _draw_width(rng: np.random.Generator, frame: Frame) -> int:
    """Width of lines, pixels: two or three, and one more for every 400 pixels of the image's shorter side."""
    return 2 + min(frame.truth.shape) // _SIDE_OF_A_PIXEL + int(rng.integers(2))


def _entries(
    frame: Frame, asked: BoxRequest, colors: Sequence[RGB], boxes: Mapping[ObjectId, PixelBox], width: int
) -> list[ColorEntry]:
    unscored = unscored_boxes(frame, boxes, width)
    if asked.form != "each":
        parts = zip(asked.labels, colors, asked.ids, strict=True)
        return [entry for label, rgb, ids in parts for entry in label_entries(label, rgb, ids, unscored)]
    names = {record.id: record.name for record in frame.objects}
    return [ColorEntry(names[i], rgb, (i,), i not in unscored) for i, rgb in zip(asked.ids[0], colors, strict=True)]


def _by_id(entries: Sequence[ColorEntry]) -> list[tuple[ObjectId, RGB]]:
    """Object ids in ascending order, each with its colour; an object that two phrases pick comes twice."""
    return sorted((ObjectId(i), entry.rgb) for entry in entries for i in entry.ids)


def _truth(
    meta: PairMeta, colors: Sequence[RGB], boxes: Mapping[ObjectId, PixelBox], *, scored: bool
) -> Int32[np.ndarray, "n 4"]:
    """The true boxes of the entries in these colours that are scored, or that are not."""
    entries = [entry for entry in meta.foreground if entry.rgb in colors and entry.scored is scored]
    found = [boxes[ObjectId(i)] for entry in entries for i in entry.ids if i in boxes]
    return np.array(found, np.int32).reshape(-1, 4)
