"""What can go wrong between a scene and its pixels.

RenderError
├── SceneRejected      the scene, or every candidate of one of its views, failed a check
└── BlenderMissing     bpy cannot be imported here
"""

from dataclasses import dataclass

__all__ = ["BlenderMissing", "Rejection", "RenderError", "SceneRejected"]


@dataclass(frozen=True, slots=True)
class Rejection:
    """A check that failed: `check` is its short name, `reason` one sentence with the figures."""

    view: int  # -1 for the whole scene
    candidate: int
    check: str
    reason: str


class RenderError(Exception):
    """Base of this package's errors."""


class BlenderMissing(RenderError):
    """bpy is not installed or does not import; the message says what to do."""


class SceneRejected(RenderError):
    """No usable set of views came out of the scene; `rejections` say why, in order."""

    def __init__(self, rejections: tuple[Rejection, ...]) -> None:
        super().__init__("; ".join(entry.reason for entry in rejections))
        self.rejections = rejections

    def __reduce__(self) -> tuple[type["SceneRejected"], tuple[tuple[Rejection, ...]]]:
        return SceneRejected, (self.rejections,)
