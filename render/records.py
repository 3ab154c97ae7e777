"""The object and category records of `scene.json`. numpy only."""

from collections.abc import Callable
from dataclasses import dataclass
from functools import cached_property, partial

import numpy as np
from jaxtyping import Bool, Float, Float64, Int32, UInt32

from encode.formulas.boxes import PixelBox
from encode.formulas.id_map import count_ids, windows_of
from encode.formulas.lens import PINHOLE, Lens
from encode.formulas.projection import to_camera, to_world
from encode.frame import (
    Box3D,
    CategoryRecord,
    Keypoint,
    ObjectId,
    ObjectRecord,
    Silhouettes,
    TextRecord,
    located_keypoints,
    located_texts,
)
from render.coverage import silhouette
from render.scattered_coverage import ScatteredCentres
from scenes.mesh import extremes
from scenes.scene import SceneObject
from scenes.taxonomy import Category
from scenes.texts import model_texts

__all__ = ["Solid", "category_record", "object_records"]

#: Rows and columns of an image.
Window = tuple[slice, slice]
#: The pixel centres that a mesh alone would cover: vertices in camera axes and triangles to a mask.
Cover = Callable[[Float64[np.ndarray, "n 3"], Int32[np.ndarray, "t 3"]], Bool[np.ndarray, "h w"]]


@dataclass(frozen=True)
class Solid:
    """An object as it stands: its spec, its mesh in its own axes (metres) and its pose."""

    item: SceneObject
    vertices: Float64[np.ndarray, "n 3"]
    triangles: Int32[np.ndarray, "t 3"]
    pose: Float64[np.ndarray, "4 4"]

    @cached_property
    def extremes(self) -> tuple[Float64[np.ndarray, " 3"], Float64[np.ndarray, " 3"]]:
        """The least and the greatest of each coordinate of its vertices, in its own axes."""
        return extremes(self.vertices)

    def world_vertices(self) -> Float64[np.ndarray, "n 3"]:
        """Vertices in world axes."""
        return to_world(self.vertices, self.pose)

    def keypoints(self) -> tuple[Float64[np.ndarray, "n 3"], Float64[np.ndarray, " n"]]:
        """Positions of its model's keypoints in world axes, and their radii, metres."""
        keypoints = self.item.model.keypoints
        own = np.array([keypoint.at for keypoint in keypoints], np.float64).reshape(-1, 3)
        return to_world(own, self.pose), np.array([keypoint.radius for keypoint in keypoints], np.float64)

    def texts(self) -> tuple[tuple[str, ...], Float64[np.ndarray, "n 4 3"]]:
        """What its lettering reads, and the corners round each line in world axes, metres."""
        texts = model_texts(self.item.model)
        corners = np.array([text.corners for text in texts], np.float64).reshape(-1, 4, 3)
        return tuple(text.text for text in texts), to_world(corners, self.pose)


@dataclass(frozen=True, slots=True)
class _Visible:
    """What is visible of an object: the rows and columns that hold it, and how many pixels."""

    window: Window
    pixels: int

    @property
    def box(self) -> PixelBox:
        """The box round its pixels."""
        rows, columns = self.window
        return PixelBox(columns.start, rows.start, columns.stop, rows.stop)

    def touches_border(self, height: int, width: int) -> bool:
        """Whether it reaches the border of the image, beyond which there may be more of it."""
        rows, columns = self.window
        return bool(self.pixels) and (
            rows.start == 0 or columns.start == 0 or rows.stop == height or columns.stop == width
        )


UNSEEN = _Visible((slice(0, 0), slice(0, 0)), 0)


def category_record(category: Category) -> CategoryRecord:
    """What `scene.json` records of a category of the taxonomy."""
    return CategoryRecord(
        id=category.id,
        name=category.name,
        plural=category.plural,
        synonyms=category.synonyms,
        supercategory=category.supercategory,
        kind=category.kind,
    )


def object_records(
    solids: list[Solid],
    category_ids: dict[str, int],
    depth: Float[np.ndarray, "h w"],
    instance: UInt32[np.ndarray, "h w"],
    k: Float64[np.ndarray, "3 3"],
    camera_to_world: Float64[np.ndarray, "4 4"],
    lens: Lens = PINHOLE,
) -> tuple[tuple[ObjectRecord, ...], Silhouettes]:
    """The record of each solid, in order of id, and the silhouettes of those of which a pixel is visible."""
    height, width = instance.shape
    silhouettes = Silhouettes((height, width))
    cover: Cover = partial(silhouette, k=k, width=width, height=height)
    if lens != PINHOLE:
        cover = ScatteredCentres(k, width, height, lens).silhouette
    records, seen = [], _visible(instance)
    for solid in solids:
        object_id = ObjectId(solid.item.id)
        visible = seen.get(object_id, UNSEEN)
        if visible.pixels:
            amodal = _amodal_mask(solid, instance, visible.window, cover, camera_to_world)
            silhouettes.put(object_id, amodal)
        points, radii = solid.keypoints()
        names = [keypoint.name for keypoint in solid.item.model.keypoints]
        keypoints = located_keypoints(names, points, radii, object_id, depth, instance, k, camera_to_world, lens)
        texts = located_texts(*solid.texts(), object_id, depth, instance, k, camera_to_world, lens)
        category_id = category_ids[solid.item.model.category]
        fraction = visible.pixels / int(amodal.sum()) if visible.pixels else 0.0
        records.append(_record(solid, category_id, visible, fraction, (height, width), keypoints, texts))
    return tuple(records), silhouettes


def _visible(instance: UInt32[np.ndarray, "h w"]) -> dict[int, _Visible]:
    """The part of each object that is visible, in one pass over the image."""
    ids, positions, counts = count_ids(instance)
    windows = windows_of(ids, positions)
    return {
        object_id: _Visible(windows[object_id], pixels)
        for object_id, pixels in zip(ids.tolist(), counts.tolist(), strict=True)
    }


def _record(
    solid: Solid,
    category_id: int,
    visible: _Visible,
    fraction: float,
    shape: tuple[int, int],
    keypoints: tuple[Keypoint, ...],
    texts: tuple[TextRecord, ...],
) -> ObjectRecord:
    """`fraction`: how much of its silhouette is visible. `shape`: height and width of the image."""
    item, model = solid.item, solid.item.model
    low, high = solid.extremes
    return ObjectRecord(
        id=ObjectId(item.id),
        name=item.name,
        category=model.category,
        category_id=category_id,
        color=model.color,
        material=model.material,
        size=model.size,
        parts=tuple(dict.fromkeys(part.name for part in model.parts)),
        dimensions=_rounded(high - low),
        box_2d=visible.box,
        visible_pixels=visible.pixels,
        visible_fraction=round(fraction, 4),
        truncated=visible.touches_border(*shape),
        box_3d=_box_3d(solid.pose, low, high),
        supported_by=ObjectId(item.supported_by),
        keypoints=keypoints,
        texts=texts,
    )


def _amodal_mask(
    solid: Solid,
    instance: UInt32[np.ndarray, "h w"],
    window: Window,
    cover: Cover,
    camera_to_world: Float64[np.ndarray, "4 4"],
) -> Bool[np.ndarray, "h w"]:
    """The pixels that the object would cover alone.

    Truth and silhouette come from different arithmetic, so a border pixel may be in one and not in the other: their
    union is what the object covers. Holes cut by a material's alpha count as covered.
    """
    mask = cover(to_camera(solid.world_vertices(), camera_to_world), solid.triangles)
    mask[window] |= instance[window] == solid.item.id
    return mask


def _box_3d(pose: Float64[np.ndarray, "4 4"], low: Float64[np.ndarray, " 3"], high: Float64[np.ndarray, " 3"]) -> Box3D:
    center = pose[:3, :3] @ ((low + high) / 2) + pose[:3, 3]
    x, y, z = (_rounded(row) for row in pose[:3, :3])
    return Box3D(center=_rounded(center), rotation=(x, y, z), extent=_rounded(high - low))


def _rounded(values: Float64[np.ndarray, " 3"]) -> tuple[float, float, float]:
    x, y, z = (round(float(value), 6) + 0.0 for value in values)
    return x, y, z
