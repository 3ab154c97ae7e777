"""What a user may choose about terrain."""

from typing import Annotated

from pydantic import AfterValidator, Field, ValidationInfo

from scenes.base import Unit
from scenes.families.subject_shares import SubjectShares
from scenes.families.terrain.biomes import BIOMES

__all__ = ["TerrainParameters"]


def _known(names: tuple[str, ...]) -> tuple[str, ...]:
    for name in names:
        if name not in BIOMES:
            raise ValueError(f"choose from {', '.join(BIOMES)}, and {name} is not among them")
    return names


def _not_below(high: float, info: ValidationInfo) -> float:
    if high < info.data.get("min_sun", high):
        raise ValueError(f"must be at least min_sun ({info.data['min_sun']:g})")
    return high


class TerrainParameters(SubjectShares):
    """biomes: which to choose from, all by default. density: of objects, 1 is as in nature.

    min_sun, max_sun: degrees of the sun above the horizon. overcast_share: how often clouds hide it.
    water_share, path_share: how often there is water or a path where the biome may have one.
    hikers: at most so many people on a path.
    haze: how thick the air is, 0 none, 1 as sampled by the biome; it shows in images alone.
    """

    biomes: Annotated[tuple[str, ...], AfterValidator(_known)] = ()
    density: Annotated[float, Field(ge=0.2, le=1.5)] = 1.0
    min_sun: Annotated[float, Field(ge=2, le=85)] = 5.0
    max_sun: Annotated[float, Field(ge=2, le=85, validate_default=True), AfterValidator(_not_below)] = 62.0
    overcast_share: Unit = 0.18
    water_share: Unit = 0.35
    path_share: Unit = 0.6
    hikers: Annotated[int, Field(ge=0, le=12)] = 3
    haze: Annotated[float, Field(ge=0, le=4)] = 1.0
