"""The amodal segmentation task: one object, whole, as if nothing stood before it."""

import re
from collections.abc import Sequence

import numpy as np
from jaxtyping import Bool, Float32, UInt8

from encode.amodal.mask import amodal_mask, is_partly_hidden, modal_mask
from encode.colors.legend import draw_colors
from encode.colors.notation import NOTATIONS, write_color
from encode.draw import choice, shuffled
from encode.errors import ExpressionError
from encode.frame import Frame
from encode.meta_audit import meta_problems
from encode.metrics.amodal import amodal_metrics
from encode.metrics.mean import mean_scores
from encode.pair import BACKGROUND, RGB, ColorEntry, Pair, PairMeta
from encode.prompts.grammar import write_prompt
from encode.prompts.legend import PHRASE_PATTERN
from encode.prompts.parser import ParsedPrompt
from encode.prompts.template import choose_template
from encode.referring.evaluator import proved_ids
from encode.referring.language import Expression, read_expression, write_expression
from encode.referring.phrases import speakable, unsaid_problems
from encode.referring.realiser import realise
from encode.referring.sampler import describe
from encode.referring.visible import visible_objects
from encode.segmentation.flat_audit import flat_problems, legend_distance_problems
from encode.segmentation.flat_colors import FLAT_PARAMETERS, decode_entries, entry_confidence, entry_masks
from encode.task import Painting, PairRequest, finish

__all__ = ["AmodalTask"]

_BLACK: RGB = (0, 0, 0)
_BLACK_SHARE = 0.8


class AmodalTask:
    """A phrase picks one partly hidden object; its whole extent takes the colour said."""

    name = "amodal"

    def make(self, request: PairRequest) -> Pair | None:
        """Ask for one partly hidden object; None where there is none that a phrase picks beyond doubt."""
        frame, rng = request.frame, request.rng
        drawn = _draw(frame, rng)
        if drawn is None:
            return None
        instance, mask, expression = drawn
        phrase = realise(rng, expression, (1,), speakable(frame))[0]
        if not re.fullmatch(PHRASE_PATTERN, phrase):
            return None  # a name with a slash or a comma, which no prompt could be read back with
        template = choose_template(rng, self.name, request.split)
        notation = choice(rng, NOTATIONS)
        named = notation == "name"
        black = rng.random() < _BLACK_SHARE
        background = _BLACK if black else (draw_colors(rng, 1, named=named) or [_BLACK])[0]
        colors = draw_colors(rng, 1, named=named, taken=[background])
        if colors is None:
            return None
        values = {
            "phrase": phrase,
            "color": write_color(colors[0], notation),
            "background": write_color(background, notation),
        }
        painting = Painting(
            target=np.where(mask[..., None], np.array(colors[0], np.uint8), np.array(background, np.uint8)),
            prompt=write_prompt(template.tree, rng, values),
            template=template,
            codec=template.codec,
            parameters=FLAT_PARAMETERS,
            colors=[ColorEntry(phrase, colors[0], (instance,)), ColorEntry(BACKGROUND, background, ())],
            expression=write_expression(expression),
        )
        return finish(self.name, request, painting)

    def decode(self, rgb: UInt8[np.ndarray, "h w 3"], meta: PairMeta) -> Bool[np.ndarray, "h w"]:
        """Mask of the whole object."""
        return entry_masks(decode_entries(rgb, meta), meta)[meta.foreground[0].label]

    def confidence(self, rgb: UInt8[np.ndarray, "h w 3"], meta: PairMeta) -> Float32[np.ndarray, "h w"]:
        """How much nearer each pixel is to its colour than to the next."""
        return entry_confidence(rgb, meta)

    def score(self, rgb: UInt8[np.ndarray, "h w 3"], frame: Frame, meta: PairMeta) -> dict[str, float]:
        """IoU of the whole object, and of its hidden part alone (encode.metrics.amodal)."""
        instance = meta.foreground[0].ids[0]
        whole = amodal_mask(frame, instance)
        truth = modal_mask(frame, instance) if whole is None else whole
        return amodal_metrics(self.decode(rgb, meta), truth, modal_mask(frame, instance))

    def summarise(self, scores: Sequence[dict[str, float]]) -> dict[str, float]:
        """Mean over objects."""
        return mean_scores(scores)

    def audit(
        self, frame: Frame, target: UInt8[np.ndarray, "h w 3"], parsed: ParsedPrompt, meta: PairMeta
    ) -> list[str]:
        """The structured form must pick one object beyond doubt, and exactly its whole extent be painted."""
        background = parsed.background or _BLACK
        problems = legend_distance_problems(parsed, background)
        try:
            expression = read_expression(meta.expression)
        except ExpressionError as error:
            return [*problems, str(error)]
        picked = proved_ids(expression, visible_objects(frame))
        if picked is None or len(picked) != 1 or len(picked[0]) != 1 or len(parsed.legend) != 1:
            return [*problems, f"the expression {meta.expression} does not pick one object beyond doubt"]
        instance = next(iter(picked[0]))
        whole = amodal_mask(frame, instance)
        if whole is None:
            return [*problems, f"the frame does not know the whole extent of object {instance}"]
        label, rgb = parsed.legend[0]
        colors = [ColorEntry(label, rgb, (instance,)), ColorEntry(BACKGROUND, background, ())]
        problems += meta_problems(
            meta, colors=colors, parameters=FLAT_PARAMETERS, expression=write_expression(expression)
        )
        problems += unsaid_problems(frame, label, expression.targets[0].of)
        return problems + flat_problems(target, [(label, rgb, whole)], background)


def _draw(frame: Frame, rng: np.random.Generator) -> tuple[int, Bool[np.ndarray, "h w"], Expression] | None:
    if frame.amodal is None:
        return None
    objects = visible_objects(frame)
    for obj in shuffled(rng, [obj for obj in objects if is_partly_hidden(frame, obj)]):
        expression = describe(rng, objects, obj)
        mask = amodal_mask(frame, obj.id)
        if expression is not None and mask is not None:
            return obj.id, mask, expression
    return None
