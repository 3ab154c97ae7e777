"""What tasks share whose prompts give each label its colour: how answers are read, as an index or as a mask."""

from collections.abc import Sequence

import numpy as np
from jaxtyping import Bool, Float32, Int32, UInt8

from encode.metrics.semantic import semantic_summary
from encode.pair import Decoding, PairMeta
from encode.prompts.parser import ParsedPrompt
from encode.segmentation.flat_colors import decode_entries, entry_confidence, entry_masks
from encode.segmentation.flat_task import legend_decoding

__all__ = ["LabelTask", "LegendTask", "MaskTask"]


class LegendTask:
    """The part of a `Task` that is alike where the prompt lists labels with their colours."""

    def decoding(self, parsed: ParsedPrompt) -> Decoding:
        """Return the colour of each label and the background's."""
        return legend_decoding(parsed)

    def confidence(self, rgb: UInt8[np.ndarray, "h w 3"], meta: PairMeta) -> Float32[np.ndarray, "h w"]:
        """Return how much nearer each pixel is to its colour than to the next."""
        return entry_confidence(rgb, meta)


class LabelTask(LegendTask):
    """The part of a task whose answer gives every pixel a label, scored by mIoU."""

    def decode(self, rgb: UInt8[np.ndarray, "h w 3"], meta: PairMeta) -> Int32[np.ndarray, "h w"]:
        """Return the index into `meta.colors` of each pixel's label."""
        return decode_entries(rgb, meta)

    def summarise(self, scores: Sequence[dict[str, float]]) -> dict[str, float]:
        """Return the mIoU of the summed counts, and the mean pixel accuracy; empty scores count for nothing."""
        return semantic_summary([score for score in scores if score])


class MaskTask(LegendTask):
    """The part of a task whose answer is one mask."""

    def decode(self, rgb: UInt8[np.ndarray, "h w 3"], meta: PairMeta) -> Bool[np.ndarray, "h w"]:
        """Return the mask of what is asked for; raises MetaError where `meta` asks for nothing."""
        return entry_masks(decode_entries(rgb, meta), meta)[meta.asked.label]
