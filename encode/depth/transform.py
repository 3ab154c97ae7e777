"""The power transform from metres to 0..1 (Vision Banana, arXiv:2604.20329).

f(d) = 1 - (1 - d / (lambda c))^(lambda + 1), with lambda = -3 and c = 10/3: f = 1 - (1 + d/10)^-2.
"""

from dataclasses import dataclass

import numpy as np
from jaxtyping import Float, Float64

from encode.errors import CodecError
from encode.pair import CodecParameter

__all__ = ["DepthTransform"]


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
