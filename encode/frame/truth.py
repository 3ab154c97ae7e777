"""What is known of each pixel, and the channels in which `truth.exr` stores it."""

from dataclasses import dataclass

import numpy as np
from jaxtyping import Float32, UInt32

__all__ = ["TRUTH_CHANNELS", "Channel", "Truth"]


@dataclass(frozen=True, slots=True)
class Truth:
    """Per-pixel truth of one view, every channel sampled at the pixel centre from the same hit.

    depth: planar depth along the optical axis in metres, ``+inf`` where there is no surface.
    normal: unit shading normal in camera axes (x right, y up, z toward the viewer), facing the camera; 0 where
        there is no surface.
    instance: 0 where there is no surface, else the id of an ``ObjectRecord``.
    category: 0 where unlabelled, else the id of a ``CategoryRecord``.
    """

    depth: Float32[np.ndarray, "h w"]
    normal: Float32[np.ndarray, "h w 3"]
    instance: UInt32[np.ndarray, "h w"]
    category: UInt32[np.ndarray, "h w"]

    @property
    def shape(self) -> tuple[int, int]:
        """Height and width in pixels."""
        return self.depth.shape[0], self.depth.shape[1]


@dataclass(frozen=True, slots=True)
class Channel:
    """A map of `Truth` in `truth.exr`: its channels' names, their type, and their meaning in docs/formats.md."""

    names: tuple[str, ...]
    dtype: type[np.generic]
    meaning: str


#: By field of `Truth`; a map with several channels has them along its last axis.
TRUTH_CHANNELS: dict[str, Channel] = {
    "depth": Channel(
        ("depth.Z",), np.float32, "planar depth along the optical axis, metres; `+inf` where there is no surface"
    ),
    "normal": Channel(
        ("normal.X", "normal.Y", "normal.Z"),
        np.float32,
        "unit shading normal (smooth shading, bump and normal maps, whatever the surface does with light), camera axes,"
        " facing the camera; 0 where there is no surface",
    ),
    "instance": Channel(("instance.id",), np.uint32, "0 = no surface, else the `id` of an entry of `objects`"),
    "category": Channel(
        ("category.id",),
        np.uint32,
        "0 = unlabelled, else the `id` of an entry of `categories`; where there is no surface, that of the world",
    ),
}
