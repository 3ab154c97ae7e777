"""An object as data: parts of one shape and one material each, in the object's own axes."""

from enum import StrEnum
from typing import Annotated

from pydantic import Field, model_validator

from scenes.base import Positive, Spec, Vec3
from scenes.material import Material
from scenes.shapes import Imported, Modifier, Piece, Shape

__all__ = ["ModelKeypoint", "ObjectSpec", "Part", "PartRole"]


class PartRole(StrEnum):
    """What a part does for code that looks for it: a seat is sat on, a shelf filled, a bulb switched on.

    An object names such a part by its role, `part(PartRole.SEAT, ...)`, or `PartRole.SHELF.numbered(3)` where it has
    several. The value is the part's name in `scene.json`, so that a spec that is read back has the same roles.
    """

    BACK_CUSHION = "back cushion"
    BOARD = "board"  # of a wall shelf: what stands on it
    BOWL = "bowl"  # of a sink: where the worktop is cut out
    BULB = "bulb"
    FLAP = "flap"  # of a carton, open or shut
    FOOT_BOARD = "foot board"  # of a bed
    MATTRESS = "mattress"
    PAD = "pad"  # of a chair or stool: sat on
    SEAT = "seat"
    SEAT_CUSHION = "seat cushion"
    SHADE = "shade"  # of a lamp
    SHELF = "shelf"
    SHELL = "shell"  # of a chair: sat on
    TOP = "top"

    def numbered(self, number: int) -> str:
        """The name of one of several parts of this role, such as `shelf 3`."""
        return f"{self.value} {number}"


_ROLES = {role.value: role for role in PartRole}


#: Shapes that are a whole object.
_WHOLE_OBJECTS = (Imported, Piece)


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
        """The role that the part was named by; None for most parts."""
        return _ROLES.get(self.name.rstrip("0123456789").rstrip())


class ModelKeypoint(Spec):
    """A keypoint of a person, one of COCO's names, in the object's own axes.

    at: the joint's centre, or the point of the skin for nose, eyes and ears; metres.
    radius: how far it is at most from there to the surface of the clothed limb, metres.
    """

    name: str
    at: Vec3
    radius: Positive


class ObjectSpec(Spec):
    """An object of a category, standing on z = 0 round the z axis, front toward -y.

    category: a name of the taxonomy, or "" for a piece of a setting that nobody has labelled.
    color: the colour name a person would give it, or "" where it has no one colour.
    material: the material word of its main part.
    size: small, medium or large among its kind, or "".
    keypoints: of a person; a document leaves them out where there are none.
    """

    category: str
    parts: Annotated[tuple[Part, ...], Field(min_length=1)]
    color: str = ""
    material: str = ""
    size: str = ""
    keypoints: Annotated[tuple[ModelKeypoint, ...], Field(exclude_if=lambda keypoints: not keypoints)] = ()

    @property
    def has_known_parts(self) -> bool:
        """Whether its parts are modelled here: an asset or a piece of a setting is one part, whatever it shows."""
        return not isinstance(self.parts[0].shape, _WHOLE_OBJECTS)

    @model_validator(mode="after")
    def _imported_alone(self) -> "ObjectSpec":
        for part in self.parts:
            if isinstance(part.shape, _WHOLE_OBJECTS) and (self.parts[1:] or part.modifiers):
                raise ValueError("parts: an imported shape or a piece is the whole object, and takes no modifiers")
        return self
