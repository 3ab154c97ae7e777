"""The shading task."""

from collections.abc import Sequence

import numpy as np
from jaxtyping import Float32, UInt8

from encode.check import check_rgb
from encode.frame import Frame
from encode.metrics.mean import mean_scores
from encode.metrics.shading import shading_metrics
from encode.pair import ColorEntry, Decoding, Pair, PairMeta
from encode.problems import meta_problems, pixel_problems
from encode.prompts.parser import ParsedPrompt
from encode.prompts.template import choose_template
from encode.shading.codec import (
    NO_SHADING,
    SHADING_PARAMETERS,
    decode_shading,
    encode_shading,
    relative_shading,
    shading_agrees,
)
from encode.task import Painting, PairRequest, finish_pair

__all__ = ["ShadingTask"]

_DECODING = Decoding("log-shading", SHADING_PARAMETERS, (ColorEntry("no diffuse surface", NO_SHADING, (0,)),))


class ShadingTask:
    """The light on every diffuse surface, without the surface's own colour."""

    name = "shading"

    def make(self, request: PairRequest) -> Pair | None:
        """Paint the shading; None where the frame keeps none, or where nothing in view is diffuse."""
        shading = request.frame.shading
        if shading is None or not shading.shading.any():
            return None
        template = choose_template(request.rng, self.name, request.split)
        painting = Painting(encode_shading(shading.shading), template.write(request.rng), template, _DECODING)
        return finish_pair(self.name, request, painting)

    def decoding(self, parsed: ParsedPrompt) -> Decoding:
        """Return the same for every prompt."""
        return _DECODING

    def decode(self, rgb: UInt8[np.ndarray, "h w 3"], meta: PairMeta) -> Float32[np.ndarray, "h w 3"]:
        """Return linear shading relative to the median's; 0 where nothing is diffuse."""
        return decode_shading(rgb, *(meta.parameter(parameter.name) for parameter in SHADING_PARAMETERS))

    def confidence(self, rgb: UInt8[np.ndarray, "h w 3"], meta: PairMeta) -> Float32[np.ndarray, "h w"]:
        """Return 1 everywhere: every colour is some shading, so a wrong one cannot be recognised."""
        check_rgb(rgb, "shading decoding")
        return np.ones(rgb.shape[:2], np.float32)

    def score(self, rgb: UInt8[np.ndarray, "h w 3"], frame: Frame, meta: PairMeta) -> dict[str, float]:
        """Return `shading_metrics` over the pixels where something is diffuse; {} where the frame has no truth."""
        check_rgb(rgb, "shading scoring", frame.truth.shape)
        if frame.shading is None:
            return {}
        return shading_metrics(self.decode(rgb, meta), relative_shading(frame.shading.shading))

    def summarise(self, scores: Sequence[dict[str, float]]) -> dict[str, float]:
        """Return the means over images."""
        return mean_scores(scores)

    def audit(
        self, frame: Frame, target: UInt8[np.ndarray, "h w 3"], parsed: ParsedPrompt, meta: PairMeta
    ) -> list[str]:
        """Check that every level is within a half of the truth, and black exactly where nothing is diffuse."""
        problems = meta_problems(meta, _DECODING)
        if frame.shading is None:
            return [*problems, "the frame keeps no shading"]
        truth = frame.shading.shading
        wrong = ~shading_agrees(target, truth)
        what = "levels of shading are off by more than half a level"
        return problems + pixel_problems(wrong, target, what, lambda y, x: tuple(truth[y, x].tolist()))
