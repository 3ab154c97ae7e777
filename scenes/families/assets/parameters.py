"""The parameters of the family assets."""

from typing import Annotated

from pydantic import AfterValidator, Field

from scenes.base import Spec, Unit
from scenes.families.counts import at_least_min_objects

__all__ = ["AssetsParameters"]


class AssetsParameters(Spec):
    """min_objects, max_objects: how many objects; sky_share: how often a sky lights them, else a studio.

    categories: the only ones to show, all where it is empty.
    """

    min_objects: Annotated[int, Field(ge=1, le=40)] = 3
    max_objects: Annotated[int, Field(ge=1, le=40, validate_default=True), AfterValidator(at_least_min_objects)] = 8
    sky_share: Unit = 0.4
    categories: tuple[str, ...] = ()
