"""Mean and spread of values that come in parts."""

import math
from dataclasses import dataclass

__all__ = ["Moments"]


@dataclass(slots=True)
class Moments:
    """Number, mean and sum of squared deviations of values, joined as Chan, Golub and LeVeque (1979) do."""

    count: int = 0
    mean: float = 0.0
    squares: float = 0.0

    def add(self, value: float) -> None:
        """Count one value; one that is not finite is not known, and does not count."""
        if math.isfinite(value):
            self.merge(Moments(1, value))

    def merge(self, other: "Moments") -> None:
        """Count another's values."""
        count = self.count + other.count
        if not count:
            return
        step = other.mean - self.mean
        self.squares += other.squares + step * step * self.count * other.count / count
        self.mean += step * other.count / count
        self.count = count

    @property
    def spread(self) -> float:
        """Standard deviation over the values; NaN where there is none."""
        return math.sqrt(self.squares / self.count) if self.count else float("nan")
