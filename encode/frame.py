"""What every task reads: one rendered view, its exact truth and what stands in it."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, fields
from typing import Any

import numpy as np
from jaxtyping import Bool, Float32, Float64, UInt8, UInt32

from encode.errors import SceneFileError
from encode.reading.short_text import short_repr
from encode.record import MOST_ID, Record, unique_ids
from encode.rle import Silhouettes

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

    def corners(self) -> Float64[np.ndarray, "8 3"]:
        """The corners in world axes; two whose numbers differ in one bit share an edge."""
        signs = np.array(np.meshgrid([-0.5, 0.5], [-0.5, 0.5], [-0.5, 0.5])).reshape(3, -1).T
        corners: Float64[np.ndarray, "8 3"] = (signs * self.extent) @ np.array(self.rotation).T + self.center
        return corners


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

        Masks and pixel counts are checked against the truth's size. Raises SceneFileError when `scene` does not hold
        what docs/formats.md promises, ArrayError for a broken mask.
        """
        where = "scene.json"
        record = Record(scene, where, _SCENE_KEYS, optional=None)
        for name, side in zip(("height", "width"), truth.shape, strict=True):
            if record.of(name) not in (None, side):
                raise SceneFileError(f"{where}, {name}", f"the truth's {side}", short_repr(record.of(name)))
        pixels = truth.shape[0] * truth.shape[1]
        categories = tuple(
            _category(entry, f"{where}, category {place}") for place, entry in enumerate(record.entries("categories"))
        )
        objects = tuple(
            _object(entry, f"{where}, object {place}", pixels) for place, entry in enumerate(record.entries("objects"))
        )
        unique_ids([entry.id for entry in categories], f"{where}, categories")
        unique_ids([entry.id for entry in objects], f"{where}, objects")
        return cls(
            key=record.text("key"),
            image=image,
            truth=truth,
            intrinsics=np.array(record.matrix("intrinsics", 3), np.float64),
            camera_to_world=np.array(record.matrix("camera_to_world", 4), np.float64),
            world_category=record.integer("world_category", 0, MOST_ID),
            categories=categories,
            objects=objects,
            amodal=_amodal(scene["objects"], truth.shape),
            albedo=albedo,
        )


_SCENE_KEYS = ("key", "intrinsics", "camera_to_world", "world_category", "categories", "objects")
_CATEGORY_KEYS = tuple(field.name for field in fields(Category))
_OBJECT_KEYS = tuple(field.name for field in fields(ObjectRecord))


def _category(entry: Any, where: str) -> Category:
    record = Record(entry, where, _CATEGORY_KEYS)
    return Category(
        id=record.integer("id", 1, MOST_ID),
        name=record.text("name"),
        plural=record.text("plural"),
        synonyms=record.texts("synonyms"),
        supercategory=record.text("supercategory"),
        kind=record.text("kind"),
    )


def _object(entry: Any, where: str, pixels: int) -> ObjectRecord:
    record = Record(entry, where, _OBJECT_KEYS, optional=("amodal_rle",))
    return ObjectRecord(
        id=record.integer("id", 1, MOST_ID),
        name=record.text("name"),
        category=record.text("category"),
        category_id=record.integer("category_id", 0, MOST_ID),
        color=record.text("color"),
        material=record.text("material"),
        size=record.text("size"),
        parts=record.texts("parts"),
        dimensions=_three(record.vector("dimensions")),
        box_2d=_four(record.integers("box_2d", 4)),
        visible_pixels=record.integer("visible_pixels", 0, pixels),
        visible_fraction=record.number("visible_fraction"),
        truncated=record.flag("truncated"),
        box_3d=_box(record.of("box_3d"), f"{where}, box_3d"),
        supported_by=record.integer("supported_by", 0, MOST_ID),
    )


def _box(entry: Any, where: str) -> Box3D:
    record = Record(entry, where, ("center", "rotation", "extent"), optional=None)
    return Box3D(
        center=_three(record.vector("center")),
        rotation=tuple(_three(row) for row in record.matrix("rotation", 3)),
        extent=_three(record.vector("extent")),
    )


def _amodal(entries: Iterable[Mapping[str, Any]], shape: tuple[int, int]) -> Silhouettes | None:
    """Masks of the objects that have one; None where no object has."""
    masks = Silhouettes(shape)
    for entry in entries:
        if entry.get("amodal_rle") is not None:
            masks.add(entry["id"], entry["amodal_rle"], f"amodal_rle of object {entry['id']}")
    return masks if len(masks) else None


def _three(values: tuple[float, ...]) -> tuple[float, float, float]:
    return values[0], values[1], values[2]


def _four(values: tuple[int, ...]) -> tuple[int, int, int, int]:
    return values[0], values[1], values[2], values[3]
