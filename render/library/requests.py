"""What the process that prepares files is asked, and what it answers: plain data that passes as JSON."""

from dataclasses import dataclass, field
from typing import Any, Literal

__all__ = ["MOST_BYTES", "READY", "PreparationRequest", "PreparationResult", "Unusable"]

MOST_BYTES = 16 * 2**30  # of a prepared file
READY = "ready"  # the first answer: Blender has started, so later failures are due to the files


class Unusable(Exception):
    """A file that cannot be used; the message says why, in a clause."""


@dataclass(frozen=True)
class PreparationRequest:
    """A file to prepare into `target`. up, scale, size and turn are for meshes.

    up: the file's up axis, "" for that of its format. scale: metres a unit, 0 for the file's own. size: the largest
    side in metres, in place of a scale; 0 for none. turn: degrees about the vertical, counter-clockwise from above.
    maps: a texture set's files by role. rules: the rules of a setting (`SettingRules` as JSON).
    categories: the user's own, which objects of a setting may have (`Category` as JSON).
    folders: no file outside them is opened.
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
    """The result of a request: measures, or the `problem`, a clause.

    points: the extreme points of a mesh. bare: whether a mesh has no materials. brightness: mean luminance of an
    environment map over the sphere. setting: the `SurveyedSetting` of a .blend as JSON.
    dropped: what of a mesh file was left out, each with the reason; a setting has its own list.
    linked: other files that it uses, each with its SHA-256.
    sha256: of the prepared file, filled in by the requesting process.
    """

    points: tuple[tuple[float, float, float], ...] = ()
    bare: bool = False
    faces: int = 0
    brightness: float = 0.0
    setting: dict[str, Any] = field(default_factory=dict)
    dropped: tuple[str, ...] = ()
    linked: tuple[tuple[str, str], ...] = ()
    problem: str = ""
    sha256: str = ""
