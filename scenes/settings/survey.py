"""What sampling knows of a setting, whose .blend it never opens: its objects, and what is seen from free points."""

from functools import cache
from typing import Annotated

from pydantic import Field

from scenes.base import Spec, Vec3
from scenes.mesh import Floats
from scenes.sphere import even_directions

__all__ = ["DIRECTION_COUNT", "FreePoint", "SettingFixture", "SurveyedSetting", "survey_directions"]

DIRECTION_COUNT = 400  # directions round each place: about 20 in the view of a 35 mm lens, 4 in that of an 85 mm one


@cache
def survey_directions() -> Floats:
    """`DIRECTION_COUNT` unit vectors spread evenly over the sphere, from the zenith down (a golden spiral) [n, 3]."""
    directions = even_directions(DIRECTION_COUNT)
    directions.flags.writeable = False
    return directions


class SettingFixture(Spec):
    """An object of the setting: its name in the file, its category ("" if unlabelled), its box in world axes, metres.

    supported_by: the number of what it stands on, or 0. inside_out: whether its faces' backs are what one sees. clear:
    whether all of it is glass. collections, materials: their names, which rules may speak of.
    """

    number: Annotated[int, Field(ge=1, le=32767)]
    name: str
    category: str
    low: Vec3
    high: Vec3
    color: str = ""
    made_of: str = ""
    faces: int = 0
    area: float = 0.0  # square metres
    supported_by: Annotated[int, Field(ge=0)] = 0
    inside_out: bool = False
    clear: bool = False
    collections: tuple[str, ...] = ()
    materials: tuple[str, ...] = ()


class FreePoint(Spec):
    """A point where a camera can stand: how far, in mm, and at which object (0: none) each survey direction ends.

    floor: metres down to what carries it, 0 where nothing does.
    """

    location: Vec3
    floor: float
    distances: tuple[int, ...]
    things: tuple[int, ...]


class SurveyedSetting(Spec):
    """A prepared .blend. lit: whether lamps, glowing materials or its world give light; suns: whether it has sun lamps.

    offset: what it was moved by from where the file has it, metres: its places plus that are the file's. world: whether
    it has a world that shines, and sky: whether that is the sky. dropped: what was left out or repaired,
    each a clause, for people.
    """

    name: str
    digest: Annotated[str, Field(pattern="^[0-9a-f]{64}$")]
    fixtures: Annotated[tuple[SettingFixture, ...], Field(min_length=1)]
    spots: Annotated[tuple[FreePoint, ...], Field(min_length=1)]
    offset: Vec3 = (0.0, 0.0, 0.0)
    lamps: int = 0
    suns: int = 0
    glows: bool = False
    world: bool = False
    sky: bool = False
    linked: tuple[tuple[str, str], ...] = ()
    dropped: tuple[str, ...] = ()
