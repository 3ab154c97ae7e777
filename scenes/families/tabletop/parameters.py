"""What a configuration may say about tabletop scenes."""

from typing import Annotated

from pydantic import Field, model_validator

from scenes.base import Spec, Unit
from scenes.catalog import catalog

__all__ = ["TabletopParameters"]


class TabletopParameters(Spec):
    """min_objects, max_objects: how many things on the table; indoor_share: how many scenes stand in a room.

    categories: the only ones to put on the table; empty for all.
    """

    min_objects: Annotated[int, Field(ge=1, le=40)] = 6
    max_objects: Annotated[int, Field(ge=1, le=40)] = 16
    indoor_share: Unit = 0.7
    categories: tuple[str, ...] = ()

    @model_validator(mode="after")
    def _sensible(self) -> "TabletopParameters":
        if self.min_objects > self.max_objects:
            raise ValueError("min_objects is over max_objects")
        unknown = sorted(set(self.categories) - set(catalog()))
        if unknown:
            raise ValueError(f"no such categories: {', '.join(unknown)}; there are {', '.join(catalog())}")
        return self
