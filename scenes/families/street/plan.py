"""The plan of a street: it runs along y, x = 0 is its middle, and one other street may cross it."""

from dataclasses import dataclass

import numpy as np

from scenes import draw
from scenes.families.street.districts import DISTRICTS, District
from scenes.families.street.parameters import StreetParameters

__all__ = ["FAR", "KERB", "LANE", "NEAR", "PAINT", "StreetPlan", "sample_plan"]

KERB = 0.12  # metres that pavements stand over the road
NEAR = (-48.0, 92.0)  # where houses are built in full
FAR = 330.0  # how far the road goes either way
PAINT = 0.004  # metres that markings stand over the road
LANE = 3.1
BAY = 2.1


@dataclass(frozen=True)
class StreetPlan:
    """Widths in metres; `parking` by side (left, right); the crossing street has its middle at y = `cross`."""

    name: str
    district: District
    lanes: int
    parking: tuple[bool, bool]
    pavement: float
    setback: float
    park: int  # the side that is a park: -1, 1, or 0
    cross: float
    cross_half: float  # half its width; 0 where no street crosses
    zebra: float  # y of the middle of a crossing on foot

    def kerb(self, side: int) -> float:
        """Distance of the kerb from the middle of the road."""
        return self.lanes * LANE + (BAY if self.parking[side > 0] else 0.3)

    def fronts(self, side: int) -> float:
        """Distance of the houses from the middle of the road."""
        return self.kerb(side) + self.pavement + self.setback

    def near_crossing(self, y: float, half: float) -> bool:
        """Whether something `half` metres long either way would stand in the crossing street or on the zebra."""
        in_street = self.cross_half > 0 and abs(y - self.cross) < self.cross_half + half + 1.5
        return in_street or abs(y - self.zebra) < 2.4 + half


def sample_plan(rng: np.random.Generator, parameters: StreetParameters) -> StreetPlan:
    """A street of one of the districts that the parameters allow."""
    names = parameters.settings or tuple(DISTRICTS)
    name = draw.choice(rng, names)
    district = DISTRICTS[name]
    lanes = draw.choice(rng, district.lanes)
    crossed = draw.chance(rng, 0.6)
    cross = draw.choice(rng, [draw.uniform(rng, 18, 60), draw.uniform(rng, -34, -14)])
    half = draw.uniform(rng, 3.2, 4.5) if crossed else 0.0
    toward = -1.0 if cross > 0 else 1.0
    zebra = cross + toward * (half + 4.0) if crossed else draw.uniform(rng, -30, 60)
    return StreetPlan(
        name=name,
        district=district,
        lanes=lanes,
        parking=(draw.chance(rng, 0.8), draw.chance(rng, 0.75)),
        pavement=draw.uniform(rng, *district.pavement),
        setback=draw.uniform(rng, *district.setback),
        park=draw.choice(rng, [-1, 1]) if draw.chance(rng, district.park) else 0,
        cross=cross,
        cross_half=half,
        zebra=zebra,
    )
