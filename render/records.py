"""The object and category records of `scene.json`. numpy only."""

from dataclasses import dataclass
from typing import Any

import numpy as np
from jaxtyping import Bool, Float64, Int32, UInt32

from encode.formulas.projection import to_camera, to_world
from encode.formulas.rle import runs_of_mask
from render.coverage import silhouette
from scenes.scene import SceneObject

__all__ = ["Solid", "object_records"]


@dataclass(frozen=True, slots=True)
class Solid:
    """An object as it stands: its spec, its mesh in its own axes (metres) and its pose."""

    item: SceneObject
    vertices: Float64[np.ndarray, "n 3"]
    triangles: Int32[np.ndarray, "t 3"]
    pose: Float64[np.ndarray, "4 4"]

    def world_vertices(self) -> Float64[np.ndarray, "n 3"]:
        """Vertices in world axes."""
        return to_world(self.vertices, self.pose)


def object_records(
    solids: list[Solid],
    category_ids: dict[str, int],
    instance: UInt32[np.ndarray, "h w"],
    k: Float64[np.ndarray, "3 3"],
    camera_to_world: Float64[np.ndarray, "4 4"],
) -> list[dict[str, Any]]:
    """One entry of `objects` for each solid, in order of id; see docs/formats.md."""
    return [_record(solid, category_ids[solid.item.model.category], instance, k, camera_to_world) for solid in solids]


def _record(
    solid: Solid,
    category_id: int,
    instance: UInt32[np.ndarray, "h w"],
    k: Float64[np.ndarray, "3 3"],
    camera_to_world: Float64[np.ndarray, "4 4"],
) -> dict[str, Any]:
    item, model = solid.item, solid.item.model
    mask = instance == item.id
    box = _box_2d(mask)
    visible = int(mask.sum())
    height, width = mask.shape
    low, high = solid.vertices.min(axis=0), solid.vertices.max(axis=0)
    whole = _whole(solid, mask, k, camera_to_world) if visible else mask
    return {
        "id": item.id,
        "name": item.name,
        "category": model.category,
        "category_id": category_id,
        "color": model.color,
        "material": model.material,
        "size": model.size,
        "parts": list(dict.fromkeys(part.name for part in model.parts)),
        "dimensions": _rounded(high - low),
        "box_2d": box,
        "visible_pixels": visible,
        "visible_fraction": round(visible / int(whole.sum()), 4) if visible else 0.0,
        "amodal_rle": {"size": [height, width], "counts": runs_of_mask(whole)} if visible else None,
        "truncated": bool(visible and (box[0] == 0 or box[1] == 0 or box[2] == width or box[3] == height)),
        "box_3d": _box_3d(solid.pose, low, high),
        "supported_by": item.supported_by,
    }


def _box_2d(mask: np.ndarray) -> list[int]:
    rows, columns = np.flatnonzero(mask.any(axis=1)), np.flatnonzero(mask.any(axis=0))
    if not len(rows):
        return [0, 0, 0, 0]
    return [int(columns[0]), int(rows[0]), int(columns[-1]) + 1, int(rows[-1]) + 1]


def _whole(
    solid: Solid,
    mask: Bool[np.ndarray, "h w"],
    k: Float64[np.ndarray, "3 3"],
    camera_to_world: Float64[np.ndarray, "4 4"],
) -> Bool[np.ndarray, "h w"]:
    """The pixels that the object would cover alone.

    Truth and silhouette come from different arithmetic, so a border pixel may be in one and not in the other: their
    union is what the object covers. Holes cut by a material's alpha count as covered.
    """
    local = to_camera(solid.world_vertices(), camera_to_world)
    return silhouette(local, solid.triangles, k, mask.shape[1], mask.shape[0]) | mask


def _box_3d(
    pose: Float64[np.ndarray, "4 4"], low: Float64[np.ndarray, " 3"], high: Float64[np.ndarray, " 3"]
) -> dict[str, Any]:
    center = pose[:3, :3] @ ((low + high) / 2) + pose[:3, 3]
    return {
        "center": _rounded(center),
        "rotation": [_rounded(row) for row in pose[:3, :3]],
        "extent": _rounded(high - low),
    }


def _rounded(values: np.ndarray) -> list[float]:
    return [round(float(value), 6) + 0.0 for value in values]
