"""The parameters of the family shapes."""

from typing import Annotated

from pydantic import AfterValidator, Field

from scenes.base import Spec, Unit
from scenes.families.counts import at_least_min_objects

__all__ = ["ShapesParameters"]


class ShapesParameters(Spec):
    """min_objects, max_objects: how many solids; sky_share: how often a sky lights them, else a studio."""

    min_objects: Annotated[int, Field(ge=2, le=24)] = 4
    max_objects: Annotated[int, Field(ge=2, le=24, validate_default=True), AfterValidator(at_least_min_objects)] = 10
    sky_share: Unit = 0.5
