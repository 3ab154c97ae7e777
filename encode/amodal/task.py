"""The amodal segmentation task: one object, its hidden part included, as if nothing were in front of it."""

from collections.abc import Sequence

import numpy as np
from jaxtyping import Bool, UInt8

from encode.amodal.mask import amodal_mask, asked_object, is_partly_hidden, modal_mask
from encode.draw import shuffled
from encode.errors import ExpressionError
from encode.frame import Frame, ObjectId
from encode.metrics.amodal import amodal_metrics
from encode.metrics.mean import mean_scores
from encode.pair import ColorEntry, Pair, PairMeta
from encode.prompts.parser import ParsedPrompt
from encode.prompts.template import choose_template
from encode.referring.evaluator import proved_ids
from encode.referring.language import Expression, read_expression, write_expression
from encode.referring.phrases import is_readable, named_categories, unsaid_problems
from encode.referring.realiser import realise
from encode.referring.sampler import describe
from encode.referring.visible import visible_objects
from encode.segmentation.flat_task import PaintedMask, draw_palette, flat_decoding, flat_problems
from encode.segmentation.legend_task import MaskTask
from encode.task import Painting, PairRequest, finish_pair

__all__ = ["AmodalTask"]


class AmodalTask(MaskTask):
    """A phrase picks one partly hidden object; its amodal mask takes the colour that the prompt names."""

    name = "amodal"

    def make(self, request: PairRequest) -> Pair | None:
        """Ask for one partly hidden object; None where no phrase picks one unambiguously."""
        frame, rng = request.frame, request.rng
        drawn = _draw_object(frame, rng)
        if drawn is None:
            return None
        instance, mask, expression = drawn
        phrase = realise(rng, expression, (1,), named_categories(frame))[0]
        if not is_readable(phrase):
            return None
        template = choose_template(rng, self.name, request.split)
        palette = draw_palette(rng, 1)
        if palette is None:
            return None
        rgb, background = palette.colors[0], palette.background
        values = {"phrase": phrase, "color": palette.write(rgb), "background": palette.write(background)}
        painting = Painting(
            target=np.where(mask[..., None], np.array(rgb, np.uint8), np.array(background, np.uint8)),
            prompt=template.write(rng, values),
            template=template,
            decoding=flat_decoding([ColorEntry(phrase, rgb, (instance,))], background),
            expression=write_expression(expression),
        )
        return finish_pair(self.name, request, painting)

    def score(self, rgb: UInt8[np.ndarray, "h w 3"], frame: Frame, meta: PairMeta) -> dict[str, float]:
        """Return `amodal_metrics`: IoU of the amodal mask, and of its hidden part alone."""
        object_id = asked_object(meta)
        modal, amodal = modal_mask(frame, object_id), amodal_mask(frame, object_id)
        return amodal_metrics(self.decode(rgb, meta), modal if amodal is None else amodal, modal)

    def summarise(self, scores: Sequence[dict[str, float]]) -> dict[str, float]:
        """Return the means over objects."""
        return mean_scores(scores)

    def audit(
        self, frame: Frame, target: UInt8[np.ndarray, "h w 3"], parsed: ParsedPrompt, meta: PairMeta
    ) -> list[str]:
        """Check that the structured form picks exactly one object, and that exactly its amodal mask is painted."""
        try:
            expression = read_expression(meta.expression)
        except ExpressionError as error:
            return [str(error)]
        picked = proved_ids(expression, visible_objects(frame))
        if picked is None or len(picked) != 1 or len(picked[0]) != 1 or len(parsed.legend) != 1:
            return [f"the expression {meta.expression} does not pick one object beyond doubt"]
        instance = next(iter(picked[0]))
        mask = amodal_mask(frame, instance)
        if mask is None:
            return [f"the frame does not know the amodal mask of object {instance}"]
        label, rgb = parsed.legend[0]
        painted = [PaintedMask(ColorEntry(label, rgb, (instance,)), mask)]
        return [
            *unsaid_problems(frame, label, expression.targets[0].of),
            *flat_problems(target, parsed, meta, painted, expression=write_expression(expression)),
        ]


def _draw_object(frame: Frame, rng: np.random.Generator) -> tuple[ObjectId, Bool[np.ndarray, "h w"], Expression] | None:
    """Draw a partly hidden object: its id, its amodal mask and an expression that picks it."""
    if frame.amodal is None:
        return None
    objects = visible_objects(frame)
    for obj in shuffled(rng, [obj for obj in objects if is_partly_hidden(frame, obj)]):
        expression = describe(rng, objects, obj)
        mask = amodal_mask(frame, obj.id)
        if expression is not None and mask is not None:
            return obj.id, mask, expression
    return None
