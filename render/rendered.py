"""What a rendered scene is in memory, before any file."""

from dataclasses import dataclass, field

from encode.frame import Frame
from render.errors import Rejection

__all__ = ["RenderedScene"]


@dataclass(frozen=True, slots=True)
class RenderedScene:
    """A frame for each view of a scene in order, what was rejected on the way, and wall time by stage.

    frames: complete but for their origin's `fingerprint` and the version of Verichrome, which the job knows.
    frame_seconds: of each frame, by stage: image, truth, checks.
    seconds: of the scene: build, physics, and rejected, the time spent on candidates that were turned down.
    profile: of the frames, by part of a stage (`render.render_timer.CyclesTimer`); empty unless it was asked for.
    """

    frames: tuple[Frame, ...]
    frame_seconds: tuple[dict[str, float], ...]
    rejections: tuple[Rejection, ...]
    seconds: dict[str, float]
    profile: dict[str, float] = field(default_factory=dict)
