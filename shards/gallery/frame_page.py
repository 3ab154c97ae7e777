"""The facts on the page of one frame, besides its pictures and maps."""

import math
from collections.abc import Mapping
from typing import Any

import numpy as np
from jaxtyping import UInt32

from encode import Frame, ObjectRecord
from encode.formulas.id_map import compact_ids
from encode.formulas.lens import PINHOLE
from encode.formulas.projection import rays_through
from shards.gallery.id_colors import id_color
from shards.gallery.wireframes import box_edges

__all__ = ["describe_frame", "shown_categories"]

#: Parts of `spec` about light and setting, small enough to show as they are.
_SETTING = ("world", "lamps", "haze", "exposure", "setting")
_MOST_TEXT = 20_000


def describe_frame(frame: Frame, scene: Mapping[str, Any]) -> dict[str, Any]:
    """Facts of a frame for JSON. Positions in pixels, lengths in metres, angles in degrees."""
    height, width = frame.truth.shape
    facts = {name: scene[name] for name in ("family", "seed", "scene_index", "view_index", "attempt", "fingerprint")}
    return {
        "key": frame.key,
        **facts,
        "width": width,
        "height": height,
        "camera": _camera(frame),
        "depth": _depth(frame),
        "categories": _categories(frame),
        "objects": _objects(frame),
        "render": scene["render"],
        "versions": scene["versions"],
        "setting": _setting(scene["spec"]),
        "albedo": frame.albedo is not None,
        "surface": _surface(frame),
        "shading": frame.shading is not None,
    }


def shown_categories(scene: Mapping[str, Any], sky: bool) -> frozenset[str]:
    """Names of what a frame shows, by its `scene.json`; `sky` says whether it has pixels without a surface."""
    names = {str(record["category"]) for record in scene["objects"] if record["visible_pixels"]}
    world = {str(each["name"]) for each in scene["categories"] if sky and each["id"] == scene["world_category"]}
    return frozenset((names | world) - {""})


def _camera(frame: Frame) -> dict[str, Any]:
    k, pose = frame.intrinsics, frame.camera_to_world
    # The camera looks along -z of its own axes.
    look = -pose[:3, 2]
    return {
        "intrinsics": k.tolist(),
        "camera_to_world": pose.tolist(),
        "position": pose[:3, 3].tolist(),
        "focal": [float(k[0, 0]), float(k[1, 1])],
        "field_of_view": _field_of_view(frame),
        "lens": {"model": frame.lens.model, "coefficients": list(frame.lens.coefficients)},
        "pitch": math.degrees(math.asin(float(np.clip(look[2], -1, 1)))),
    }


def _field_of_view(frame: Frame) -> list[float]:
    """Degrees across and down; of a lens those of the lines through the image's middle."""
    k, (height, width) = frame.intrinsics, frame.truth.shape
    if frame.lens == PINHOLE:
        return [math.degrees(2 * math.atan(side / 2 / focal)) for side, focal in ((width, k[0, 0]), (height, k[1, 1]))]
    u, v = np.array([[0, width, width / 2, width / 2], [height / 2, height / 2, 0, height]])
    rays = rays_through(u, v, k, frame.lens)
    rays /= np.linalg.norm(rays, axis=-1, keepdims=True)
    return [math.degrees(math.acos(float(rays[i] @ rays[i + 1]))) for i in (0, 2)]


def _depth(frame: Frame) -> dict[str, Any]:
    finite = frame.truth.depth[np.isfinite(frame.truth.depth)]
    share = 1 - finite.size / frame.truth.depth.size
    if not finite.size:
        return {"near": None, "median": None, "far": None, "no_surface": share}
    near, median, far = float(finite.min()), float(np.median(finite)), float(finite.max())
    return {"near": near, "median": median, "far": far, "no_surface": share}


def _categories(frame: Frame) -> list[dict[str, Any]]:
    ids, index = compact_ids(frame.truth.category)
    pixels = dict(zip(ids.tolist(), np.bincount(index.ravel()).tolist(), strict=True))
    order = _order(frame.truth.category)
    return [
        {
            "id": category.id,
            "name": category.name,
            "kind": category.kind,
            "supercategory": category.supercategory,
            "rgb": id_color(order.get(category.id, 0)),
            "pixels": pixels.get(category.id, 0),
        }
        for category in frame.categories
    ]


def _surface(frame: Frame) -> dict[str, list[dict[str, Any]]] | None:
    """Names and id colours of the parts and materials in view; None where the frame keeps none."""
    if frame.surface is None:
        return None
    record = frame.surface.record
    parts, materials = _order(frame.surface.part), _order(frame.surface.material)
    return {
        "parts": [{"id": p.id, "name": p.name, "rgb": id_color(parts[p.id])} for p in record.parts if p.id in parts],
        "materials": [
            {"id": m.id, "name": m.name, "rgb": id_color(materials[m.id])}
            for m in record.materials
            if m.id in materials
        ],
    }


def _order(ids: UInt32[np.ndarray, "h w"]) -> dict[int, int]:
    """The visible ids numbered from 1: few numbers have clearly different id colours, arbitrary ids may not."""
    return {id_: rank for rank, id_ in enumerate((n for n in compact_ids(ids)[0].tolist() if n), start=1)}


def _objects(frame: Frame) -> list[dict[str, Any]]:
    order = _order(frame.truth.instance)
    return [{**_object(frame, record), "rgb": id_color(order.get(record.id, 0))} for record in frame.objects]


def _object(frame: Frame, record: ObjectRecord) -> dict[str, Any]:
    return {
        "id": record.id,
        "name": record.name,
        "category": record.category,
        "color": record.color,
        "material": record.material,
        "size": record.size,
        "parts": record.parts,
        "dimensions": record.dimensions,
        "box_2d": record.box_2d,
        "edges": box_edges(frame, record.box_3d) if record.visible_pixels else [],
        "visible_pixels": record.visible_pixels,
        "visible_fraction": record.visible_fraction,
        "truncated": record.truncated,
        "supported_by": record.supported_by,
    }


def _setting(spec: Mapping[str, Any]) -> dict[str, Any]:
    return {name: spec[name] for name in _SETTING if spec.get(name) and len(str(spec[name])) < _MOST_TEXT}
