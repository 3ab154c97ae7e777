"""The modelling vocabulary: shapes, and the modifiers that finish them. Metres, z up.

A shape with no coordinates of its own (box, cylinder, sphere) is centred on the z axis and stands on z = 0; the others
lie where their coordinates say. `scenes.tessellation` turns a shape into vertices and faces; Blender applies modifiers.
"""

from typing import Annotated, Literal

from pydantic import Field

from scenes.base import Positive, Spec, Vec2, Vec3, Vec4
from scenes.blob.specs import Blob
from scenes.face.specs import FacePiece
from scenes.hair.specs import HairPiece
from scenes.hand.specs import HandSkin, Nails
from scenes.nature.specs import Blades, Boulder, Ground, Leafage, Petals, Wood, Woodland

__all__ = [
    "GLYPH_PITCH",
    "MOST_GLYPHS",
    "Array",
    "Bevel",
    "Box",
    "Cut",
    "Cylinder",
    "Displace",
    "Extrusion",
    "Group",
    "HeightField",
    "Hull",
    "Imported",
    "Lathe",
    "Lettering",
    "Loft",
    "Modifier",
    "Opening",
    "Patches",
    "Perforated",
    "Piece",
    "Placed",
    "Section",
    "Shape",
    "Solidify",
    "Sphere",
    "Station",
    "Subdivision",
    "Sweep",
]

#: Characters of a line of lettering at most; from one of them to the next, in heights of a capital.
MOST_GLYPHS, GLYPH_PITCH = 32, 0.78

Segments = Annotated[int, Field(ge=3, le=256)]
Count = Annotated[int, Field(ge=1, le=512)]


class Box(Spec):
    """A cuboid standing on z = 0."""

    kind: Literal["box"] = "box"
    size: tuple[Positive, Positive, Positive]


class Cylinder(Spec):
    """A cylinder, or a frustum where `top_radius` is given (0 makes a cone), standing on z = 0."""

    kind: Literal["cylinder"] = "cylinder"
    radius: Positive
    height: Positive
    top_radius: Annotated[float, Field(ge=0)] | None = None
    segments: Segments = 48


class Sphere(Spec):
    """An ellipsoid with the three semi-axes `radii`, standing on z = 0."""

    kind: Literal["sphere"] = "sphere"
    radii: tuple[Positive, Positive, Positive]
    segments: Segments = 48


class Lathe(Spec):
    """`profile` points (radius, z) turned round the z axis; a point on the axis closes that end.

    Going up the profile the outside is on its right (larger radius), so a cup is drawn: bottom centre, outer wall up,
    rim, inner wall down, inner bottom centre.
    """

    kind: Literal["lathe"] = "lathe"
    profile: Annotated[tuple[Vec2, ...], Field(min_length=2)]
    segments: Segments = 64
    closed: bool = False  # joins the last point to the first: a ring


class Extrusion(Spec):
    """A simple closed polygon in the xy plane (counter-clockwise), pulled from z = 0 to z = `height`, capped."""

    kind: Literal["extrusion"] = "extrusion"
    outline: Annotated[tuple[Vec2, ...], Field(min_length=3)]
    height: Positive


class Sweep(Spec):
    """A section swept along `path`, with frames that do not twist; `radii` scales the section at each path point."""

    kind: Literal["sweep"] = "sweep"
    path: Annotated[tuple[Vec3, ...], Field(min_length=2)]
    radii: Annotated[tuple[Positive, ...], Field(min_length=1)]  # one for all points, or one a point
    aspect: Positive = 1.0  # section height over width: 1 is round
    segments: Segments = 16
    closed: bool = False


class Section(Spec):
    """One level of a loft: a closed outline in the xy plane, put at height `z`."""

    z: float
    outline: Annotated[tuple[Vec2, ...], Field(min_length=3)]


class Loft(Spec):
    """A skin over sections that have the same number of points, from the first to the last, capped at both ends."""

    kind: Literal["loft"] = "loft"
    sections: Annotated[tuple[Section, ...], Field(min_length=2)]


class HeightField(Spec):
    """Fractal noise about z = 0: `size` in metres, `amplitude` of its relief, `feature` its largest width."""

    kind: Literal["height_field"] = "height_field"
    size: tuple[Positive, Positive]
    resolution: Annotated[int, Field(ge=2, le=512)] = 64
    amplitude: Annotated[float, Field(ge=0)] = 0.0
    feature: Positive = 1.0
    seed: int = 0


class Imported(Spec):
    """The user's own mesh, prepared once from a file: centred on the z axis, standing on z = 0, in metres.

    file: its name below the folder of assets, for people. digest: SHA-256 of its content and of how it was prepared,
    by which a worker finds it. points: its extreme points, whose hull stands for it wherever it is measured.
    """

    kind: Literal["imported"] = "imported"
    file: str
    digest: Annotated[str, Field(pattern="^[0-9a-f]{64}$")]
    points: Annotated[tuple[Vec3, ...], Field(min_length=4)]


class Piece(Spec):
    """A thing that stands in the scene's setting, by its number there, with its box in world axes.

    inside_out: its faces' backs are what one sees, so they count as their fronts.
    """

    kind: Literal["piece"] = "piece"
    number: Annotated[int, Field(ge=1, le=32767)]
    low: Vec3
    high: Vec3
    inside_out: bool = False


class Lettering(Spec):
    """Words in plain capitals in the plane y = 0, to be read from -y, centred on x = 0, standing on z = 0.

    height: of a capital, metres; lines are 0.15 heights thick, glyphs 0.78 heights apart. thickness: along y, metres.
    price: digits after the point are smaller and raised. What it reads is a text of the object (`scenes.texts`).
    """

    kind: Literal["lettering"] = "lettering"
    text: Annotated[str, Field(pattern=r"^[A-Z0-9.-]([A-Z0-9 .-]*[A-Z0-9.-])?$", max_length=MOST_GLYPHS)]
    height: Positive
    thickness: Positive = 0.0016  # a sheet of ink
    price: bool = False


class Opening(Spec):
    """Holes through a `Perforated` plate: the first one's left and lower edge; `counts` along x and z by `steps`."""

    x: float
    z: Annotated[float, Field(ge=0)]
    width: Positive
    height: Positive
    counts: tuple[Count, Count] = (1, 1)
    steps: Vec2 = (1.0, 1.0)


class Perforated(Spec):
    """A plate of `size` standing on z = 0, with rectangular holes along y that do not meet: a wall and its windows.

    A hole that starts at z = 0 is a doorway.
    """

    kind: Literal["perforated"] = "perforated"
    size: tuple[Positive, Positive, Positive]
    openings: tuple[Opening, ...] = ()


Station = tuple[float, Positive, float, Positive, Positive, Annotated[float, Field(ge=1.2, le=20)]]


class Hull(Spec):
    """A smooth skin over stations along y, symmetric about x = 0: the body of a car, a boat, a bean.

    A station is (y, half the width, the waist's z, reach up and down from there, power of the superellipse); y grows
    from one to the next; power 2 is round, 6 a box with rounded corners.
    """

    kind: Literal["hull"] = "hull"
    stations: Annotated[tuple[Station, ...], Field(min_length=2)]
    rings: Annotated[int, Field(ge=4, le=256)] = 48
    segments: Segments = 40


class Patches(Spec):
    """Sheets laid on a hull, `thickness` proud of its skin: windows, lights, trim; `mirror` puts them on both sides.

    An area is (from y, to y, from angle, to angle), in degrees round the skin: 0 is +x, 90 the top.
    """

    kind: Literal["patches"] = "patches"
    hull: Hull
    areas: Annotated[tuple[Vec4, ...], Field(min_length=1)]
    thickness: Positive = 0.004
    mirror: bool = True


class Array(Spec):
    """Copies of a shape: `counts` along x, y, z, each a `step` further; the first lies where the shape lies."""

    kind: Literal["array"] = "array"
    shape: "Shape"
    counts: tuple[Count, Count, Count]
    step: Vec3


class Placed(Spec):
    """A shape put `at` a place, turned first by XYZ Euler angles in radians."""

    shape: "Shape"
    at: Vec3 = (0.0, 0.0, 0.0)
    turn: Vec3 = (0.0, 0.0, 0.0)


class Group(Spec):
    """Several shapes of one material as one."""

    kind: Literal["group"] = "group"
    members: Annotated[tuple[Placed, ...], Field(min_length=1)]


Shape = Annotated[
    Box
    | Cylinder
    | Sphere
    | Lathe
    | Lettering
    | Extrusion
    | Sweep
    | Loft
    | HeightField
    | Imported
    | Piece
    | Perforated
    | Hull
    | Patches
    | Array
    | Group
    | Blades
    | Blob
    | Boulder
    | FacePiece
    | Ground
    | HandSkin
    | HairPiece
    | Leafage
    | Nails
    | Petals
    | Wood
    | Woodland,
    Field(discriminator="kind"),
]
Array.model_rebuild()
Placed.model_rebuild()
Group.model_rebuild()


class Bevel(Spec):
    """Rounds edges sharper than 30 degrees by `width` metres."""

    kind: Literal["bevel"] = "bevel"
    width: Positive
    segments: Annotated[int, Field(ge=1, le=8)] = 3


class Subdivision(Spec):
    """Catmull-Clark subdivision."""

    kind: Literal["subdivision"] = "subdivision"
    levels: Annotated[int, Field(ge=1, le=4)] = 2


class Solidify(Spec):
    """Gives a sheet a thickness, inward from its face normals."""

    kind: Literal["solidify"] = "solidify"
    thickness: Positive


class Displace(Spec):
    """Moves vertices along their normals by noise of amplitude `strength` and feature width `scale`, metres."""

    kind: Literal["displace"] = "displace"
    strength: float
    scale: Positive
    seed: int = 0


class Cut(Spec):
    """Takes `shape`, put at `location` with `rotation` (XYZ Euler, radians), out of the part: an exact difference.

    solid: the part and the shape are closed and have no face in one plane; a faster solver then does the same.
    """

    kind: Literal["cut"] = "cut"
    solid: bool = False
    shape: Shape
    location: Vec3 = (0.0, 0.0, 0.0)
    rotation: Vec3 = (0.0, 0.0, 0.0)


Modifier = Annotated[Bevel | Subdivision | Solidify | Displace | Cut, Field(discriminator="kind")]
