"""Depth codecs: metres to colours and back, with the exact error that 8 bits allow."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from functools import cached_property
from typing import Protocol

import numpy as np
from jaxtyping import Bool, Float, Float32, Float64, UInt8

from encode.check import check_depth, check_rgb
from encode.depth.inverse_depth import InverseDepthCodec
from encode.depth.scale import SCALE_NAMES, ColorScale, get_scale, near_scale
from encode.depth.transform import DepthTransform, LogTransform, Transform
from encode.errors import CodecError
from encode.metrics.depth import Alignment
from encode.pair import RGB, CodecParameter

__all__ = ["DEPTH_CODECS", "RELATIVE", "DepthCodec", "ScaleCodec", "codec_of_image", "depth_codec", "row_chunks"]

# Codecs that span the depths of one image, with their parameters.
_SPANS = {
    "inverse-gray": ("inverse_far", "inverse_near"),
    "log-gray": ("low", "high"),
    "relative-log-gray": ("low", "high"),
}

#: Every depth codec: five over all depths, and three greys that span an image.
DEPTH_CODECS = (*SCALE_NAMES, *_SPANS)

#: Codecs whose prompts name no metres, and of what depth their answers are known up to scale and shift.
RELATIVE: dict[str, Alignment] = {"inverse-gray": "inverse", "relative-log-gray": "log"}

# The roundings of f itself, in double precision, near 1.
_SLACK = 1e-12

# Pixels that are worked on at once, so that float64 arrays stay in the cache.
_CHUNK = 1 << 14


class DepthCodec(Protocol):
    """What every depth codec offers."""

    @property
    def name(self) -> str:
        """Name in `meta.json`."""

    @property
    def parameters(self) -> tuple[CodecParameter, ...]:
        """The parameters that decoding needs besides the name."""

    @property
    def no_surface(self) -> RGB:
        """Colour of infinite depth; log depth gives it to its far end too."""

    def encode(self, depth: Float[np.ndarray, "h w"]) -> UInt8[np.ndarray, "h w 3"]:
        """Paint metres; raises ArrayError for NaN or negative depth."""

    def decode(self, rgb: UInt8[np.ndarray, "h w 3"]) -> Float32[np.ndarray, "h w"]:
        """Read metres back from any colours.

        +inf where the colour of infinity is the nearest; log depth is clamped, so that its white is the far end.
        """

    def confidence(self, rgb: UInt8[np.ndarray, "h w 3"]) -> Float32[np.ndarray, "h w"]:
        """1 for colours of the scale, falling to 0 at OFF_SCALE away from it."""

    def agrees(self, rgb: UInt8[np.ndarray, "h w 3"], depth: Float[np.ndarray, "h w"]) -> Bool[np.ndarray, "h w"]:
        """True where the colour is on the scale and within half a quantisation step of `depth`."""

    def quantisation_bound(self, depth: Float[np.ndarray, "h w"]) -> Float64[np.ndarray, "h w"]:
        """Largest error in metres that the exact painting of each depth may decode with."""


@dataclass(frozen=True)
class ScaleCodec:
    """A colour scale over a transform of depth.

    called: name of the codec where it is not the scale's.
    """

    scale: ColorScale
    transform: Transform = field(default_factory=DepthTransform)
    called: str = ""

    @property
    def name(self) -> str:
        """Name in `meta.json`."""
        return self.called or self.scale.name

    @property
    def parameters(self) -> tuple[CodecParameter, ...]:
        """Those of the transform."""
        return self.transform.parameters

    @property
    def no_surface(self) -> RGB:
        """The scale's last colour: white for the cube walk and the greys."""
        red, green, blue = self.scale.colors[-1].tolist()
        return red, green, blue

    def encode(self, depth: Float[np.ndarray, "h w"]) -> UInt8[np.ndarray, "h w 3"]:
        """Paint metres; raises ArrayError for NaN or negative depth."""
        check_depth(depth, f"{self.name} encoding")
        flat = np.ascontiguousarray(depth).reshape(-1)
        # One 32-bit gather a pixel, then a copy of each channel: five times faster than gathering rows of three bytes.
        table = np.zeros((len(self.scale.colors), 4), np.uint8)
        table[:, :3] = self.scale.colors
        words = table.view(np.uint32)[:, 0]
        out = np.empty((flat.size, 3), np.uint8)
        for start in range(0, flat.size, _CHUNK):
            part = flat[start : start + _CHUNK]
            cells = self.scale.cells(self.transform.forward(part))
            painted = words[cells].view(np.uint8).reshape(-1, 4)
            for channel in range(3):
                out[start : start + _CHUNK, channel] = painted[:, channel]
        return out.reshape(*depth.shape, 3)

    def decode(self, rgb: UInt8[np.ndarray, "h w 3"]) -> Float32[np.ndarray, "h w"]:
        """Read metres back: nearest colour of the scale, then the inverse of f."""
        check_rgb(rgb, f"{self.name} decoding")
        decoded: Float32[np.ndarray, "h w"] = self._metres.astype(np.float32)[self.scale.nearest(rgb)]
        return decoded

    def confidence(self, rgb: UInt8[np.ndarray, "h w 3"]) -> Float32[np.ndarray, "h w"]:
        """1 for colours of the scale, falling to 0 at OFF_SCALE away from it: a smear between two depths is neither."""
        check_rgb(rgb, f"{self.name} decoding")
        return near_scale(rgb - self.scale.colors[self.scale.nearest(rgb)].astype(np.float32))

    def agrees(self, rgb: UInt8[np.ndarray, "h w 3"], depth: Float[np.ndarray, "h w"]) -> Bool[np.ndarray, "h w"]:
        """True where f of `depth` lies in the cell of exactly this colour, and infinity has the last colour."""
        # Cell -1, of a colour that is not on the scale, reads the last of these, which nothing is between.
        low = np.append(self.scale.edges[:-1] - _SLACK, np.inf)
        high = np.append(self.scale.edges[1:] + _SLACK, -np.inf)
        agreed = np.empty(depth.shape, bool)
        for rows in row_chunks(depth.shape):
            cells, f = self.scale.exact(rgb[rows]), self.transform.forward(depth[rows])
            within = (low[cells] <= f) & (f <= high[cells])
            agreed[rows] = within & (np.isfinite(depth[rows]) | (cells == len(self.scale.colors) - 1))
        return agreed

    def quantisation_bound(self, depth: Float[np.ndarray, "h w"]) -> Float64[np.ndarray, "h w"]:
        """Distance in metres from each depth's decoded value to the farther end of its cell; 0 for +inf read as such.

        +inf for depth that has no bound: finite depth in the last cell of the power transform (over 587 m with the
        standard parameters), which decodes to infinity, and depth outside the ends of the logarithm.
        """
        check_depth(depth, f"{self.name} bound")
        ends = self._ends
        with np.errstate(invalid="ignore"):  # inf - inf, in the last cell
            of_cells = np.fmax(self._metres - ends[:-1], ends[1:] - self._metres)
        bound: Float64[np.ndarray, "h w"] = of_cells[self.scale.cells(self.transform.forward(depth))]
        bound[(depth < ends[0]) | (depth > ends[-1])] = np.inf
        if np.isinf(ends[-1]):
            bound[np.isinf(depth)] = 0.0
        return bound

    @cached_property
    def _metres(self) -> Float64[np.ndarray, " n"]:
        """What each cell decodes to."""
        return self.transform.inverse(self.scale.values)

    @cached_property
    def _ends(self) -> Float64[np.ndarray, " edges"]:
        """Metres of the ends of the cells."""
        return self.transform.inverse(self.scale.edges)


def row_chunks(shape: tuple[int, ...]) -> Iterator[slice]:
    """Yield runs of rows of an image of (height, width), of which float64 arrays stay in the cache."""
    rows = max(1, _CHUNK // max(1, shape[1]))
    for start in range(0, shape[0], rows):
        yield slice(start, start + rows)


def depth_codec(name: str, parameters: Mapping[str, float] | None = None) -> DepthCodec:
    """Return the codec `name` with its parameters: by default lambda and c; those that span an image have no defaults.

    Raises CodecError for an unknown name, and for missing or unknown parameters.
    """
    if name not in DEPTH_CODECS:
        raise CodecError("depth codec", f"one of {', '.join(DEPTH_CODECS)}", repr(name))
    values = dict(parameters or {})
    wanted = _SPANS.get(name, ("c", "lambda"))
    if values.keys() != set(wanted) and (values or name in _SPANS):
        raise CodecError(f"parameters of {name}", f"{sorted(wanted)}", f"{sorted(values)}")
    if name == "inverse-gray":
        return InverseDepthCodec(values["inverse_far"], values["inverse_near"])
    if name in _SPANS:
        return ScaleCodec(get_scale("gray"), LogTransform(values["low"], values["high"]), name)
    return ScaleCodec(get_scale(name), DepthTransform(values["lambda"], values["c"]) if values else DepthTransform())


def codec_of_image(
    name: str, depth: Float[np.ndarray, "h w"], transform: DepthTransform | None = None
) -> DepthCodec | None:
    """Return the codec `name` for an image of this depth; None where it must span the depths and there is no span.

    transform: of the codecs over the power transform, where it is not the standard one. Raises CodecError for an
    unknown name.
    """
    if name == "inverse-gray":
        return InverseDepthCodec.of(depth)
    if name in _SPANS:
        ends = LogTransform.of(depth)
        return None if ends is None else ScaleCodec(get_scale("gray"), ends, name)
    parameters = () if transform is None else transform.parameters
    return depth_codec(name, {parameter.name: parameter.value for parameter in parameters})
