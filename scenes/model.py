"""An object as data: parts of one shape and one material each, in the object's own axes."""

from enum import StrEnum
from typing import Annotated

from pydantic import Field, model_validator

from scenes.base import Spec, Vec3
from scenes.material import Material
from scenes.shapes import Imported, Modifier, Piece, Shape

__all__ = ["ObjectSpec", "Part", "PartRole"]


class PartRole(StrEnum):
    """What a part does for the rest of the program; most parts have none.

    The value is the part's name in `scene.json`, where a number may follow it: `shelf 3`.
    """

    BACK_CUSHION = "back cushion"
    BOARD = "board"  # of a wall shelf
    BULB = "bulb"
    FLAP = "flap"  # of a carton
    FOOT_BOARD = "foot board"
    MATTRESS = "mattress"
    SEAT = "seat"
    SEAT_CUSHION = "seat cushion"
    SEAT_PAD = "pad"
    SEAT_SHELL = "shell"
    SHADE = "shade"
    SHELF = "shelf"
    SINK_BOWL = "bowl"
    TOP = "top"


_ROLES = {role.value: role for role in PartRole}


class Part(Spec):
    """A shape with a material, put into the object by scale, rotation (XYZ Euler, radians), then location.

    An imported shape keeps its file's own materials; `material` is for its faces that have none.
    """

    name: str
    shape: Shape
    material: Material
    location: Vec3 = (0.0, 0.0, 0.0)
    rotation: Vec3 = (0.0, 0.0, 0.0)
    scale: Vec3 = (1.0, 1.0, 1.0)
    modifiers: tuple[Modifier, ...] = ()
    smooth: bool = True  # smooth shading but for edges sharper than 30 degrees; False is flat

    @property
    def role(self) -> PartRole | None:
        """What the part's name, without its number, says that it does; None for most parts."""
        word = self.name.rstrip("0123456789").rstrip()
        return _ROLES.get(word)


class ObjectSpec(Spec):
    """An object of a category, standing on z = 0 round the z axis, front toward -y.

    category: a name of the taxonomy, or "" for a piece of a setting that nobody has labelled.
    color: the colour word a person would give it, or "" where it has no one colour.
    material: the material word of its main part.
    size: small, medium or large among its kind, or "".
    """

    category: str
    parts: Annotated[tuple[Part, ...], Field(min_length=1)]
    color: str = ""
    material: str = ""
    size: str = ""

    @model_validator(mode="after")
    def _imported_alone(self) -> "ObjectSpec":
        if any(isinstance(part.shape, Imported | Piece) and (self.parts[1:] or part.modifiers) for part in self.parts):
            raise ValueError("parts: an imported shape or a piece is the whole object, and takes no modifiers")
        return self
