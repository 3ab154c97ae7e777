"""The parameters of the family blend."""

from typing import Annotated

from pydantic import AfterValidator, Field, ValidationInfo

from scenes.base import Spec, Unit

__all__ = ["BlendParameters"]

Focal = Annotated[float, Field(ge=12, le=200)]


def _at_least_shortest(longest: float, info: ValidationInfo) -> float:
    if longest < info.data.get("min_focal", 0):
        raise ValueError(f"must be at least min_focal, {info.data['min_focal']:g}")
    return longest


class BlendParameters(Spec):
    """own_light: how often a scene keeps the file's own light as it is; the others vary it.

    min_focal, max_focal: focal lengths in mm, for a sensor 36 mm wide. min_categories: a view must show so many, as
    far as the file has them. max_unlabelled: share of a view that unlabelled objects may fill.
    """

    own_light: Unit = 0.5
    min_focal: Focal = 18.0
    max_focal: Annotated[Focal, Field(validate_default=True), AfterValidator(_at_least_shortest)] = 85.0
    min_categories: Annotated[int, Field(ge=1, le=40)] = 4
    max_unlabelled: Unit = 0.3
