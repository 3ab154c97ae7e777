"""An object as data: parts of one shape and one material each, in the object's own axes."""

from typing import Annotated

from pydantic import Field, model_validator

from scenes.base import Spec, Vec3
from scenes.material import Material
from scenes.shapes import Imported, Modifier, Piece, Shape

__all__ = ["ObjectSpec", "Part"]


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
