"""What all specs share: frozen, strict, finite, and small vectors."""

from typing import Annotated

from pydantic import BaseModel, ConfigDict, Field

__all__ = ["Positive", "Rgb", "Spec", "Unit", "Vec2", "Vec3", "Vec4"]

Unit = Annotated[float, Field(ge=0, le=1)]
Positive = Annotated[float, Field(gt=0)]
Vec2 = tuple[float, float]
Vec3 = tuple[float, float, float]
Vec4 = tuple[float, float, float, float]
Rgb = tuple[Unit, Unit, Unit]


class Spec(BaseModel):
    """A piece of a scene: immutable, refuses unknown fields, NaN and infinity."""

    model_config = ConfigDict(frozen=True, extra="forbid", allow_inf_nan=False)
