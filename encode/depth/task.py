"""The depth task."""

from collections.abc import Sequence

import numpy as np
from jaxtyping import Float32, UInt8

from encode.depth.codec import DepthCodec, RelativeCodec, depth_codec
from encode.depth.scale import SCALE_NAMES
from encode.depth.transform import DepthTransform
from encode.draw import choice
from encode.frame import Frame
from encode.metrics.depth import depth_metrics
from encode.metrics.mean import mean_scores
from encode.pair import CodecParameter, Decoding, Pair, PairMeta, no_surface_entry
from encode.problems import meta_problems, pixel_problems
from encode.prompts.parser import ParsedPrompt, parameters_note
from encode.prompts.template import choose_template
from encode.task import Painting, PairRequest, finish_pair

__all__ = ["DepthTask"]

# The cube walk is scored in metres; the others are for variety.
_OTHERS = ("plasma", "inferno", "viridis", "gray", "inverse-gray")
_CUBE_WALK_SHARE = 0.6

_DEFAULT = DepthTransform()


class DepthTask:
    """Planar depth, in metres on a colour scale or relative in grey.

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
        prompt = template.write(request.rng, {"palette": word})
        if self.transform != _DEFAULT and codec.name in SCALE_NAMES:
            prompt += parameters_note(self.transform.lam, self.transform.c)
        painting = Painting(codec.encode(request.frame.truth.depth), prompt, template, _decoding_by(codec))
        return finish_pair(self.name, request, painting)

    def decoding(self, parsed: ParsedPrompt) -> Decoding:
        """Return the codec that the prompt names; relative depth gets the span from 0 to 1, since prompts have none."""
        relative = parsed.codec == "inverse-gray"
        return _decoding_by(RelativeCodec(0.0, 1.0) if relative else _codec(parsed.codec, parsed.codec_parameters))

    def decode(self, rgb: UInt8[np.ndarray, "h w 3"], meta: PairMeta) -> Float32[np.ndarray, "h w"]:
        """Return metres, +inf where there is no surface; from inverse-gray by the span kept in `meta`."""
        return _codec(meta.codec, meta.codec_parameters).decode(rgb)

    def confidence(self, rgb: UInt8[np.ndarray, "h w 3"], meta: PairMeta) -> Float32[np.ndarray, "h w"]:
        """Return how near each colour is to the colour scale."""
        return _codec(meta.codec, meta.codec_parameters).confidence(rgb)

    def score(self, rgb: UInt8[np.ndarray, "h w 3"], frame: Frame, meta: PairMeta) -> dict[str, float]:
        """Return `depth_metrics`; relative codecs have the aligned ones alone."""
        return depth_metrics(self.decode(rgb, meta), frame.truth.depth, relative=meta.codec == "inverse-gray")

    def summarise(self, scores: Sequence[dict[str, float]]) -> dict[str, float]:
        """Return the means over images, as the depth benchmarks do."""
        return mean_scores(scores)

    def audit(
        self, frame: Frame, target: UInt8[np.ndarray, "h w 3"], parsed: ParsedPrompt, meta: PairMeta
    ) -> list[str]:
        """Check that every pixel is within half a step of the truth, in the codec that the prompt names."""
        depth = frame.truth.depth
        relative = parsed.codec == "inverse-gray"
        codec = RelativeCodec.of(depth) if relative else _codec(parsed.codec, parsed.codec_parameters)
        if codec is None:
            return ["the frame has no depth range that inverse-gray could show"]
        what = f"pixels are off by more than half a {codec.name} step"
        return meta_problems(meta, _decoding_by(codec)) + pixel_problems(
            ~codec.agrees(target, depth), target, what, lambda y, x: f"{depth[y, x]} m"
        )

    def _draw_codec(self, request: PairRequest) -> DepthCodec:
        rng = request.rng
        name = "cube-walk" if rng.random() < _CUBE_WALK_SHARE else choice(rng, _OTHERS)
        if name == "inverse-gray":
            relative = RelativeCodec.of(request.frame.truth.depth)
            if relative is not None:
                return relative
            name = "gray"  # one flat wall, or nothing but sky: there is no span to show
        return _codec(name, self.transform.parameters)


def _codec(name: str, parameters: Sequence[CodecParameter]) -> DepthCodec:
    return depth_codec(name, {parameter.name: parameter.value for parameter in parameters})


def _decoding_by(codec: DepthCodec) -> Decoding:
    return Decoding(codec.name, codec.parameters, (no_surface_entry(codec.no_surface),))
