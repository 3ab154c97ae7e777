"""Counts in bins, which add up."""

import numpy as np
from jaxtyping import Float, Float64

__all__ = ["Histogram"]


class Histogram:
    """Counts of values between `edges`; values outside are counted in the first or the last bin."""

    def __init__(self, edges: Float64[np.ndarray, "n"]) -> None:
        self.edges = edges
        self.counts = np.zeros(len(edges) - 1, np.int64)

    def add(self, values: Float[np.ndarray, "*v"]) -> None:
        """Count finite values of any shape."""
        inside = np.clip(values, self.edges[0], self.edges[-1])
        self.counts += np.histogram(inside, self.edges)[0]

    def merge(self, other: "Histogram") -> None:
        """Add another's counts; its edges must be the same."""
        self.counts += other.counts

    def share_below(self, value: float) -> float:
        """The share of all that lies below a value, to a bin; NaN where nothing was counted."""
        total = self.counts.sum()
        if not total:
            return float("nan")
        return float(np.interp(value, self.edges, np.concatenate([[0], np.cumsum(self.counts)])) / total)

    def quantile(self, share: float) -> float:
        """The value below which `share` of all lie, to a bin; NaN where nothing was counted."""
        total = self.counts.sum()
        if not total:
            return float("nan")
        return float(np.interp(share * total, np.concatenate([[0], np.cumsum(self.counts)]), self.edges))
