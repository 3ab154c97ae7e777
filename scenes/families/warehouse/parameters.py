"""What a configuration may say about warehouse scenes."""

from typing import Annotated, Literal, get_args

from pydantic import Field

from scenes.base import Spec, Unit

__all__ = ["LAYOUTS", "Layout", "WarehouseParameters"]

Layout = Literal["aisles", "bay", "dock", "workshop", "storeroom"]
LAYOUTS: tuple[Layout, ...] = get_args(Layout)


class WarehouseParameters(Spec):
    """layouts: which to choose from; fullness: the share of places on racks and floor that hold something.

    workers: at most so many people; none where boxes fall.
    night_share: how many scenes have no daylight; fallen_share: how many have boxes that fell, settled by physics.
    """

    layouts: Annotated[tuple[Layout, ...], Field(min_length=1)] = LAYOUTS
    fullness: Annotated[float, Field(ge=0.1, le=1.0)] = 0.75
    workers: Annotated[int, Field(ge=0, le=12)] = 3
    night_share: Unit = 0.2
    fallen_share: Unit = 0.25
