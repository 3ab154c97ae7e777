"""The modelling vocabulary: shapes, and the modifiers that finish them. Metres, z up.

A shape with no coordinates of its own (box, cylinder, sphere) is centred on the z axis and stands on z = 0; the others
lie where their coordinates say. `scenes.tessellate` turns a shape into vertices and faces; Blender applies modifiers.
"""

from typing import Annotated, Literal

from pydantic import Field

from scenes.base import Positive, Spec, Vec2, Vec3

__all__ = [
    "Bevel",
    "Box",
    "Cut",
    "Cylinder",
    "Displace",
    "Extrusion",
    "HeightField",
    "Imported",
    "Lathe",
    "Loft",
    "Modifier",
    "Section",
    "Shape",
    "Solidify",
    "Sphere",
    "Subdivision",
    "Sweep",
]

Segments = Annotated[int, Field(ge=3, le=256)]


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


Shape = Annotated[
    Box | Cylinder | Sphere | Lathe | Extrusion | Sweep | Loft | HeightField | Imported, Field(discriminator="kind")
]


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
    """Takes `shape`, put at `location` with `rotation` (XYZ Euler, radians), out of the part: an exact difference."""

    kind: Literal["cut"] = "cut"
    shape: Shape
    location: Vec3 = (0.0, 0.0, 0.0)
    rotation: Vec3 = (0.0, 0.0, 0.0)


Modifier = Annotated[Bevel | Subdivision | Solidify | Displace | Cut, Field(discriminator="kind")]
