"""Depth codecs: metres to colours and back, with the exact error that 8 bits allow."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Protocol

import numpy as np
from jaxtyping import Bool, Float, Float32, Float64, UInt8

from encode.check import check_depth, check_rgb
from encode.depth.scale import SCALE_NAMES, ColorScale, get_scale
from encode.depth.transform import DepthTransform
from encode.errors import CodecError
from encode.pair import RGB, CodecParameter

__all__ = ["DEPTH_CODECS", "OFF_SCALE", "DepthCodec", "MetricCodec", "RelativeCodec", "depth_codec"]

#: Every depth codec: five metric ones, and relative inverse depth in grey.
DEPTH_CODECS = (*SCALE_NAMES, "inverse-gray")

#: Euclidean distance (0-255) from a colour scale at which a pixel's depth is no longer to be trusted at all: half of an
#: 8-bit edge of the colour cube, from where the nearest point of the walk may as well be another edge's.
OFF_SCALE = 128.0

# The roundings of f itself, in double precision, near 1.
_SLACK = 1e-12

# Rows of pixels encoded at once; the float64 work arrays of a chunk stay in the cache.
_CHUNK = 1 << 14


class DepthCodec(Protocol):
    """What every depth codec offers."""

    @property
    def name(self) -> str:
        """Name in `meta.json`."""

    @property
    def parameters(self) -> tuple[CodecParameter, ...]:
        """All that decoding needs beside the name."""

    @property
    def no_surface(self) -> RGB:
        """Colour of infinite depth."""

    def encode(self, depth: Float[np.ndarray, "h w"]) -> UInt8[np.ndarray, "h w 3"]:
        """Paint metres; raises ArrayError for NaN or negative depth."""

    def decode(self, rgb: UInt8[np.ndarray, "h w 3"]) -> Float32[np.ndarray, "h w"]:
        """Read metres back from any colours, +inf where the colour of infinity is the nearest."""

    def confidence(self, rgb: UInt8[np.ndarray, "h w 3"]) -> Float32[np.ndarray, "h w"]:
        """1 for colours of the scale, falling to 0 at OFF_SCALE away from it."""

    def agrees(self, rgb: UInt8[np.ndarray, "h w 3"], depth: Float[np.ndarray, "h w"]) -> Bool[np.ndarray, "h w"]:
        """True where the colour is on the scale and within half a quantisation step of `depth`."""

    def quantisation_bound(self, depth: Float[np.ndarray, "h w"]) -> Float64[np.ndarray, "h w"]:
        """Largest error in metres that the exact painting of each depth may decode with."""


@dataclass(frozen=True)
class MetricCodec:
    """A colour scale over f(d): decodes to metres with no knowledge of the image."""

    scale: ColorScale
    transform: DepthTransform = field(default_factory=DepthTransform)

    @property
    def name(self) -> str:
        """Name in `meta.json`."""
        return self.scale.name

    @property
    def parameters(self) -> tuple[CodecParameter, ...]:
        """lambda and c."""
        return self.transform.parameters

    @property
    def no_surface(self) -> RGB:
        """The scale's last colour: white for the cube walk."""
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
        metres = self.transform.inverse(self.scale.values).astype(np.float32)
        decoded: Float32[np.ndarray, "h w"] = metres[self.scale.nearest(rgb)]
        return decoded

    def confidence(self, rgb: UInt8[np.ndarray, "h w 3"]) -> Float32[np.ndarray, "h w"]:
        """1 for colours of the scale, falling to 0 at OFF_SCALE away from it: a smear between two depths is neither."""
        check_rgb(rgb, f"{self.name} decoding")
        return _near_scale(rgb - self.scale.colors[self.scale.nearest(rgb)].astype(np.float32))

    def agrees(self, rgb: UInt8[np.ndarray, "h w 3"], depth: Float[np.ndarray, "h w"]) -> Bool[np.ndarray, "h w"]:
        """True where f of `depth` lies in the cell of exactly this colour, and infinity has the last colour."""
        cells = self.scale.nearest(rgb)
        on_scale = (self.scale.colors[cells] == rgb).all(-1)
        f = self.transform.forward(depth)
        inside = (self.scale.edges[cells] - _SLACK <= f) & (f <= self.scale.edges[cells + 1] + _SLACK)
        agreed: Bool[np.ndarray, "h w"] = on_scale & inside & (~np.isinf(depth) | (cells == len(self.scale.colors) - 1))
        return agreed

    def quantisation_bound(self, depth: Float[np.ndarray, "h w"]) -> Float64[np.ndarray, "h w"]:
        """Distance in metres from each depth's decoded value to the farther end of its cell; 0 for +inf.

        +inf for finite depth in the last cell (over 587 m with the standard parameters), which decodes to infinity.
        """
        check_depth(depth, f"{self.name} bound")
        cells = self.scale.cells(self.transform.forward(depth))
        middle = self.transform.inverse(self.scale.values)[cells]
        with np.errstate(invalid="ignore"):  # inf - inf, in the last cell
            low = middle - self.transform.inverse(self.scale.edges[:-1])[cells]
            high = self.transform.inverse(self.scale.edges[1:])[cells] - middle
        bound = np.fmax(low, high)
        return np.where(np.isinf(depth), 0.0, bound)


@dataclass(frozen=True)
class RelativeCodec:
    """Inverse depth, white at the nearest surface and black at the farthest (or at infinity), in 256 greys.

    far, near: 1/metres that black and white stand for. They belong to one image, so a model's answer is scored
    after alignment and not in metres.
    """

    far: float
    near: float

    def __post_init__(self) -> None:
        if not 0 <= self.far < self.near < np.inf:
            raise CodecError("inverse-gray", "0 <= inverse_far < inverse_near", f"{self.far} and {self.near}")

    @classmethod
    def of(cls, depth: Float[np.ndarray, "h w"]) -> "RelativeCodec | None":
        """Codec that spans the depths of one image (infinity makes black exactly 0); None where it has no span."""
        check_depth(depth, "inverse-gray range")
        surfaces = depth[depth > 0]
        if not surfaces.size or np.isinf(surfaces.min()):
            return None
        near, far = 1 / float(surfaces.min()), 1 / float(surfaces.max())
        return cls(far, near) if np.isfinite(near) and far < near else None

    @property
    def name(self) -> str:
        """Name in `meta.json`."""
        return "inverse-gray"

    @property
    def parameters(self) -> tuple[CodecParameter, ...]:
        """inverse_far and inverse_near, in 1/m."""
        return CodecParameter("inverse_far", self.far), CodecParameter("inverse_near", self.near)

    @property
    def no_surface(self) -> RGB:
        """Black."""
        return 0, 0, 0

    def encode(self, depth: Float[np.ndarray, "h w"]) -> UInt8[np.ndarray, "h w 3"]:
        """Paint metres; depths beyond the span take its end colours."""
        check_depth(depth, "inverse-gray encoding")
        level = np.rint(np.clip(self._position(depth), 0, 1) * 255).astype(np.uint8)
        return np.repeat(level[..., None], 3, -1)

    def decode(self, rgb: UInt8[np.ndarray, "h w 3"]) -> Float32[np.ndarray, "h w"]:
        """Read metres back from the mean of the channels (the projection on the grey axis)."""
        check_rgb(rgb, "inverse-gray decoding")
        with np.errstate(divide="ignore"):
            metres = 1 / self._inverse(rgb.mean(-1) / 255)
        return np.asarray(metres, np.float32)

    def confidence(self, rgb: UInt8[np.ndarray, "h w 3"]) -> Float32[np.ndarray, "h w"]:
        """1 for greys, falling to 0 at OFF_SCALE away from the grey axis."""
        check_rgb(rgb, "inverse-gray decoding")
        return _near_scale(rgb - rgb.mean(-1, keepdims=True, dtype=np.float32))

    def agrees(self, rgb: UInt8[np.ndarray, "h w 3"], depth: Float[np.ndarray, "h w"]) -> Bool[np.ndarray, "h w"]:
        """True where the colour is grey and within half a level of `depth`."""
        grey = (rgb == rgb[..., :1]).all(-1)
        error = np.abs(rgb[..., 0] - self._position(depth) * 255)
        agreed: Bool[np.ndarray, "h w"] = grey & (error <= 0.5 + 255 * _SLACK)
        return agreed

    def quantisation_bound(self, depth: Float[np.ndarray, "h w"]) -> Float64[np.ndarray, "h w"]:
        """Distance in metres from each depth's decoded value to the farther end of its grey level; 0 for +inf.

        +inf for finite depth that decodes to infinity, and for depth outside the span.
        """
        check_depth(depth, "inverse-gray bound")
        position = self._position(depth)
        level = np.rint(np.clip(position, 0, 1) * 255)
        with np.errstate(divide="ignore", invalid="ignore"):
            middle = 1 / self._inverse(level / 255)
            low = middle - 1 / self._inverse((level + 0.5) / 255)
            high = 1 / self._inverse(np.maximum(level - 0.5, 0) / 255) - middle
        outside = (position < -_SLACK) | (position > 1 + _SLACK)
        bound = np.where(outside, np.inf, np.fmax(low, high))
        return np.where(np.isinf(depth) & (self.far == 0), 0.0, bound)

    def _position(self, depth: Float[np.ndarray, "*n"]) -> Float64[np.ndarray, "*n"]:
        with np.errstate(divide="ignore"):
            inverse: Float64[np.ndarray, "*n"] = 1 / depth.astype(np.float64)
        position: Float64[np.ndarray, "*n"] = (inverse - self.far) / (self.near - self.far)
        return position

    def _inverse(self, position: Float64[np.ndarray, "*n"]) -> Float64[np.ndarray, "*n"]:
        inverse: Float64[np.ndarray, "*n"] = position * (self.near - self.far) + self.far
        return inverse


def _near_scale(offset: Float32[np.ndarray, "h w 3"]) -> Float32[np.ndarray, "h w"]:
    """Confidence of colours that are this far from their nearest colour on the scale."""
    distance = np.sqrt(np.einsum("hwc,hwc->hw", offset, offset))
    near: Float32[np.ndarray, "h w"] = np.maximum(1 - distance / np.float32(OFF_SCALE), np.float32(0))
    return near


def depth_codec(name: str, parameters: Mapping[str, float] | None = None) -> MetricCodec | RelativeCodec:
    """Return the codec `name` with its parameters (lambda and c by default; inverse-gray has no defaults).

    Raises CodecError for an unknown name, and for missing or unknown parameters.
    """
    if name not in DEPTH_CODECS:
        raise CodecError("depth codec", f"one of {', '.join(DEPTH_CODECS)}", repr(name))
    given = dict(parameters or {})
    wanted = {"inverse_far", "inverse_near"} if name == "inverse-gray" else {"lambda", "c"}
    if given.keys() != wanted and (given or name == "inverse-gray"):
        raise CodecError(f"parameters of {name}", f"{sorted(wanted)}", f"{sorted(given)}")
    if name == "inverse-gray":
        return RelativeCodec(given["inverse_far"], given["inverse_near"])
    transform = DepthTransform(given["lambda"], given["c"]) if given else DepthTransform()
    return MetricCodec(get_scale(name), transform)
