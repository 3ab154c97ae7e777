"""What all of scenes shares: the base class of specs, small vectors, and the error for the user."""

from typing import Annotated

from pydantic import BaseModel, ConfigDict, Field

__all__ = ["Positive", "Rgb", "SceneError", "Spec", "Unit", "Vec2", "Vec3", "Vec4"]

Unit = Annotated[float, Field(ge=0, le=1)]
Positive = Annotated[float, Field(gt=0)]
Vec2 = tuple[float, float]
Vec3 = tuple[float, float, float]
Vec4 = tuple[float, float, float, float]
Rgb = tuple[Unit, Unit, Unit]


class Spec(BaseModel):
    """A piece of a scene: immutable, refuses unknown fields, NaN and infinity."""

    model_config = ConfigDict(frozen=True, extra="forbid", allow_inf_nan=False)


class SceneError(ValueError):
    """A scene, family or category that does not exist or cannot be made; the message is one sentence for a person."""
