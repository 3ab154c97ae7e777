"""The surface normal task."""

from collections.abc import Sequence

import numpy as np
from jaxtyping import Float32, UInt8

from encode.frame import Frame
from encode.meta_audit import meta_problems
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
from encode.pair import ColorEntry, Pair, PairMeta
from encode.prompts.grammar import write_prompt
from encode.prompts.parser import ParsedPrompt
from encode.prompts.template import choose_template
from encode.task import Painting, PairRequest, finish

__all__ = ["NormalsTask"]

_COLORS = (ColorEntry("no surface", NO_SURFACE, (0,)),)


class NormalsTask:
    """Surface normals in camera axes."""

    name = "normals"

    def make(self, request: PairRequest) -> Pair:
        """Paint the normals; every frame has them."""
        template = choose_template(request.rng, self.name, request.split)
        painting = Painting(
            target=encode_normals(request.frame.truth.normal),
            prompt=write_prompt(template.tree, request.rng, {}),
            template=template,
            codec=template.codec,
            parameters=NORMAL_PARAMETERS,
            colors=_COLORS,
        )
        return finish(self.name, request, painting)

    def decode(self, rgb: UInt8[np.ndarray, "h w 3"], meta: PairMeta) -> Float32[np.ndarray, "h w 3"]:
        """Unit vectors in camera axes, 0 where there is no surface."""
        return decode_normals(rgb, meta.parameter("min_length"), meta.parameter("max_length"))

    def confidence(self, rgb: UInt8[np.ndarray, "h w 3"], meta: PairMeta) -> Float32[np.ndarray, "h w"]:
        """How near each vector's length is to 1, or its colour to black."""
        return normals_confidence(rgb, meta.parameter("min_length"), meta.parameter("max_length"))

    def score(self, rgb: UInt8[np.ndarray, "h w 3"], frame: Frame, meta: PairMeta) -> dict[str, float]:
        """Angular errors, degrees (encode.metrics.normals)."""
        return normal_metrics(self.decode(rgb, meta), frame.truth.normal)

    def summarise(self, scores: Sequence[dict[str, float]]) -> dict[str, float]:
        """Mean over images."""
        return mean_scores(scores)

    def audit(
        self, frame: Frame, target: UInt8[np.ndarray, "h w 3"], parsed: ParsedPrompt, meta: PairMeta
    ) -> list[str]:
        """Every component must be within half an 8-bit step, and black stand exactly for no surface."""
        problems = meta_problems(meta, colors=_COLORS, parameters=NORMAL_PARAMETERS)
        wrong = ~normals_agree(target, frame.truth.normal)
        if wrong.any():
            y, x = (int(i) for i in np.argwhere(wrong)[0])
            problems.append(
                f"{int(wrong.sum())} normals are off by more than half an 8-bit step: the first, at row {y}, "
                f"column {x}, is {tuple(target[y, x].tolist())} for {frame.truth.normal[y, x].tolist()}"
            )
        return problems
