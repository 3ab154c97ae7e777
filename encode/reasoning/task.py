"""The reasoning task: the objects that answer a question which takes knowledge of the world."""

from collections.abc import Sequence

import numpy as np
from jaxtyping import UInt8

from encode.errors import ExpressionError
from encode.frame import Frame
from encode.metrics.referring import referring_metrics, referring_summary
from encode.pair import ColorEntry, Pair, PairMeta
from encode.prompts.parser import ParsedPrompt
from encode.prompts.template import choose_template
from encode.reasoning.evaluator import proved_answer
from encode.reasoning.facts import view_facts
from encode.reasoning.language import StructuredQuestion, read_question, write_question
from encode.reasoning.sampler import sample_question
from encode.reasoning.wording import readings
from encode.referring.phrases import named_categories
from encode.segmentation.flat_task import PaintedMask, draw_palette, flat_decoding, flat_problems
from encode.segmentation.legend_task import MaskTask
from encode.segmentation.paint import mask_of, paint_entries
from encode.task import Painting, PairRequest, finish_pair

__all__ = ["ReasoningTask"]


class ReasoningTask(MaskTask):
    """A question; all objects that answer it take the one colour that the prompt names."""

    name = "reasoning"

    def make(self, request: PairRequest) -> Pair | None:
        """Draw a question that the evaluator proves; None where the frame has none."""
        frame, rng = request.frame, request.rng
        drawn = sample_question(rng, frame, request.split)
        if drawn is None:
            return None
        question, text, ids = drawn
        slot = "question" if text.endswith("?") else "wanted"
        template = choose_template(rng, self.name, request.split, lambda t: slot in t.slots)
        palette = draw_palette(rng, 1, writes_background="background" in template.slots)
        if palette is None:
            return None
        entry = ColorEntry(text, palette.colors[0], tuple(sorted(ids)))
        values = {
            slot: text,
            "color": palette.write(entry.rgb),
            "background": palette.write(palette.background),
        }
        painting = Painting(
            target=paint_entries(frame.truth.instance, [entry], palette.background),
            prompt=template.write(rng, values),
            template=template,
            decoding=flat_decoding([entry], palette.background),
            expression=write_question(question),
        )
        return finish_pair(self.name, request, painting)

    def score(self, rgb: UInt8[np.ndarray, "h w 3"], frame: Frame, meta: PairMeta) -> dict[str, float]:
        """Return iou, intersection and union, as ReasonSeg counts them."""
        return referring_metrics(self.decode(rgb, meta), mask_of(frame.truth.instance, meta.asked.ids))

    def summarise(self, scores: Sequence[dict[str, float]]) -> dict[str, float]:
        """Return the summed and the mean IoU: ciou and giou."""
        return referring_summary(scores)

    def audit(
        self, frame: Frame, target: UInt8[np.ndarray, "h w 3"], parsed: ParsedPrompt, meta: PairMeta
    ) -> list[str]:
        """Check that the text asks what `meta` says, and that exactly the objects are painted that answer it.

        The question is read from the prompt's words, and answered again by the frame's records and maps alone.
        """
        text, rgb = parsed.legend[0]
        try:
            question = read_question(meta.expression)
        except ExpressionError as error:
            return [str(error)]
        problems = _wording_problems(frame, text, question, parsed.split)
        ids = proved_answer(question, view_facts(frame))
        if ids is None:
            return [*problems, f"the question {meta.expression} has no answer beyond doubt"]
        entry = ColorEntry(text, rgb, tuple(sorted(ids)))
        painted = [PaintedMask(entry, mask_of(frame.truth.instance, entry.ids))]
        return problems + flat_problems(target, parsed, meta, painted, expression=write_question(question))


def _wording_problems(frame: Frame, text: str, question: StructuredQuestion, split: str) -> list[str]:
    """Whether the text is a known wording of this question alone, and of this split."""
    found = readings(text, named_categories(frame))
    if list(found) != [question]:
        asks = " and ".join(write_question(other) for other in found) or "nothing that is known"
        return [f"the question {text!r} asks {asks}, not {write_question(question)}"]
    if found[question] != split:
        return [f"the question {text!r} is of the split {found[question]}, its prompt of {split}"]
    return []
