"""What a configuration may say about street scenes."""

from typing import Annotated

from pydantic import Field, field_validator, model_validator

from scenes.base import Unit
from scenes.families.street.districts import DISTRICTS
from scenes.families.subject_shares import SubjectShares

__all__ = ["StreetParameters"]


class StreetParameters(SubjectShares):
    """Where the street lies, how full it is, and the light.

    settings: the kinds of street to draw from; empty for all. parked: share of the kerb taken by parked vehicles.
    moving: at most so many vehicles in the lanes. people: at most so many, on foot or seated.
    riders: at most so many, on bicycles on the road. greenery: how often a
    tree stands where one could. overcast_share, dusk_share, night_share: how often the sky is grey, the sun just under
    the horizon, or long gone; the rest is sun.
    """

    settings: tuple[str, ...] = ()
    parked: Unit = 0.5
    moving: Annotated[int, Field(ge=0, le=8)] = 3
    people: Annotated[int, Field(ge=0, le=60)] = 14
    riders: Annotated[int, Field(ge=0, le=8)] = 2
    greenery: Unit = 0.6
    overcast_share: Unit = 0.22
    dusk_share: Unit = 0.1
    night_share: Unit = 0.08

    @field_validator("settings")
    @classmethod
    def _known(cls, names: tuple[str, ...]) -> tuple[str, ...]:
        unknown = sorted(set(names) - set(DISTRICTS))
        if unknown:
            raise ValueError(f"must be among {', '.join(DISTRICTS)}, and {', '.join(unknown)} is not")
        return names

    @model_validator(mode="after")
    def _shares(self) -> "StreetParameters":
        if self.overcast_share + self.dusk_share + self.night_share > 1:
            got = f"{self.overcast_share:g}, {self.dusk_share:g} and {self.night_share:g}"
            raise ValueError(f"overcast_share, dusk_share and night_share must add up to at most 1, got {got}")
        return self
