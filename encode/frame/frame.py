"""One view with all that is known of it."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, fields
from typing import Any

import numpy as np
from jaxtyping import Bool, Float64, UInt8, UInt32

from encode.errors import SceneFileError
from encode.formulas.indices import ObjectId
from encode.formulas.keypoints import KEYPOINT_NAMES
from encode.formulas.lens import PINHOLE, Lens
from encode.formulas.projection import pixel_rays, project, to_world
from encode.frame.document import Description, Origin, SceneDocument, StoredObject
from encode.frame.objects import Box3D, CategoryRecord, ObjectRecord
from encode.frame.shading import ShadingMaps
from encode.frame.silhouettes import Silhouettes
from encode.frame.surface import MaterialRecord, ObjectPartRecord, SurfaceMaps, SurfaceRecord
from encode.frame.truth import Truth
from encode.reading.duplicates import first_duplicate
from encode.reading.short_text import short_repr
from encode.schema import read_record

__all__ = ["Frame"]

#: Points of a box's edge that a lens bends: between two of an edge as long as the image it bulges by 6e-5 of that at
#: most, which is 0.06 pixels of 1024.
_EDGE_POINTS = 129


@dataclass(frozen=True, slots=True, eq=False, weakref_slot=True)
class Frame:
    """One view: the image, its truth, the camera, and the records of `scene.json`. Equal to itself alone.

    image: 8-bit sRGB after the view transform.
    intrinsics: K with pixel centres at +0.5.
    camera_to_world: camera axes (x right, y up, z toward the viewer) to world (z up), metres.
    amodal: silhouette of each object by id, as if nothing were in front, cut by the image's border alone; None where
        it is not known.
    albedo: 8-bit sRGB base colour of the surface at the pixel centre, black where there is none; None where it is not
        known.
    surface: part and material of each pixel; None where they are not known.
    shading: what the linear light of the image is made of; None where it is not known.
    origin: the scene and the render that it comes from; None where that is not known.
    lens: what moves positions before `intrinsics` apply, for the image and the truth alike.
    """

    key: str
    image: UInt8[np.ndarray, "h w 3"]
    truth: Truth
    intrinsics: Float64[np.ndarray, "3 3"]
    camera_to_world: Float64[np.ndarray, "4 4"]
    world_category: int
    categories: tuple[CategoryRecord, ...]
    objects: tuple[ObjectRecord, ...]
    amodal: Mapping[ObjectId, Bool[np.ndarray, "h w"]] | None = None
    albedo: UInt8[np.ndarray, "h w 3"] | None = None
    surface: SurfaceMaps | None = None
    shading: ShadingMaps | None = None
    origin: Origin | None = None
    lens: Lens = PINHOLE

    def rays(self, stride: int = 1) -> Float64[np.ndarray, "h w 3"]:
        """Directions of planar depth 1 in camera axes through the pixel centres of every `stride`-th row and column."""
        height, width = self.truth.shape
        return pixel_rays(self.intrinsics, width, height, stride, self.lens)

    def project(
        self, points: Float64[np.ndarray, "*n 3"]
    ) -> tuple[Float64[np.ndarray, "*n 2"], Float64[np.ndarray, "*n"]]:
        """Pixel positions (u, v) and planar depths of world points; a depth at or below 0 is behind the camera.

        Points too far off the axis for the lens are at NaN.
        """
        return project(points, self.intrinsics, self.camera_to_world, self.lens)

    def project_box(self, box: Box3D) -> tuple[Float64[np.ndarray, "n 2"], Float64[np.ndarray, " n"]]:
        """Pixel positions and depths of points that bound a box's image: its corners, with a lens also of its edges."""
        outline = box.corners() if self.lens == PINHOLE else box.edges(_EDGE_POINTS).reshape(-1, 3)
        return self.project(outline)

    def points(self, stride: int = 1) -> Float64[np.ndarray, "n 3"]:
        """The surface points in world axes that are seen in every `stride`-th row and column, row by row."""
        depth = self.truth.depth[::stride, ::stride].astype(np.float64)
        surface = np.isfinite(depth)
        return to_world(self.rays(stride)[surface] * depth[surface][:, None], self.camera_to_world)

    @classmethod
    def from_scene(
        cls,
        scene: Mapping[str, Any],
        image: UInt8[np.ndarray, "h w 3"],
        truth: Truth,
        albedo: UInt8[np.ndarray, "h w 3"] | None = None,
        surface: tuple[UInt32[np.ndarray, "h w"], UInt32[np.ndarray, "h w"]] | None = None,
        shading: ShadingMaps | None = None,
        document: SceneDocument | None = None,
    ) -> "Frame":
        """Join an image and its truth with the parsed `scene.json` of the same key.

        surface: the ids of each pixel's part and material, where they are known. document: `scene` as its record, where
        it was read already. Masks and pixel counts are checked
        against the truth's size. Raises SceneFileError when `scene` does not have
        the keys of docs/formats.md, ArrayError for a broken mask.
        """
        for name, side in zip(("height", "width"), truth.shape, strict=True):
            if scene.get(name) not in (None, side):
                raise SceneFileError(f"scene.json, {name}", f"the truth's {side}", short_repr(scene[name]))
        description = document or read_record(Description, scene, "scene.json", others=True)
        _check_counts(description.objects, truth.shape[0] * truth.shape[1])
        _check_distinct(description.categories, "scene.json, categories")
        _check_distinct(description.objects, "scene.json, objects")
        _check_keypoints(description.objects)
        return cls(
            key=description.key,
            image=image,
            truth=truth,
            intrinsics=np.array(description.intrinsics, np.float64),
            camera_to_world=np.array(description.camera_to_world, np.float64),
            world_category=description.world_category,
            categories=description.categories,
            objects=tuple(stored.record() for stored in description.objects),
            amodal=_amodal(description.objects, truth.shape),
            albedo=albedo,
            surface=None if surface is None else _surface(scene, description.surface, *surface),
            shading=shading,
            origin=document.origin() if document else _origin(scene),
            lens=description.lens.lens(),
        )


def _check_counts(objects: tuple[StoredObject, ...], pixels: int) -> None:
    for index, record in enumerate(objects):
        if record.visible_pixels > pixels:
            where = f"scene.json, objects[{index}], visible_pixels"
            raise SceneFileError(where, f"an integer from 0 to {pixels}", short_repr(record.visible_pixels))


def _check_distinct(
    records: Iterable[CategoryRecord | ObjectRecord | ObjectPartRecord | MaterialRecord], where: str
) -> None:
    duplicate = first_duplicate(record.id for record in records)
    if duplicate is not None:
        raise SceneFileError(where, "ids to be distinct", f"{duplicate} twice")


def _check_keypoints(objects: tuple[StoredObject, ...]) -> None:
    """Names must be COCO's, each at most once: tasks look keypoints up by them."""
    for index, record in enumerate(objects):
        names = [keypoint.name for keypoint in record.keypoints]
        if not set(names) <= set(KEYPOINT_NAMES) or len(set(names)) < len(names):
            where = f"scene.json, objects[{index}], keypoints"
            raise SceneFileError(where, "names of COCO's keypoints, each once", short_repr(names))


def _surface(
    scene: Mapping[str, Any],
    record: SurfaceRecord,
    part: UInt32[np.ndarray, "h w"],
    material: UInt32[np.ndarray, "h w"],
) -> SurfaceMaps:
    if "surface" not in scene:
        raise SceneFileError("scene.json", "the key surface beside a surface.exr", "none")
    _check_distinct(record.parts, "scene.json, surface, parts")
    _check_distinct(record.materials, "scene.json, surface, materials")
    return SurfaceMaps(part, material, record)


def _amodal(objects: tuple[StoredObject, ...], shape: tuple[int, int]) -> Silhouettes | None:
    """Masks of the objects that have one; None where no object has."""
    masks = Silhouettes(shape)
    for record in objects:
        if record.amodal_rle is not None:
            masks.add(record.id, record.amodal_rle, f"amodal_rle of object {record.id}")
    return masks if len(masks) else None


def _origin(scene: Mapping[str, Any]) -> Origin | None:
    """Where the frame comes from; None where a key of it is missing from scene.json."""
    if any(field.name not in scene for field in fields(Origin)):
        return None
    return read_record(Origin, scene, "scene.json", others=True)
