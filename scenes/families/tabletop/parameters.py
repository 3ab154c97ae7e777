"""What a configuration may say about tabletop scenes."""

from typing import Annotated

from pydantic import AfterValidator, Field, field_validator

from scenes.base import Spec, Unit
from scenes.families.counts import at_least_min_objects

__all__ = ["TabletopParameters"]


class TabletopParameters(Spec):
    """min_objects, max_objects: how many objects on the table; indoor_share: how many scenes stand in a room.

    categories: the only ones to put on the table; empty for all.
    """

    min_objects: Annotated[int, Field(ge=1, le=40)] = 6
    max_objects: Annotated[int, Field(ge=1, le=40, validate_default=True), AfterValidator(at_least_min_objects)] = 16
    indoor_share: Unit = 0.7
    categories: tuple[str, ...] = ()

    @field_validator("categories")
    @classmethod
    def _known(cls, names: tuple[str, ...]) -> tuple[str, ...]:
        if not names:
            return names
        from scenes.catalog import small_categories  # lazy: it imports every object

        unknown = sorted(set(names) - set(small_categories()))
        if unknown:
            raise ValueError(f"must be among {', '.join(small_categories())}, and {', '.join(unknown)} is not")
        return names
