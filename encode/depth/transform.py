"""The transforms from metres to 0..1 that colour scales paint: the power transform, and the logarithm between two ends.

Power (Vision Banana, arXiv:2604.20329): f(d) = 1 - (1 - d / (lambda c))^(lambda + 1), with lambda = -3 and c = 10/3:
f = 1 - (1 + d/10)^-2. Logarithm: f(d) = log(d / low) / log(high / low), clamped to 0..1.
"""

from dataclasses import dataclass
from math import log
from typing import Protocol

import numpy as np
from jaxtyping import Float, Float64

from encode.errors import CodecError
from encode.pair import CodecParameter

__all__ = ["LOG_QUANTILES", "DepthTransform", "LogTransform", "Transform"]

#: Shares of the surface pixels, by depth, between which Marigold paints, and Marigold V2 scores, log depth.
LOG_QUANTILES = (0.02, 0.98)


class Transform(Protocol):
    """A map of depth to [0, 1] that never decreases."""

    @property
    def parameters(self) -> tuple[CodecParameter, ...]:
        """As `meta.json` keeps them."""

    def forward(self, depth: Float[np.ndarray, "*n"]) -> Float64[np.ndarray, "*n"]:
        """Return f of metres, +inf included."""

    def inverse(self, f: Float[np.ndarray, "*n"]) -> Float64[np.ndarray, "*n"]:
        """Return the metres of f in [0, 1]."""


@dataclass(frozen=True, slots=True)
class DepthTransform:
    """Strictly increasing map of [0, inf] metres onto [0, 1].

    lam must be under -1 and c positive, else f is not bounded by 1 and infinity has no colour.
    """

    lam: float = -3.0
    c: float = 10.0 / 3.0

    def __post_init__(self) -> None:
        if not (np.isfinite(self.lam) and np.isfinite(self.c) and self.lam < -1 and self.c > 0):
            raise CodecError("depth transform", "lambda < -1 and c > 0", f"lambda {self.lam}, c {self.c}")

    @property
    def parameters(self) -> tuple[CodecParameter, ...]:
        """As `meta.json` keeps them."""
        return CodecParameter("lambda", self.lam), CodecParameter("c", self.c)

    def forward(self, depth: Float[np.ndarray, "*n"]) -> Float64[np.ndarray, "*n"]:
        """Return f of metres; float64, since at 100 m one ulp of float32 is a visible share of an 8-bit step."""
        base = np.multiply(depth, -1.0 / (self.lam * self.c), dtype=np.float64)
        base += 1.0
        if self.lam == -3.0:  # a square and a division are 20 times faster than a power
            np.multiply(base, base, out=base)
            np.divide(1.0, base, out=base)  # np.reciprocal has no SIMD loop and takes twice as long
        else:
            base **= self.lam + 1.0
        f: Float64[np.ndarray, "*n"] = np.subtract(1.0, base, out=base)
        return f

    def inverse(self, f: Float[np.ndarray, "*n"]) -> Float64[np.ndarray, "*n"]:
        """Return the metres of f in [0, 1]; 1 gives +inf."""
        rest = 1.0 - np.asarray(f, np.float64)
        with np.errstate(divide="ignore"):
            metres: Float64[np.ndarray, "*n"] = self.lam * self.c * (1.0 - rest ** (1.0 / (self.lam + 1.0)))
        return metres


@dataclass(frozen=True, slots=True)
class LogTransform:
    """The logarithm of depth from 0 at `low` to 1 at `high` metres; what lies outside, +inf too, is clamped."""

    low: float
    high: float

    def __post_init__(self) -> None:
        if not 0 < self.low < self.high < np.inf:
            raise CodecError("log depth", "0 < low < high", f"low {self.low}, high {self.high}")

    @classmethod
    def of(cls, depth: Float[np.ndarray, "h w"]) -> "LogTransform | None":
        """Return the one from the 2 % to the 98 % quantile of the surfaces' depths, in three digits.

        None where there is no such range: one flat wall, or nothing but sky.
        """
        surfaces = depth[np.isfinite(depth) & (depth > 0)].astype(np.float64)
        if not surfaces.size:
            return None
        low, high = (float(f"{end:.3g}") for end in np.quantile(surfaces, LOG_QUANTILES))
        return cls(low, high) if low < high else None

    def widened(self) -> "LogTransform":
        """Return the next wider range whose ends are 1, 2 or 5 times a power of ten."""
        ends = [float(f"{digit}e{power}") for power in range(-6, 10) for digit in (1, 2, 5)]
        return LogTransform(
            max((end for end in ends if end <= self.low), default=self.low),
            min((end for end in ends if end >= self.high), default=self.high),
        )

    @property
    def parameters(self) -> tuple[CodecParameter, ...]:
        """Both ends, in metres."""
        return CodecParameter("low", self.low), CodecParameter("high", self.high)

    def forward(self, depth: Float[np.ndarray, "*n"]) -> Float64[np.ndarray, "*n"]:
        """Return f of metres."""
        inside = np.clip(depth, self.low, self.high, dtype=np.float64)
        f: Float64[np.ndarray, "*n"] = np.clip(np.log(inside / self.low) / log(self.high / self.low), 0.0, 1.0)
        return f

    def inverse(self, f: Float[np.ndarray, "*n"]) -> Float64[np.ndarray, "*n"]:
        """Return the metres of f in [0, 1], the ends exactly."""
        metres = self.low * (self.high / self.low) ** np.asarray(f, np.float64)
        return np.clip(metres, self.low, self.high)
