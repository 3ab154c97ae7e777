"""What a configuration may say about shop scenes."""

from typing import Annotated, Literal, get_args

from pydantic import Field

from scenes.families.subject_shares import SubjectShares

__all__ = ["SHOPS", "Shop", "ShopParameters"]

Shop = Literal["supermarket", "grocer", "bakery", "market"]
SHOPS: tuple[Shop, ...] = get_args(Shop)


class ShopParameters(SubjectShares):
    """shops: which to choose from; fullness: the share of positions on shelves and in crates that are filled.

    customers: at most so many people besides the staff, where they fit.
    """

    shops: Annotated[tuple[Shop, ...], Field(min_length=1)] = SHOPS
    fullness: Annotated[float, Field(ge=0.1, le=1.0)] = 0.9
    customers: Annotated[int, Field(ge=0, le=12)] = 5
