"""The setting of a scene: a prepared .blend whose objects, materials, lamps and world are used as they are."""

from typing import Annotated, Literal

from pydantic import Field

from scenes.base import Positive, Rgb, Spec, Vec3

__all__ = ["OwnWorld", "Setting"]


class Setting(Spec):
    """The prepared .blend of the content `digest` that the scene stands in; `file` is its name, for people.

    lamps: a factor on the power of its lamps and of its glowing materials. suns: whether its sun lamps shine.
    tint: a factor on its lamps' colour. offset: world coordinates plus that, in metres, are the file's own.
    """

    file: str
    digest: Annotated[str, Field(pattern="^[0-9a-f]{64}$")]
    lamps: Annotated[float, Field(ge=0)] = 1.0
    suns: bool = True
    tint: Rgb = (1.0, 1.0, 1.0)
    offset: Vec3 = (0.0, 0.0, 0.0)


class OwnWorld(Spec):
    """The setting's own world, `strength` times as bright."""

    kind: Literal["own"] = "own"
    strength: Positive = 1.0
    category: Literal["sky", "backdrop"] = "backdrop"
