"""The depth task."""

from collections.abc import Sequence
from math import e

import numpy as np
from jaxtyping import Float32, UInt8

from encode.depth.codec import RELATIVE, DepthCodec, codec_of_image, depth_codec
from encode.depth.corners import corner_depths
from encode.depth.scale import SCALE_NAMES
from encode.depth.transform import DepthTransform, LogTransform
from encode.draw import choice
from encode.frame import Frame
from encode.metrics.depth import depth_metrics
from encode.metrics.mean import mean_scores
from encode.pair import CodecParameter, Decoding, Pair, PairMeta, no_surface_entry
from encode.problems import meta_problems, pixel_problems
from encode.prompts.parser import ParsedPrompt, number_text, parameters_note
from encode.prompts.template import choose_template
from encode.task import Painting, PairRequest, finish_pair

__all__ = ["DepthTask"]

_LOG_CODECS = ("log-gray", "relative-log-gray")
_OTHERS = ("plasma", "inferno", "viridis", "gray", "inverse-gray")

# Where prompts state a range, the model shall read it and not guess it: half are wider than the image's own.
_WIDENED_SHARE = 0.5

# The parameters of relative codecs that a prompt leaves open: depth then decodes to 1 to +inf, and to 1 to e.
_OPEN = {
    "inverse-gray": {"inverse_far": 0.0, "inverse_near": 1.0},
    "relative-log-gray": {"low": 1.0, "high": e},
}

_DEFAULT = DepthTransform()


class DepthTask:
    """Planar depth: in metres on a colour scale, its logarithm in grey, or relative in grey.

    transform: parameters other than the defaults are named in the prompt.
    """

    name = "depth"

    def __init__(self, transform: DepthTransform = _DEFAULT) -> None:
        self.transform = transform

    def make(self, request: PairRequest) -> Pair:
        """Paint depth with a codec drawn at random; every frame has depth."""
        codec = self._draw_codec(request)
        described = "palette" if codec.name in SCALE_NAMES[1:] else codec.name
        template = choose_template(request.rng, self.name, request.split, lambda t: t.codec == described)
        word = codec.name if codec.name == "gray" else choice(request.rng, (codec.name, codec.name.capitalize()))
        values = {"palette": word, "corners": corner_depths(self.transform)}
        values |= {parameter.name: number_text(parameter.value) for parameter in codec.parameters}
        prompt = template.write(request.rng, values)
        if self.transform != _DEFAULT and codec.name in SCALE_NAMES:
            prompt += parameters_note(self.transform.lam, self.transform.c)
        painting = Painting(codec.encode(request.frame.truth.depth), prompt, template, _decoding_by(codec))
        return finish_pair(self.name, request, painting)

    def decoding(self, parsed: ParsedPrompt) -> Decoding:
        """Return the codec that the prompt names; relative depth decodes to 1 to +inf, log depth to 1 to e."""
        if parsed.codec in RELATIVE:
            return _decoding_by(depth_codec(parsed.codec, _OPEN[parsed.codec]))
        return _decoding_by(_codec(parsed.codec, parsed.codec_parameters))

    def decode(self, rgb: UInt8[np.ndarray, "h w 3"], meta: PairMeta) -> Float32[np.ndarray, "h w"]:
        """Return metres, +inf where there is no surface (in log depth the far end); spans are those kept in `meta`."""
        return _codec(meta.codec, meta.codec_parameters).decode(rgb)

    def confidence(self, rgb: UInt8[np.ndarray, "h w 3"], meta: PairMeta) -> Float32[np.ndarray, "h w"]:
        """Return how near each colour is to the colour scale."""
        return _codec(meta.codec, meta.codec_parameters).confidence(rgb)

    def score(self, rgb: UInt8[np.ndarray, "h w 3"], frame: Frame, meta: PairMeta) -> dict[str, float]:
        """Return `depth_metrics`; relative codecs have the aligned ones alone."""
        return depth_metrics(self.decode(rgb, meta), frame.truth.depth, relative=RELATIVE.get(meta.codec))

    def summarise(self, scores: Sequence[dict[str, float]]) -> dict[str, float]:
        """Return the means over images, as the depth benchmarks do."""
        return mean_scores(scores)

    def audit(
        self, frame: Frame, target: UInt8[np.ndarray, "h w 3"], parsed: ParsedPrompt, meta: PairMeta
    ) -> list[str]:
        """Check that every pixel is within half a step of the truth, in the codec that the prompt names."""
        depth = frame.truth.depth
        if parsed.codec in RELATIVE:
            codec = codec_of_image(parsed.codec, depth)
        else:
            codec = _codec(parsed.codec, parsed.codec_parameters)
        if codec is None:
            return [f"the frame has no depth range that {parsed.codec} could show"]
        what = f"pixels are off by more than half a {codec.name} step"
        return meta_problems(meta, _decoding_by(codec)) + pixel_problems(
            ~codec.agrees(target, depth), target, what, lambda y, x: f"{depth[y, x]} m"
        )

    def _draw_codec(self, request: PairRequest) -> DepthCodec:
        depth = request.frame.truth.depth
        name = _draw_name(request)
        codec = codec_of_image(name, depth, self.transform)
        if codec is None:  # one flat wall, or nothing but sky: there is no span to show
            return _codec("gray", self.transform.parameters)
        if name == "log-gray" and request.rng.random() < _WIDENED_SHARE:
            low, high = (parameter.value for parameter in codec.parameters)
            return _codec(name, LogTransform(low, high).widened().parameters)
        return codec


def _draw_name(request: PairRequest) -> str:
    rng, shares = request.rng, request.shares
    if rng.random() < shares.cube_walk_share:
        return "cube-walk"
    return choice(rng, _LOG_CODECS if rng.random() < shares.log_depth_share else _OTHERS)


def _codec(name: str, parameters: Sequence[CodecParameter]) -> DepthCodec:
    return depth_codec(name, {parameter.name: parameter.value for parameter in parameters})


def _decoding_by(codec: DepthCodec) -> Decoding:
    return Decoding(codec.name, codec.parameters, (no_surface_entry(codec.no_surface),))
