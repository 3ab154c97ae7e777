"""What every task reads: one rendered view, its exact truth and what stands in it."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

import numpy as np
from jaxtyping import Bool, Float32, Float64, UInt8, UInt32

from encode.rle import decode_rle

__all__ = ["Box3D", "Category", "Frame", "ObjectRecord", "Truth"]


@dataclass(frozen=True, slots=True)
class Truth:
    """Per-pixel truth of one view, every channel sampled at the pixel centre from the same hit.

    depth: planar depth along the optical axis in metres, ``+inf`` where there is no surface.
    normal: unit shading normal in camera axes (x right, y up, z toward the viewer), facing the camera; 0 where
        there is no surface.
    instance: 0 where there is no surface, else the id of an ``ObjectRecord``.
    category: 0 where unlabelled, else the id of a ``Category``.
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
class Category:
    """A class of things or stuff, as `scene.json` names it."""

    id: int
    name: str
    plural: str
    synonyms: tuple[str, ...]
    supercategory: str
    kind: str  # "thing" or "stuff"


@dataclass(frozen=True, slots=True)
class Box3D:
    """An oriented box in world axes: centre, rotation (columns are the box's axes), full extent along them, metres."""

    center: tuple[float, float, float]
    rotation: tuple[tuple[float, float, float], ...]
    extent: tuple[float, float, float]


@dataclass(frozen=True, slots=True)
class ObjectRecord:
    """One object of the scene as one view sees it; the fields are those of docs/formats.md."""

    id: int
    name: str
    category: str
    category_id: int
    color: str
    material: str
    size: str
    parts: tuple[str, ...]
    dimensions: tuple[float, float, float]
    box_2d: tuple[int, int, int, int]
    visible_pixels: int
    visible_fraction: float
    truncated: bool
    box_3d: Box3D
    supported_by: int


@dataclass(frozen=True, slots=True, eq=False, weakref_slot=True)
class Frame:
    """One view: the image, its truth, the camera, and the records of `scene.json`. Equal to itself alone.

    image: 8-bit sRGB after the view transform.
    intrinsics: K with pixel centres at +0.5.
    camera_to_world: camera axes (x right, y up, z toward the viewer) to world (z up), metres.
    amodal: silhouette of each whole object by id, as if nothing stood before it, cut by the image's border alone; None
        where it is not known.
    albedo: 8-bit sRGB base colour of the surface at the pixel centre, black where there is none; None where it is not
        known.
    """

    key: str
    image: UInt8[np.ndarray, "h w 3"]
    truth: Truth
    intrinsics: Float64[np.ndarray, "3 3"]
    camera_to_world: Float64[np.ndarray, "4 4"]
    world_category: int
    categories: tuple[Category, ...]
    objects: tuple[ObjectRecord, ...]
    amodal: Mapping[int, Bool[np.ndarray, "h w"]] | None = None
    albedo: UInt8[np.ndarray, "h w 3"] | None = None

    @classmethod
    def from_scene(
        cls,
        scene: Mapping[str, Any],
        image: UInt8[np.ndarray, "h w 3"],
        truth: Truth,
        albedo: UInt8[np.ndarray, "h w 3"] | None = None,
    ) -> "Frame":
        """Join an image and its truth with the parsed `scene.json` of the same key.

        Raises KeyError or TypeError when `scene` lacks what docs/formats.md promises, ArrayError for a broken mask.
        """
        return cls(
            key=scene["key"],
            image=image,
            truth=truth,
            intrinsics=np.asarray(scene["intrinsics"], np.float64),
            camera_to_world=np.asarray(scene["camera_to_world"], np.float64),
            world_category=scene["world_category"],
            categories=tuple(_category(entry) for entry in scene["categories"]),
            objects=tuple(_object(entry) for entry in scene["objects"]),
            amodal=_amodal(scene["objects"]),
            albedo=albedo,
        )


def _category(entry: Mapping[str, Any]) -> Category:
    return Category(**{**entry, "synonyms": tuple(entry["synonyms"])})


def _amodal(entries: Iterable[Mapping[str, Any]]) -> dict[int, Bool[np.ndarray, "h w"]] | None:
    """Masks of the objects that have one; None where no object has."""
    masks = {
        entry["id"]: decode_rle(entry["amodal_rle"], f"amodal_rle of object {entry['id']}")
        for entry in entries
        if entry.get("amodal_rle") is not None
    }
    return masks or None


def _object(entry: Mapping[str, Any]) -> ObjectRecord:
    box = entry["box_3d"]
    fields = {
        **{name: value for name, value in entry.items() if name != "amodal_rle"},
        "parts": tuple(entry["parts"]),
        "dimensions": tuple(entry["dimensions"]),
        "box_2d": tuple(entry["box_2d"]),
        "box_3d": Box3D(
            center=tuple(box["center"]),
            rotation=tuple(tuple(row) for row in box["rotation"]),
            extent=tuple(box["extent"]),
        ),
    }
    return ObjectRecord(**fields)
