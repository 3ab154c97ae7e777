"""Does a frame keep the truth contract of docs/formats.md? One generator a rule, each yielding what is wrong."""

from collections.abc import Callable, Iterator, Mapping
from typing import Any

import numpy as np
from jaxtyping import Bool, Float64, Int64, UInt32

from encode import Box3D, Frame, ObjectRecord

__all__ = ["frame_problems"]

#: Float32 rounding of a normalised vector, with room for a renderer that normalises in float32.
_UNIT_TOLERANCE = 1e-4

#: Every fourth pixel each way is reprojected: a wrong pose, K or depth moves all of them.
_STRIDE = 4

# A point may leave its object's box by rounding of boxes and matrices (1e-6) and by displaced surfaces.
_BOX_SLACK = 0.02
_BOX_SLACK_METRES = 0.005
_BOX_SHARE_OUTSIDE = 0.01

_SCENE_TYPES: Mapping[str, type | tuple[type, ...]] = {
    "format": int,
    "key": str,
    "family": str,
    "seed": int,
    "scene_index": int,
    "view_index": int,
    "attempt": int,
    "width": int,
    "height": int,
    "intrinsics": list,
    "camera_to_world": list,
    "world_category": int,
    "categories": list,
    "objects": list,
    "render": dict,
    "versions": dict,
    "fingerprint": str,
    "spec": dict,
}

Rule = Callable[[Frame], Iterator[str]]


def frame_problems(frame: Frame, scene: Mapping[str, Any]) -> Iterator[tuple[str, str]]:
    """Yield (rule, what was expected and what came) for everything wrong with a frame and its parsed scene.json."""
    sound = True
    for rule, check in _FOUNDATIONS.items():
        for detail in check(frame):
            sound = False
            yield rule, detail
    for detail in _scene_fields(frame, scene):
        yield "scene.json", detail
    if not sound:
        return  # the rest would only say it again, or fail on it
    for rule, check in _RULES.items():
        for detail in check(frame):
            yield rule, detail


def _scene_fields(frame: Frame, scene: Mapping[str, Any]) -> Iterator[str]:
    if set(scene) != set(_SCENE_TYPES):
        missing, unknown = sorted(set(_SCENE_TYPES) - set(scene)), sorted(set(scene) - set(_SCENE_TYPES))
        yield f"expected the keys of docs/formats.md; missing {missing}, unknown {unknown}"
        return
    for key, kind in _SCENE_TYPES.items():
        if not isinstance(scene[key], kind) or isinstance(scene[key], bool):
            yield f"expected {key} of type {kind}, got {scene[key]!r}"
            return
    if scene["format"] != 1:
        yield f"expected format 1, got {scene['format']}"
    expected = f"s{scene['scene_index']:07d}-v{scene['view_index']:02d}"
    if scene["key"] != expected:
        yield f"expected the key {expected} of its scene and view, got {scene['key']}"
    if (scene["height"], scene["width"]) != frame.truth.shape:
        yield f"expected height and width {frame.truth.shape}, got {(scene['height'], scene['width'])}"


def _depth(frame: Frame) -> Iterator[str]:
    depth = frame.truth.depth
    if np.isnan(depth).any():
        yield f"{np.isnan(depth).sum()} pixels are NaN, the first at {_first(np.isnan(depth))}"
    elif not (depth > 0).all():
        yield f"expected depth > 0, got {depth.min()} at {_first(depth <= 0)}"


def _camera(frame: Frame) -> Iterator[str]:
    k, pose = frame.intrinsics, frame.camera_to_world
    height, width = frame.truth.shape
    if k.shape != (3, 3) or pose.shape != (4, 4) or not (np.isfinite(k).all() and np.isfinite(pose).all()):
        yield f"expected finite 3x3 intrinsics and 4x4 camera_to_world, got shapes {k.shape} and {pose.shape}"
        return
    fx, fy, cx, cy = k[0, 0], k[1, 1], k[0, 2], k[1, 2]
    if not np.array_equal(k, [[fx, 0, cx], [0, fy, cy], [0, 0, 1]]) or fx <= 0 or fy <= 0:
        yield f"expected K = [[fx, 0, cx], [0, fy, cy], [0, 0, 1]] with fx, fy > 0, got {k.tolist()}"
    if not (0 <= cx <= width and 0 <= cy <= height):
        yield f"expected the principal point within {width}x{height}, got ({cx}, {cy})"
    rotation = pose[:3, :3]
    rigid = np.allclose(rotation.T @ rotation, np.eye(3), atol=1e-4) and np.linalg.det(rotation) > 0
    if not rigid or not np.array_equal(pose[3], [0, 0, 0, 1]):
        yield f"expected camera_to_world to be a rotation and a shift, got {pose.tolist()}"


def _ids(frame: Frame) -> Iterator[str]:
    truth = frame.truth
    for name, known, seen in (
        ("instance", [entry.id for entry in frame.objects], truth.instance),
        ("category", [entry.id for entry in frame.categories], truth.category),
    ):
        if len(set(known)) != len(known) or min(known, default=1) < 1:
            yield f"expected {name} ids in scene.json to be distinct and > 0, got {sorted(known)}"
            continue
        unknown = _present(seen) - {0, *known}
        if unknown:
            yield f"{name} ids {sorted(unknown)[:5]} are not in scene.json"


def _surface(frame: Frame) -> Iterator[str]:
    truth = frame.truth
    none = np.isinf(truth.depth)
    wrong = (truth.instance == 0) != none
    if wrong.any():
        yield (
            f"expected instance 0 exactly where depth is infinite, {wrong.sum()} pixels differ,"
            f" the first at {_first(wrong)}"
        )
    wrong = none & (truth.category != frame.world_category)
    if wrong.any():
        yield (
            f"expected the world's category {frame.world_category} where there is no surface,"
            f" got {truth.category[wrong][0]} at {_first(wrong)}"
        )


def _normals(frame: Frame) -> Iterator[str]:
    normal, none = frame.truth.normal, np.isinf(frame.truth.depth)
    squared = np.einsum("hwc,hwc->hw", normal, normal)
    wrong = none & (squared != 0)
    if wrong.any():
        yield f"expected 0 where there is no surface, got {normal[wrong][0]} at {_first(wrong)}"
    wrong = ~none & ~(np.abs(squared - 1) <= 2 * _UNIT_TOLERANCE)
    if wrong.any():
        length = float(np.sqrt(squared[wrong][0]))
        yield f"expected unit vectors, got length {length:.6g} at {_first(wrong)} ({wrong.sum()} pixels)"
    away = np.einsum("hwc,hwc->hw", normal, _rays(frame, 1)) > 0
    if away.any():
        yield f"expected normals that face the camera, {away.sum()} pixels do not, the first at {_first(away)}"


def _categories(frame: Frame) -> Iterator[str]:
    known = {entry.id: entry.name for entry in frame.categories}
    if frame.world_category and frame.world_category not in known:
        yield f"the world's category {frame.world_category} is not among the categories"
    for entry in frame.objects:
        name = known.get(entry.category_id)
        if name != entry.category:
            yield f"object {entry.name}: category {entry.category_id} is {name}, not {entry.category}"
    ids, index = _compact(frame)
    owners = {0: frame.world_category, **{entry.id: entry.category_id for entry in frame.objects}}
    expected = np.array([owners[id_] for id_ in ids.tolist()], np.uint32)[index]
    wrong = (frame.truth.instance > 0) & (expected != frame.truth.category)
    if wrong.any():
        yield (
            f"expected each pixel to have its object's category, {wrong.sum()} do not, the first at {_first(wrong)}:"
            f" instance {frame.truth.instance[wrong][0]}, category {frame.truth.category[wrong][0]}"
        )


def _objects(frame: Frame) -> Iterator[str]:
    ids = {entry.id for entry in frame.objects}
    names = [entry.name for entry in frame.objects]
    if len(set(names)) != len(names):
        yield "expected distinct object names"
    pixels, boxes = _masks(frame)
    for entry in frame.objects:
        yield from (f"{entry.name}: {detail}" for detail in _object(frame, entry, pixels[entry.id], boxes[entry.id]))
        if entry.supported_by not in (0, *ids) or entry.supported_by == entry.id:
            yield f"{entry.name}: it stands on object {entry.supported_by}, which is not another object of the scene"


def _object(frame: Frame, entry: ObjectRecord, count: int, box: tuple[int, int, int, int]) -> Iterator[str]:
    height, width = frame.truth.shape
    if entry.visible_pixels != count:
        yield f"expected visible_pixels {count} by its mask, got {entry.visible_pixels}"
    if entry.box_2d != box:
        yield f"expected box_2d {box} by its mask, got {entry.box_2d}"
    touches = bool(count) and (box[0] == 0 or box[1] == 0 or box[2] == width or box[3] == height)
    if entry.truncated != touches:
        yield f"expected truncated {touches} by its mask, got {entry.truncated}"
    # A visible sliver's fraction may round to 0; that of a hidden object may not be more.
    if not 0 <= entry.visible_fraction <= (1 if count else 0):
        yield f"visible_fraction {entry.visible_fraction} does not go with {count} visible pixels"


def _boxes_3d(frame: Frame) -> Iterator[str]:
    """Do the surface points, by depth, K and pose, lie in the boxes of the objects that they are said to be on?"""
    depth = frame.truth.depth[::_STRIDE, ::_STRIDE].astype(np.float64)
    instance = frame.truth.instance[::_STRIDE, ::_STRIDE]
    surface = np.isfinite(depth)
    local = _rays(frame, _STRIDE)[surface] * depth[surface][:, None]
    world = local @ frame.camera_to_world[:3, :3].T + frame.camera_to_world[:3, 3]
    owner = instance[surface]
    order = np.argsort(owner, kind="stable")
    ids, starts = np.unique(owner[order], return_index=True)
    records = {entry.id: entry for entry in frame.objects}
    for id_, points in zip(ids.tolist(), np.split(world[order], starts[1:]), strict=True):
        yield from _outside(records[id_], points)


def _outside(entry: ObjectRecord, points: Float64[np.ndarray, "n 3"]) -> Iterator[str]:
    box: Box3D = entry.box_3d
    extent = np.asarray(box.extent)
    inner = np.abs((points - np.asarray(box.center)) @ np.asarray(box.rotation))
    beyond = (inner - extent / 2).max(axis=1)
    outside = beyond > _BOX_SLACK * extent.max() + _BOX_SLACK_METRES
    if outside.mean() > _BOX_SHARE_OUTSIDE:
        yield (
            f"{entry.name}: expected its surface within box_3d, {outside.mean():.0%} of its points are up to"
            f" {beyond.max():.3g} m outside: depth, K, camera_to_world and box_3d do not agree"
        )


_FOUNDATIONS: Mapping[str, Rule] = {"depth": _depth, "camera": _camera, "ids": _ids, "surface": _surface}
_RULES: Mapping[str, Rule] = {
    "normals": _normals,
    "categories": _categories,
    "objects": _objects,
    "reprojection": _boxes_3d,
}


def _rays(frame: Frame, stride: int) -> Float64[np.ndarray, "h w 3"]:
    """Directions through the pixel centres in camera axes, of unit depth."""
    height, width = frame.truth.shape
    k = frame.intrinsics
    y, x = np.arange(0, height, stride) + 0.5, np.arange(0, width, stride) + 0.5
    rays = np.empty((len(y), len(x), 3))
    rays[..., 0] = (x - k[0, 2]) / k[0, 0]
    rays[..., 1] = ((k[1, 2] - y) / k[1, 1])[:, None]
    rays[..., 2] = -1
    return rays


def _compact(frame: Frame) -> tuple[UInt32[np.ndarray, "n"], Int64[np.ndarray, "h w"]]:
    """Ids of nothing and of all objects, ascending, and the instance map as places in that list."""
    ids = np.array(sorted({0, *(entry.id for entry in frame.objects)}), np.uint32)
    return ids, np.searchsorted(ids, frame.truth.instance)


def _masks(frame: Frame) -> tuple[dict[int, int], dict[int, tuple[int, int, int, int]]]:
    """Visible pixels and half-open box of every object, from one pass over the map for all of them."""
    ids, index = _compact(frame)
    height, width = index.shape
    rows, columns = np.zeros((len(ids), height), bool), np.zeros((len(ids), width), bool)
    rows[index, np.arange(height)[:, None]] = True
    columns[index, np.arange(width)] = True
    pixels = np.bincount(index.ravel(), minlength=len(ids)).tolist()
    boxes = [_box(y, x) for y, x in zip(rows, columns, strict=True)]
    return dict(zip(ids.tolist(), pixels, strict=True)), dict(zip(ids.tolist(), boxes, strict=True))


def _box(rows: Bool[np.ndarray, "h"], columns: Bool[np.ndarray, "w"]) -> tuple[int, int, int, int]:
    y, x = np.flatnonzero(rows), np.flatnonzero(columns)
    return (int(x[0]), int(y[0]), int(x[-1]) + 1, int(y[-1]) + 1) if len(y) else (0, 0, 0, 0)


def _present(ids: UInt32[np.ndarray, "h w"]) -> set[int]:
    # Counting is ten times faster than sorting, but its table is as long as the largest id.
    if int(ids.max(initial=0)) < 1 << 16:
        return set(np.flatnonzero(np.bincount(ids.ravel())).tolist())
    return set(np.unique(ids).tolist())


def _first(mask: Bool[np.ndarray, "h w"]) -> str:
    row, column = np.argwhere(mask)[0].tolist()
    return f"row {row}, column {column}"
