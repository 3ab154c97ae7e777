"""Reference bands: between which values a figure is as in published data sets or in photographs (bands.toml)."""

import math
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from types import MappingProxyType

__all__ = ["Band", "load_bands"]


@dataclass(frozen=True, slots=True)
class Band:
    """The values of a figure that are as in the reference, infinite where one side is open.

    reference: what has them, with its figures. source: where those stand.
    """

    figure: str
    low: float
    high: float
    reference: str
    source: str

    def holds(self, value: float) -> bool:
        """Whether a value is within; NaN, of what was not counted, is."""
        return math.isnan(value) or self.low <= value <= self.high

    def note(self, value: float) -> str:
        """The reference, and a mark where the value is out of the band."""
        return f"({self.reference})" if self.holds(value) else f"({self.reference}) OUT OF BAND"


@cache
def load_bands() -> Mapping[str, Band]:
    """The bands by figure."""
    rows = tomllib.loads(files("shards.stats").joinpath("bands.toml").read_text("utf-8"))["band"]
    bands = (
        Band(row["figure"], row.get("low", -math.inf), row.get("high", math.inf), row["reference"], row["source"])
        for row in rows
    )
    return MappingProxyType({band.figure: band for band in bands})
