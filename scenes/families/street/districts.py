"""Kinds of street: what stands along them, and how wide they are."""

from collections.abc import Mapping
from dataclasses import dataclass
from types import MappingProxyType

__all__ = ["DISTRICTS", "District"]


@dataclass(frozen=True)
class District:
    """Styles of building by weight, ranges in metres, and how often one side is a park."""

    styles: tuple[tuple[str, float], ...]
    frontage: tuple[float, float]
    lanes: tuple[int, ...]  # in each direction
    pavement: tuple[float, float]
    setback: tuple[float, float] = (0.0, 0.0)
    park: float = 0.15
    buses: float = 0.3
    clutter: float = 0.5  # share of the positions at the kerb that are taken


DISTRICTS: Mapping[str, District] = MappingProxyType(
    {
        "terrace": District(
            (("terrace", 0.85), ("townhouse", 0.15)), (11, 18), (1,), (1.9, 2.6), buses=0.1, clutter=0.35
        ),
        "high street": District(
            (("townhouse", 0.72), ("terrace", 0.1), ("block", 0.18)), (8, 15), (1, 1, 2), (2.8, 4.2), clutter=0.65
        ),
        "avenue": District(
            (("block", 0.4), ("office", 0.38), ("townhouse", 0.22)),
            (14, 24),
            (1, 2, 2),
            (3.8, 5.8),
            park=0.25,
            buses=0.5,
        ),
        "suburb": District(
            (("house", 1.0),), (7.5, 10.5), (1,), (1.8, 2.4), (4.5, 7.5), park=0.1, buses=0.05, clutter=0.3
        ),
    }
)
