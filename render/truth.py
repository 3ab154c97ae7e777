"""From Cycles' passes to the truth of docs/formats.md. numpy only."""

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np
from jaxtyping import Bool, Float32, Float64, UInt8, UInt32

from encode.formulas.channels import any_channel, dots
from encode.formulas.srgb import from_linear
from encode.frame import Truth

__all__ = ["BEND", "Faces", "FinishedTruth", "finish_truth", "to_srgb"]

GRAZING = 1e-3  # least cosine between a normal and the direction to the camera
BEND = 15.0  # degrees by which a normal may be bent to graze; one that faces away by more is not the surface's

#: The geometric normals, camera axes, of the faces that are seen in the pixels of a mask; 0 where none is known.
Faces = Callable[[Bool[np.ndarray, "h w"]], Float64[np.ndarray, "n 3"]]


@dataclass(frozen=True, slots=True)
class FinishedTruth(Truth):
    """The truth of a view, and where its normal is not the surface's own shading normal.

    `turned` marks shading normals that faced away a little and were bent to graze the line of sight, `flat` those that
    faced away by more than `BEND` degrees and were replaced by the geometric normal.
    """

    turned: Bool[np.ndarray, "h w"]
    flat: Bool[np.ndarray, "h w"]


def finish_truth(
    depth: Float32[np.ndarray, "h w"],
    world_normal: Float32[np.ndarray, "h w 3"],
    instance: UInt32[np.ndarray, "h w"],
    rays: Float64[np.ndarray, "h w 3"],
    camera_to_world: Float64[np.ndarray, "4 4"],
    category_of: dict[int, int],
    world_category: int,
    faces: Faces,
) -> FinishedTruth:
    """Normals into camera axes, unit and facing the camera; categories from instances.

    A shading normal may face a little away from the camera where the surface grazes the line of sight (interpolated
    or bumped normals): its component along the ray is taken out, which is the nearest normal that a visible surface
    can have. One that faces away by more than `BEND` degrees (normals edited or taken over from another mesh) says
    nothing of the surface, whose geometric normal, by `faces`, takes its place. `rays` are directions through the pixel
    centres in camera axes.
    """
    surface = np.isfinite(depth)
    toward = -rays / np.sqrt(dots(rays, rays))[..., None]
    normal = _unit(_into_axes(world_normal, camera_to_world[:3, :3]))
    known = surface & any_channel(normal)
    cosine = dots(normal, toward)
    flat = known & (cosine < -np.sin(np.radians(BEND)))
    turned = known & ~flat & (cosine < GRAZING)
    if flat.any():
        normal[flat] = _facing(faces(flat), normal[flat], toward[flat])
    normal[turned] = _unit(normal[turned] + (GRAZING - cosine[turned])[:, None] * toward[turned])
    normal[~surface] = 0.0
    lookup = np.zeros(max(category_of) + 2, np.uint32)  # the last entry is for ids that no object has
    lookup[list(category_of)] = list(category_of.values())
    category = np.where(surface, lookup[np.minimum(instance, len(lookup) - 1)], np.uint32(world_category))
    return FinishedTruth(
        depth=depth.astype(np.float32, copy=False),
        normal=normal.astype(np.float32),
        instance=np.where(surface, instance, 0).astype(np.uint32),
        category=category.astype(np.uint32),
        turned=turned,
        flat=flat,
    )


def _facing(
    face: Float64[np.ndarray, "n 3"], shading: Float64[np.ndarray, "n 3"], toward: Float64[np.ndarray, "n 3"]
) -> Float64[np.ndarray, "n 3"]:
    """The face's normals on the side of the camera; the shading normals, as they are, where no face is known."""
    cosine = np.sum(face * toward, axis=-1, keepdims=True)
    seen = np.where(cosine < 0, -face, face)
    # A face is met by single precision, even where its plane holds the line of sight.
    seen = _unit(seen + np.maximum(GRAZING - np.abs(cosine), 0.0) * toward)
    return np.where(face.any(axis=-1, keepdims=True), seen, shading)


def to_srgb(linear: Float32[np.ndarray, "h w 3"]) -> UInt8[np.ndarray, "h w 3"]:
    """8-bit sRGB of linear colours, clipped to 0..1, rounded to nearest."""
    return np.rint(from_linear(np.clip(linear.astype(np.float64), 0, 1)) * 255).astype(np.uint8)


def _into_axes(vectors: Float32[np.ndarray, "h w 3"], axes: Float64[np.ndarray, "3 3"]) -> Float64[np.ndarray, "h w 3"]:
    """`vectors @ axes`, each channel whole in memory."""
    x, y, z = (vectors[..., channel].astype(np.float64) for channel in range(3))
    return np.moveaxis(np.stack([x * a + y * b + z * c for a, b, c in axes.T]), 0, -1)


def _unit(vectors: Float64[np.ndarray, "*shape 3"]) -> Float64[np.ndarray, "*shape 3"]:
    """Vectors of length 1; 0 where they have none."""
    length = np.sqrt(dots(vectors, vectors))[..., None]
    return np.where(length > 1e-12, vectors / np.where(length > 1e-12, length, 1.0), 0.0)
