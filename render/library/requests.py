"""What is asked of the process that prepares files, and what it answers; plain data that crosses as JSON."""

from dataclasses import dataclass, field
from typing import Any, Literal

__all__ = ["MOST_BYTES", "READY", "PreparationRequest", "PreparationResult", "Unusable"]

MOST_BYTES = 16 * 2**30  # of a prepared file
READY = "ready"  # the first answer: Blender has started, so what comes after is the files' doing


class Unusable(Exception):
    """A file that cannot be used; the message says why, in a clause."""


@dataclass(frozen=True)
class PreparationRequest:
    """A file to prepare into `target`. The rest is for meshes, but for the last four.

    up: the file's up axis, "" for its format's own. scale: metres a unit, 0 for the file's own; size: the largest side
    to give it instead. turn: degrees about the vertical, counter-clockwise seen from above.
    maps: a texture set's files by role. rules: what is said of a whole place's objects (`SettingRules` as JSON).
    categories: the user's own, which a place's things may be of (`Category` as JSON).
    folders: nothing outside them is opened.
    """

    kind: Literal["mesh", "probe", "surface", "blend"]
    source: str
    target: str
    up: str = ""
    scale: float = 0.0
    size: float = 0.0
    turn: float = 0.0
    maps: dict[str, str] = field(default_factory=dict)
    rules: dict[str, Any] = field(default_factory=dict)
    categories: list[dict[str, Any]] = field(default_factory=list)
    folders: tuple[str, ...] = ()


@dataclass(frozen=True)
class PreparationResult:
    """What came of an order: measures, or the `problem`, a clause.

    dropped: what of a mesh file was left out, each with the reason; a place has its own list.
    linked: other files that it draws on, each with its SHA-256.
    sha256: of the prepared file, which whoever ordered it fills in.
    """

    points: tuple[tuple[float, float, float], ...] = ()  # of a mesh, its extreme points
    bare: bool = False  # whether it has no materials
    faces: int = 0
    brightness: float = 0.0  # of a probe, its mean luminance over the sphere
    place: dict[str, Any] = field(default_factory=dict)  # of a whole place, its `SurveyedSetting` as JSON
    dropped: tuple[str, ...] = ()
    linked: tuple[tuple[str, str], ...] = ()
    problem: str = ""
    sha256: str = ""
