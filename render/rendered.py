"""What a rendered scene is in memory, before any file."""

from dataclasses import dataclass
from typing import Any

import numpy as np
from jaxtyping import Float32, UInt8, UInt32

from render.errors import Rejection

__all__ = ["RenderedScene", "RenderedView"]


@dataclass(frozen=True, slots=True)
class RenderedView:
    """One view that passed every check.

    image: 8-bit sRGB after the view transform. depth, normal, instance, category: the channels of docs/formats.md.
    scene: the content of `scene.json` but for `key` and `fingerprint`, which the job knows.
    seconds: wall time by stage (image, truth, checks).
    albedo: 8-bit sRGB base colour, black where there is no surface; None unless the settings ask for it.
    """

    view: int
    image: UInt8[np.ndarray, "h w 3"]
    depth: Float32[np.ndarray, "h w"]
    normal: Float32[np.ndarray, "h w 3"]
    instance: UInt32[np.ndarray, "h w"]
    category: UInt32[np.ndarray, "h w"]
    scene: dict[str, Any]
    seconds: dict[str, float]
    albedo: UInt8[np.ndarray, "h w 3"] | None = None


@dataclass(frozen=True, slots=True)
class RenderedScene:
    """All views of a scene in order, what was rejected on the way, and wall time by stage.

    seconds: build, physics, and rejected, the time spent on candidates that were turned down.
    """

    views: tuple[RenderedView, ...]
    rejections: tuple[Rejection, ...]
    seconds: dict[str, float]
