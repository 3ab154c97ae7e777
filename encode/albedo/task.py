"""The base colour task."""

from collections.abc import Sequence

import numpy as np
from jaxtyping import Float32, UInt8

from encode.albedo.codec import NO_SURFACE, SRGB_PARAMETERS, decode_albedo
from encode.check import check_rgb
from encode.formulas.channels import any_channel
from encode.frame import Frame
from encode.metrics.albedo import albedo_metrics
from encode.metrics.mean import mean_scores
from encode.pair import Decoding, Pair, PairMeta, no_surface_entry
from encode.problems import meta_problems, pixel_problems
from encode.prompts.parser import ParsedPrompt
from encode.prompts.template import choose_template
from encode.task import Painting, PairRequest, finish_pair

__all__ = ["AlbedoTask"]

_DECODING = Decoding("srgb", SRGB_PARAMETERS, (no_surface_entry(NO_SURFACE),))


class AlbedoTask:
    """Base colour of every surface, without light and shade."""

    name = "albedo"

    def make(self, request: PairRequest) -> Pair | None:
        """Paint the base colours; None where the frame has none."""
        if request.frame.albedo is None:
            return None
        template = choose_template(request.rng, self.name, request.split)
        prompt = template.write(request.rng)
        return finish_pair(self.name, request, Painting(request.frame.albedo.copy(), prompt, template, _DECODING))

    def decoding(self, parsed: ParsedPrompt) -> Decoding:
        """Return the same for every prompt."""
        return _DECODING

    def decode(self, rgb: UInt8[np.ndarray, "h w 3"], meta: PairMeta) -> Float32[np.ndarray, "h w 3"]:
        """Return linear reflectance in [0, 1]."""
        return decode_albedo(rgb, *(meta.parameter(parameter.name) for parameter in SRGB_PARAMETERS))

    def confidence(self, rgb: UInt8[np.ndarray, "h w 3"], meta: PairMeta) -> Float32[np.ndarray, "h w"]:
        """Return 1 everywhere: every colour is some base colour, so a wrong one cannot be recognised."""
        check_rgb(rgb, "albedo decoding")
        return np.ones(rgb.shape[:2], np.float32)

    def score(self, rgb: UInt8[np.ndarray, "h w 3"], frame: Frame, meta: PairMeta) -> dict[str, float]:
        """Return `albedo_metrics` over the pixels that have a surface; {} where the frame has no truth."""
        check_rgb(rgb, "albedo scoring", frame.truth.shape)
        if frame.albedo is None:
            return {}
        return albedo_metrics(rgb, frame.albedo, frame.truth.instance > 0)

    def summarise(self, scores: Sequence[dict[str, float]]) -> dict[str, float]:
        """Return the means over images."""
        return mean_scores(scores)

    def audit(
        self, frame: Frame, target: UInt8[np.ndarray, "h w 3"], parsed: ParsedPrompt, meta: PairMeta
    ) -> list[str]:
        """Check that every pixel is the frame's base colour, and black where there is no surface."""
        problems = meta_problems(meta, _DECODING)
        if frame.albedo is None:
            return [*problems, "the frame has no base colours"]
        truth = np.where((frame.truth.instance > 0)[..., None], frame.albedo, np.array(NO_SURFACE, np.uint8))
        wrong = any_channel(target != truth)
        return problems + pixel_problems(
            wrong, target, "base colours are wrong", lambda y, x: tuple(truth[y, x].tolist())
        )
