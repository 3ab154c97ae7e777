"""What a configuration may say about warehouse scenes."""

from typing import Annotated, Literal, get_args

from pydantic import Field

from scenes.base import Unit
from scenes.families.subject_shares import SubjectShares

__all__ = ["HALL_KINDS", "HallKind", "WarehouseParameters"]

HallKind = Literal["aisles", "bay", "dock", "workshop", "storeroom"]
HALL_KINDS: tuple[HallKind, ...] = get_args(HallKind)


class WarehouseParameters(SubjectShares):
    """layouts: which to choose from; fullness: the share of positions on racks and floor that are filled.

    workers: at most so many people; none where boxes fall.
    night_share: how many scenes have no daylight; fallen_share: how many have fallen boxes.
    """

    layouts: Annotated[tuple[HallKind, ...], Field(min_length=1)] = HALL_KINDS
    fullness: Annotated[float, Field(ge=0.1, le=1.0)] = 0.75
    workers: Annotated[int, Field(ge=0, le=12)] = 3
    night_share: Unit = 0.2
    fallen_share: Unit = 0.25
