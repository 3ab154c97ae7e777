"""The referring expression task."""

import re
from collections.abc import Sequence

import numpy as np
from jaxtyping import Bool, Float32, UInt8

from encode.colors.legend import draw_colors
from encode.colors.notation import NOTATIONS, write_color
from encode.draw import choice
from encode.errors import ExpressionError
from encode.frame import Frame
from encode.meta_audit import meta_problems
from encode.metrics.referring import referring_metrics, referring_summary
from encode.pair import BACKGROUND, RGB, ColorEntry, Pair, PairMeta
from encode.prompts.grammar import write_prompt
from encode.prompts.legend import PHRASE_PATTERN, SENTENCE_STYLES
from encode.prompts.parser import ParsedPrompt
from encode.prompts.template import choose_template
from encode.referring.evaluator import proved_ids
from encode.referring.language import read_expression, write_expression
from encode.referring.phrases import speakable, unsaid_problems
from encode.referring.realiser import realise
from encode.referring.sampler import sample_expression
from encode.referring.visible import visible_objects
from encode.segmentation.flat_audit import flat_problems, legend_distance_problems
from encode.segmentation.flat_colors import FLAT_PARAMETERS, decode_entries, entry_confidence, entry_masks
from encode.segmentation.paint import mask_of, paint_ids
from encode.task import Painting, PairRequest, finish

__all__ = ["ReferringTask"]

_BLACK: RGB = (0, 0, 0)
_BLACK_SHARE = 0.8


class ReferringTask:
    """A phrase picks one or several objects; they take the colour said."""

    name = "referring"

    def make(self, request: PairRequest) -> Pair | None:
        """Draw an expression that the evaluator proves; None where the frame has none."""
        frame, rng = request.frame, request.rng
        objects = visible_objects(frame)
        drawn = sample_expression(rng, objects)
        if drawn is None:
            return None
        _, expression, ids = drawn
        phrases = realise(rng, expression, tuple(len(part) for part in ids), speakable(frame))
        if not all(re.fullmatch(PHRASE_PATTERN, phrase) for phrase in phrases):
            return None  # a name with a slash or a comma, which no prompt could be read back with
        template = choose_template(rng, self.name, request.split, lambda t: "targets" in t.slots or len(phrases) == 1)
        notation = choice(rng, NOTATIONS)
        black = "background" not in template.slots or rng.random() < _BLACK_SHARE
        named = notation == "name"
        background = _BLACK if black else (draw_colors(rng, 1, named=named) or [_BLACK])[0]
        colors = draw_colors(rng, len(phrases), named=named, taken=[background])
        if colors is None:
            return None
        entries = [
            ColorEntry(phrase, rgb, tuple(sorted(part))) for phrase, rgb, part in zip(phrases, colors, ids, strict=True)
        ]
        written = [(entry.label, write_color(entry.rgb, notation)) for entry in entries]
        values = {
            "targets": SENTENCE_STYLES[0].write(written),
            "phrase": written[0][0],
            "color": written[0][1],
            "background": write_color(background, notation),
        }
        painting = Painting(
            target=paint_ids(frame.truth.instance, {i: e.rgb for e in entries for i in e.ids}, background),
            prompt=write_prompt(template.tree, rng, values),
            template=template,
            codec=template.codec,
            parameters=FLAT_PARAMETERS,
            colors=[*entries, ColorEntry(BACKGROUND, background, ())],
            expression=write_expression(expression),
        )
        return finish(self.name, request, painting)

    def decode(self, rgb: UInt8[np.ndarray, "h w 3"], meta: PairMeta) -> dict[str, Bool[np.ndarray, "h w"]]:
        """Mask of every phrase."""
        return entry_masks(decode_entries(rgb, meta), meta)

    def confidence(self, rgb: UInt8[np.ndarray, "h w 3"], meta: PairMeta) -> Float32[np.ndarray, "h w"]:
        """How much nearer each pixel is to its colour than to the next."""
        return entry_confidence(rgb, meta)

    def score(self, rgb: UInt8[np.ndarray, "h w 3"], frame: Frame, meta: PairMeta) -> dict[str, float]:
        """iou, intersection and union, over all targets of the prompt together."""
        masks = self.decode(rgb, meta)
        parts = [
            referring_metrics(masks[entry.label], mask_of(frame.truth.instance, entry.ids)) for entry in meta.foreground
        ]
        intersection, union = (sum(part[name] for part in parts) for name in ("intersection", "union"))
        return {"iou": intersection / union if union else 1.0, "intersection": intersection, "union": union}

    def summarise(self, scores: Sequence[dict[str, float]]) -> dict[str, float]:
        """cIoU and gIoU."""
        return referring_summary(scores)

    def audit(
        self, frame: Frame, target: UInt8[np.ndarray, "h w 3"], parsed: ParsedPrompt, meta: PairMeta
    ) -> list[str]:
        """The structured form, evaluated anew, must pick beyond doubt exactly what is painted."""
        background = parsed.background or _BLACK
        problems = legend_distance_problems(parsed, background)
        try:
            expression = read_expression(meta.expression)
        except ExpressionError as error:
            return [*problems, str(error)]
        picked = proved_ids(expression, visible_objects(frame))
        if picked is None:
            return [*problems, f"the expression {meta.expression} does not pick its objects beyond doubt"]
        if len(picked) != len(parsed.legend):
            return [*problems, f"the expression has {len(picked)} targets, the prompt {len(parsed.legend)}"]
        wanted, colors = [], []
        for (label, rgb), ids, selection in zip(parsed.legend, picked, expression.targets, strict=True):
            wanted.append((label, rgb, mask_of(frame.truth.instance, sorted(ids))))
            colors.append(ColorEntry(label, rgb, tuple(sorted(ids))))
            problems += unsaid_problems(frame, label, selection.of)
        problems += meta_problems(
            meta,
            colors=[*colors, ColorEntry(BACKGROUND, background, ())],
            parameters=FLAT_PARAMETERS,
            expression=write_expression(expression),
        )
        return problems + flat_problems(target, wanted, background)
