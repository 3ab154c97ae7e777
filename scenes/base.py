"""What all of scenes shares: the base class of specs, small vectors, and the error for the user."""

from typing import Annotated, Any, Self

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

    __slots__ = ("_hash",)  # no field, so that a copy with other values does not inherit it

    def __hash__(self) -> int:
        """Of its fields, worked out once: a person has ten thousand numbers, and is looked up again and again."""
        known: int | None = getattr(self, "_hash", None)
        if known is None:
            known = hash((type(self), *(self.__dict__[name] for name in type(self).__pydantic_fields__)))
            object.__setattr__(self, "_hash", known)
        return known

    def rounded(self) -> Self:
        """The same with every float to 6 significant digits and no finer than a micrometre."""
        return type(self).model_validate(_rounded(self.model_dump()))


class SceneError(ValueError):
    """A scene, family or category that does not exist or cannot be made; the message is one sentence for a person."""


def _rounded(value: Any) -> Any:
    if isinstance(value, float):
        return round(float(f"{value:.6g}"), 6)
    if isinstance(value, list | tuple):
        return type(value)([_rounded(item) for item in value])
    if isinstance(value, dict):
        return {key: _rounded(item) for key, item in value.items()}
    return value
