"""The depth task."""

from collections.abc import Sequence

import numpy as np
from jaxtyping import Float32, UInt8

from encode.depth.codec import DepthCodec, RelativeCodec, depth_codec
from encode.depth.scale import SCALE_NAMES
from encode.depth.transform import DepthTransform
from encode.draw import choice
from encode.frame import Frame
from encode.meta_audit import meta_problems
from encode.metrics.depth import depth_metrics
from encode.metrics.mean import mean_scores
from encode.pair import ColorEntry, Pair, PairMeta
from encode.prompts.grammar import write_prompt
from encode.prompts.parser import ParsedPrompt, parameters_note
from encode.prompts.template import choose_template
from encode.task import Painting, PairRequest, finish

__all__ = ["DepthTask"]

# The cube walk is what is scored in metres; the others are there for variety (ENCODINGS.md).
_OTHERS = ("plasma", "inferno", "viridis", "gray", "inverse-gray")
_CUBE_WALK_SHARE = 0.6

_DEFAULT = DepthTransform()


class DepthTask:
    """Planar depth, in metres on a colour scale or relative in grey.

    transform: other parameters than the default ones are named in the prompt.
    """

    name = "depth"

    def __init__(self, transform: DepthTransform = _DEFAULT) -> None:
        self.transform = transform

    def make(self, request: PairRequest) -> Pair:
        """Paint depth with a codec drawn at random; every frame has depth."""
        codec = self._codec(request)
        kind = "palette" if codec.name in SCALE_NAMES[1:] else codec.name
        template = choose_template(request.rng, self.name, request.split, lambda t: t.codec == kind)
        word = codec.name if codec.name == "gray" else choice(request.rng, (codec.name, codec.name.capitalize()))
        prompt = write_prompt(template.tree, request.rng, {"palette": word})
        if self.transform != _DEFAULT and codec.name in SCALE_NAMES:
            prompt += parameters_note(self.transform.lam, self.transform.c)
        painting = Painting(
            target=codec.encode(request.frame.truth.depth),
            prompt=prompt,
            template=template,
            codec=codec.name,
            parameters=codec.parameters,
            colors=[ColorEntry("no surface", codec.no_surface, (0,))],
        )
        return finish(self.name, request, painting)

    def decode(self, rgb: UInt8[np.ndarray, "h w 3"], meta: PairMeta) -> Float32[np.ndarray, "h w"]:
        """Metres, +inf where there is no surface; from inverse-gray by the span kept in `meta`."""
        return _codec_of(meta).decode(rgb)

    def confidence(self, rgb: UInt8[np.ndarray, "h w 3"], meta: PairMeta) -> Float32[np.ndarray, "h w"]:
        """How near each colour is to the colour scale."""
        return _codec_of(meta).confidence(rgb)

    def score(self, rgb: UInt8[np.ndarray, "h w 3"], frame: Frame, meta: PairMeta) -> dict[str, float]:
        """Metrics of encode.metrics.depth; relative codecs have the aligned ones alone."""
        return depth_metrics(self.decode(rgb, meta), frame.truth.depth, relative=meta.codec == "inverse-gray")

    def summarise(self, scores: Sequence[dict[str, float]]) -> dict[str, float]:
        """Mean over images, as the depth benchmarks do."""
        return mean_scores(scores)

    def audit(
        self, frame: Frame, target: UInt8[np.ndarray, "h w 3"], parsed: ParsedPrompt, meta: PairMeta
    ) -> list[str]:
        """Every pixel must be within half a quantisation step of the truth, in the codec that the prompt names."""
        codec = self._prompted(frame, parsed)
        if codec is None:
            return ["the frame has no depth range that inverse-gray could show"]
        colors = [ColorEntry("no surface", codec.no_surface, (0,))]
        return meta_problems(meta, colors=colors, parameters=codec.parameters) + _disagreements(
            codec, target, frame.truth.depth
        )

    def _codec(self, request: PairRequest) -> DepthCodec:
        rng = request.rng
        name = "cube-walk" if rng.random() < _CUBE_WALK_SHARE else choice(rng, _OTHERS)
        if name == "inverse-gray":
            relative = RelativeCodec.of(request.frame.truth.depth)
            if relative is not None:
                return relative
            name = "gray"  # one flat wall, or nothing but sky: there is no span to show
        return depth_codec(name, {p.name: p.value for p in self.transform.parameters})

    def _prompted(self, frame: Frame, parsed: ParsedPrompt) -> DepthCodec | None:
        if parsed.codec == "inverse-gray":
            return RelativeCodec.of(frame.truth.depth)
        return depth_codec(parsed.codec, {p.name: p.value for p in parsed.codec_parameters})


def _codec_of(meta: PairMeta) -> DepthCodec:
    return depth_codec(meta.codec, {p.name: p.value for p in meta.codec_parameters})


def _disagreements(
    codec: DepthCodec, target: UInt8[np.ndarray, "h w 3"], depth: Float32[np.ndarray, "h w"]
) -> list[str]:
    wrong = ~codec.agrees(target, depth)
    if not wrong.any():
        return []
    y, x = (int(i) for i in np.argwhere(wrong)[0])
    return [
        f"{int(wrong.sum())} pixels are off by more than half a {codec.name} step: "
        f"the first, at row {y}, column {x}, is {tuple(target[y, x].tolist())} for {depth[y, x]} m"
    ]
