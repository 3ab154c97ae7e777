"""The surface normal task."""

from collections.abc import Sequence

import numpy as np
from jaxtyping import Float32, UInt8

from encode.frame import Frame
from encode.metrics.mean import mean_scores
from encode.metrics.normals import normal_metrics
from encode.normals.codec import (
    NO_SURFACE,
    NORMAL_PARAMETERS,
    decode_normals,
    encode_normals,
    normals_agree,
    normals_confidence,
)
from encode.pair import Decoding, Pair, PairMeta, no_surface_entry
from encode.problems import meta_problems, pixel_problems
from encode.prompts.parser import ParsedPrompt
from encode.prompts.template import choose_template
from encode.task import Painting, PairRequest, finish_pair

__all__ = ["NormalsTask"]

_DECODING = Decoding("camera-normals", NORMAL_PARAMETERS, (no_surface_entry(NO_SURFACE),))


class NormalsTask:
    """Surface normals in camera axes (x right, y up, z toward the viewer)."""

    name = "normals"

    def make(self, request: PairRequest) -> Pair:
        """Paint the normals; every frame has them."""
        template = choose_template(request.rng, self.name, request.split)
        target = encode_normals(request.frame.truth.normal)
        return finish_pair(self.name, request, Painting(target, template.write(request.rng), template, _DECODING))

    def decoding(self, parsed: ParsedPrompt) -> Decoding:
        """Return the same for every prompt."""
        return _DECODING

    def decode(self, rgb: UInt8[np.ndarray, "h w 3"], meta: PairMeta) -> Float32[np.ndarray, "h w 3"]:
        """Return unit vectors in camera axes, 0 where there is no surface."""
        return decode_normals(rgb, meta.parameter("min_length"), meta.parameter("max_length"))

    def confidence(self, rgb: UInt8[np.ndarray, "h w 3"], meta: PairMeta) -> Float32[np.ndarray, "h w"]:
        """Return how near each vector's length is to 1, or its colour to black."""
        return normals_confidence(rgb, meta.parameter("min_length"), meta.parameter("max_length"))

    def score(self, rgb: UInt8[np.ndarray, "h w 3"], frame: Frame, meta: PairMeta) -> dict[str, float]:
        """Return the angular errors of `normal_metrics`, degrees."""
        return normal_metrics(self.decode(rgb, meta), frame.truth.normal)

    def summarise(self, scores: Sequence[dict[str, float]]) -> dict[str, float]:
        """Return the means over images."""
        return mean_scores(scores)

    def audit(
        self, frame: Frame, target: UInt8[np.ndarray, "h w 3"], parsed: ParsedPrompt, meta: PairMeta
    ) -> list[str]:
        """Check that every component is within half an 8-bit step, and that black is exactly the lack of a surface."""
        wrong = ~normals_agree(target, frame.truth.normal)
        what = "normals are off by more than half an 8-bit step"
        return meta_problems(meta, _DECODING) + pixel_problems(
            wrong, target, what, lambda y, x: frame.truth.normal[y, x].tolist()
        )
