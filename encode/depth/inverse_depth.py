"""Relative inverse depth in grey, near is bright: known up to scale and shift, and scored after both."""

from dataclasses import dataclass

import numpy as np
from jaxtyping import Bool, Float, Float32, Float64, UInt8

from encode.check import check_depth, check_rgb
from encode.depth.scale import near_scale
from encode.errors import CodecError
from encode.formulas.channels import all_channels
from encode.pair import RGB, CodecParameter

__all__ = ["InverseDepthCodec"]

# The roundings of 1/d in double precision.
_SLACK = 1e-12


@dataclass(frozen=True)
class InverseDepthCodec:
    """Inverse depth, white at the nearest surface and black at the farthest (or at infinity), in 256 greys.

    far, near: 1/metres of black and white. They belong to one image, so a model's answer is scored
    after alignment and not in metres.
    """

    far: float
    near: float

    def __post_init__(self) -> None:
        if not 0 <= self.far < self.near < np.inf:
            raise CodecError("inverse-gray", "0 <= inverse_far < inverse_near", f"{self.far} and {self.near}")

    @classmethod
    def of(cls, depth: Float[np.ndarray, "h w"]) -> "InverseDepthCodec | None":
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
        return near_scale(rgb - rgb.mean(-1, keepdims=True, dtype=np.float32))

    def agrees(self, rgb: UInt8[np.ndarray, "h w 3"], depth: Float[np.ndarray, "h w"]) -> Bool[np.ndarray, "h w"]:
        """True where the colour is grey and within half a level of `depth`."""
        grey = all_channels(rgb == rgb[..., :1])
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
