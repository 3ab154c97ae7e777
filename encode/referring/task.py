"""The referring expression task."""

from collections.abc import Sequence

import numpy as np
from jaxtyping import Bool, UInt8

from encode.frame import Frame
from encode.metrics.referring import (
    no_target_accuracy,
    no_target_counts,
    referring_metrics,
    referring_summary,
)
from encode.pair import ColorEntry, Pair, PairMeta
from encode.prompts.legend import SENTENCE_STYLES
from encode.prompts.parser import ParsedPrompt
from encode.prompts.template import choose_template
from encode.referring.language import write_expression
from encode.referring.targets import draw_targets, prove_targets
from encode.segmentation.flat_colors import decode_entries, entry_masks
from encode.segmentation.flat_task import PaintedMask, draw_palette, flat_decoding, flat_problems
from encode.segmentation.legend_task import LegendTask
from encode.segmentation.paint import mask_of, paint_entries
from encode.task import Painting, PairRequest, finish_pair

__all__ = ["ReferringTask"]


class ReferringTask(LegendTask):
    """A phrase picks one or several objects; they take the colour that the prompt names."""

    name = "referring"

    def make(self, request: PairRequest) -> Pair | None:
        """Draw an expression that the evaluator proves; None where the frame has none."""
        rng = request.rng
        drawn = draw_targets(request)
        if drawn is None:
            return None
        phrases = drawn.phrases
        template = choose_template(rng, self.name, request.split, lambda t: "targets" in t.slots or len(phrases) == 1)
        palette = draw_palette(rng, len(phrases), writes_background="background" in template.slots)
        if palette is None:
            return None
        entries = [
            ColorEntry(phrase, rgb, ids) for phrase, rgb, ids in zip(phrases, palette.colors, drawn.ids, strict=True)
        ]
        values = {
            "targets": SENTENCE_STYLES[0].write([(entry.label, palette.write(entry.rgb)) for entry in entries]),
            "phrase": entries[0].label,
            "color": palette.write(entries[0].rgb),
            "background": palette.write(palette.background),
        }
        painting = Painting(
            target=paint_entries(request.frame.truth.instance, entries, palette.background),
            prompt=template.write(rng, values),
            template=template,
            decoding=flat_decoding(entries, palette.background),
            expression=write_expression(drawn.expression),
        )
        return finish_pair(self.name, request, painting)

    def decode(self, rgb: UInt8[np.ndarray, "h w 3"], meta: PairMeta) -> dict[str, Bool[np.ndarray, "h w"]]:
        """Return the mask of every phrase."""
        return entry_masks(decode_entries(rgb, meta), meta)

    def score(self, rgb: UInt8[np.ndarray, "h w 3"], frame: Frame, meta: PairMeta) -> dict[str, float]:
        """Return iou, intersection and union over all targets of the prompt together, and `no_target_counts`."""
        masks = self.decode(rgb, meta)
        parts = [
            referring_metrics(masks[entry.label], mask_of(frame.truth.instance, entry.ids)) for entry in meta.foreground
        ]
        intersection, union = (sum(part[name] for part in parts) for name in ("intersection", "union"))
        iou = intersection / union if union else 1.0
        found = any(mask.any() for mask in masks.values())
        return {
            "iou": iou,
            "intersection": intersection,
            "union": union,
            **no_target_counts(found=found, target=any(entry.ids for entry in meta.foreground)),
        }

    def summarise(self, scores: Sequence[dict[str, float]]) -> dict[str, float]:
        """Return the summed and the mean IoU (ciou and giou), and n_acc and t_acc of empty answers."""
        return {**referring_summary(scores), **no_target_accuracy(scores)}

    def audit(
        self, frame: Frame, target: UInt8[np.ndarray, "h w 3"], parsed: ParsedPrompt, meta: PairMeta
    ) -> list[str]:
        """Check that the structured form, evaluated again, picks exactly what is painted, unambiguously."""
        targets, problems = prove_targets(frame, parsed, meta.expression)
        if targets is None:
            return problems
        painted = []
        for (phrase, rgb), ids in zip(parsed.legend, targets.ids, strict=True):
            entry = ColorEntry(phrase, rgb, ids)
            painted.append(PaintedMask(entry, mask_of(frame.truth.instance, entry.ids)))
        expression = write_expression(targets.expression)
        return problems + flat_problems(target, parsed, meta, painted, expression=expression)
