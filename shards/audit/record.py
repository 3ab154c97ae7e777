"""Has scene.json the keys and types of docs/formats.md, down to each object and category?"""

from collections.abc import Iterator, Mapping
from typing import Any

from encode.frame import frame_key
from encode.reading.short_text import short_repr

__all__ = ["form_faults", "record_problems"]

Types = Mapping[str, type | tuple[type, ...]]

_SCENE: Types = {
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

_CATEGORY: Types = {"id": int, "name": str, "plural": str, "synonyms": list, "supercategory": str, "kind": str}

_OBJECT: Types = {
    "id": int,
    "name": str,
    "category": str,
    "category_id": int,
    "color": str,
    "material": str,
    "size": str,
    "parts": list,
    "dimensions": list,
    "box_2d": list,
    "visible_pixels": int,
    "visible_fraction": (int, float),
    "amodal_rle": (dict, type(None)),
    "truncated": bool,
    "box_3d": dict,
    "supported_by": int,
}

#: Counts of pixels in `render`, which frames of older versions lack.
_PIXELS = ("normals_bent", "normals_flat")

_SIZES = ("", "small", "medium", "large")


#: Shapes of the lists of numbers: the camera's, those of an object and of its box_3d.
_CAMERA_SHAPES: Mapping[str, tuple[int, ...]] = {"intrinsics": (3, 3), "camera_to_world": (4, 4)}
_OBJECT_SHAPES: Mapping[str, tuple[int, ...]] = {"dimensions": (3,), "box_2d": (4,)}
_BOX_SHAPES: Mapping[str, tuple[int, ...]] = {"center": (3,), "rotation": (3, 3), "extent": (3,)}


def form_faults(scene: Mapping[str, Any], objects: bool = True) -> list[str]:
    """What is wrong with the keys, types and shapes of a parsed scene.json; where anything is, it cannot be used.

    Without `objects` those entries are not looked into beyond what a list of frames shows of them.
    """
    faults = list(_faults(scene, _SCENE, ""))
    if faults:
        return faults
    faults += _shape_faults(scene, _CAMERA_SHAPES, "")
    for place, entry in enumerate(scene["categories"]):
        faults += _faults(entry, _CATEGORY, f"category {place}: ")
    for place, entry in enumerate(scene["objects"]):
        faults += _object_faults(entry, f"object {place}: ") if objects else _shown_faults(entry, f"object {place}: ")
    return faults


def _shown_faults(entry: Any, where: str) -> Iterator[str]:
    if not isinstance(entry, dict) or not {"category", "visible_pixels"} <= set(entry):
        yield f"{where}expected an object with category and visible_pixels, got {short_repr(entry)}"


def _object_faults(entry: Any, where: str) -> list[str]:
    faults = list(_faults(entry, _OBJECT, where))
    if not faults:
        faults += _faults(entry["box_3d"], dict.fromkeys(_BOX_SHAPES, list), f"{where}box_3d: ")
    if not faults:
        faults += _shape_faults(entry, _OBJECT_SHAPES, where)
        faults += _shape_faults(entry["box_3d"], _BOX_SHAPES, f"{where}box_3d: ")
    return faults


def _shape_faults(record: Mapping[str, Any], shapes: Mapping[str, tuple[int, ...]], where: str) -> Iterator[str]:
    for key, shape in shapes.items():
        if not _has_shape(record[key], shape):
            yield f"{where}expected {key} as numbers of shape {list(shape)}, got {short_repr(record[key])}"


def _has_shape(value: Any, shape: tuple[int, ...]) -> bool:
    if not shape:
        return isinstance(value, int | float) and not isinstance(value, bool)
    return isinstance(value, list) and len(value) == shape[0] and all(_has_shape(part, shape[1:]) for part in value)


def _faults(record: Any, types: Types, where: str) -> Iterator[str]:
    if not isinstance(record, dict) or set(record) != set(types):
        got = set(record) if isinstance(record, dict) else set()
        missing, unknown = sorted(set(types) - got), sorted(got - set(types))
        yield f"{where}expected the keys of docs/formats.md; missing {missing}, unknown {short_repr(unknown)}"
        return
    for key, kind in types.items():
        value = record[key]
        if not isinstance(value, kind) or (isinstance(value, bool) and kind is not bool):
            yield f"{where}expected {key} as {_told(kind)}, got {short_repr(value)}"


def record_problems(scene: Mapping[str, Any]) -> Iterator[str]:
    """Yield where a scene.json of sound form contradicts itself."""
    if scene["format"] != 1:
        yield f"expected format 1, got {scene['format']}"
    expected = frame_key(scene["scene_index"], scene["view_index"])
    if scene["key"] != expected:
        yield f"expected the key {expected} of its scene and view, got {scene['key']}"
    for name in ("seed", "scene_index", "view_index", "attempt"):
        if scene[name] < 0:
            yield f"expected {name} of 0 or more, got {scene[name]}"
    most = scene["width"] * scene["height"]
    for name in _PIXELS:
        count = scene["render"].get(name, 0)
        if not isinstance(count, int) or isinstance(count, bool) or not 0 <= count <= most:
            yield f"render: expected {name} as a number of pixels, 0 to {most}, got {count!r}"
    for name in ("categories", "objects"):
        ids = [entry["id"] for entry in scene[name]]
        if ids != sorted(ids):
            yield f"expected {name} in the order of their ids, got {short_repr(ids)}"
    for entry in scene["categories"]:
        if entry["kind"] not in ("thing", "stuff"):
            yield f"category {entry['name']}: expected the kind thing or stuff, got {entry['kind']!r}"
    for entry in scene["objects"]:
        if entry["size"] not in _SIZES:
            yield f"object {entry['name']}: expected a size of {_SIZES}, got {entry['size']!r}"


def _told(kind: type | tuple[type, ...]) -> str:
    kinds = kind if isinstance(kind, tuple) else (kind,)
    return " or ".join("null" if entry is type(None) else entry.__name__ for entry in kinds)
