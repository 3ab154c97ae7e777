"""The base colour task."""

from collections.abc import Sequence

import numpy as np
from jaxtyping import Float32, UInt8

from encode.albedo.codec import NO_SURFACE, SRGB_PARAMETERS, decode_albedo
from encode.check import check_rgb
from encode.frame import Frame
from encode.meta_audit import meta_problems
from encode.metrics.albedo import albedo_metrics
from encode.metrics.mean import mean_scores
from encode.pair import ColorEntry, Pair, PairMeta
from encode.prompts.grammar import write_prompt
from encode.prompts.parser import ParsedPrompt
from encode.prompts.template import choose_template
from encode.task import Painting, PairRequest, finish

__all__ = ["AlbedoTask"]

_COLORS = (ColorEntry("no surface", NO_SURFACE, (0,)),)


class AlbedoTask:
    """Base colour of every surface, without light and shade."""

    name = "albedo"

    def make(self, request: PairRequest) -> Pair | None:
        """Paint the base colours; None where the frame does not know them."""
        if request.frame.albedo is None:
            return None
        template = choose_template(request.rng, self.name, request.split)
        painting = Painting(
            target=request.frame.albedo.copy(),
            prompt=write_prompt(template.tree, request.rng, {}),
            template=template,
            codec=template.codec,
            parameters=SRGB_PARAMETERS,
            colors=_COLORS,
        )
        return finish(self.name, request, painting)

    def decode(self, rgb: UInt8[np.ndarray, "h w 3"], meta: PairMeta) -> Float32[np.ndarray, "h w 3"]:
        """Linear reflectance in [0, 1]."""
        return decode_albedo(rgb, *(meta.parameter(parameter.name) for parameter in SRGB_PARAMETERS))

    def confidence(self, rgb: UInt8[np.ndarray, "h w 3"], meta: PairMeta) -> Float32[np.ndarray, "h w"]:
        """1 everywhere: every colour is some base colour, so a painted one cannot be told from a wrong one."""
        check_rgb(rgb, "albedo decoding")
        return np.ones(rgb.shape[:2], np.float32)

    def score(self, rgb: UInt8[np.ndarray, "h w 3"], frame: Frame, meta: PairMeta) -> dict[str, float]:
        """Errors of encode.metrics.albedo over the pixels that have a surface; {} where the frame has no truth."""
        check_rgb(rgb, "albedo scoring", frame.truth.shape)
        if frame.albedo is None:
            return {}
        return albedo_metrics(rgb, frame.albedo, frame.truth.instance > 0)

    def summarise(self, scores: Sequence[dict[str, float]]) -> dict[str, float]:
        """Mean over images."""
        return mean_scores(scores)

    def audit(
        self, frame: Frame, target: UInt8[np.ndarray, "h w 3"], parsed: ParsedPrompt, meta: PairMeta
    ) -> list[str]:
        """Every pixel must be the frame's base colour, and black where there is no surface."""
        problems = meta_problems(meta, colors=_COLORS, parameters=SRGB_PARAMETERS)
        if frame.albedo is None:
            return [*problems, "the frame has no base colours"]
        truth = np.where((frame.truth.instance > 0)[..., None], frame.albedo, np.array(NO_SURFACE, np.uint8))
        wrong = (target != truth).any(-1)
        if wrong.any():
            y, x = (int(i) for i in np.argwhere(wrong)[0])
            problems.append(
                f"{int(wrong.sum())} base colours are wrong: the first, at row {y}, column {x}, is "
                f"{tuple(target[y, x].tolist())} for {tuple(truth[y, x].tolist())}"
            )
        return problems
