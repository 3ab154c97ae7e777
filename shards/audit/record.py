"""Has scene.json the keys and types of docs/formats.md, and does it contradict itself?"""

from collections.abc import Iterator, Mapping
from typing import Any

from encode.errors import SceneFileError
from encode.frame import frame_key
from encode.frame.document import FORMAT, SceneDocument
from encode.reading.short_text import short_repr
from encode.schema import read_record, record_problems

__all__ = ["read_document", "record_contradictions", "scene_form_problems"]

#: Counts of pixels in `render`, which frames of older versions lack.
_PIXELS = ("normals_bent", "normals_flat")

_SIZES = ("", "small", "medium", "large")


def read_document(scene: dict[str, Any]) -> SceneDocument | None:
    """The record that a parsed scene.json holds; None where `scene_form_problems` finds a problem."""
    try:
        return read_record(SceneDocument, scene, "", complete=True)
    except SceneFileError:
        return None


def scene_form_problems(scene: Any, *, objects: bool = True) -> list[str]:
    """What is wrong with the keys, types and shapes of a parsed scene.json; where anything is, it cannot be used.

    Without `objects` only those parts of the entries are checked that a list of frames shows.
    """
    skipped = () if objects else ("objects",)
    problems = [str(problem) for problem in record_problems(SceneDocument, scene, "", complete=True, skip=skipped)]
    return problems if objects or problems else list(_shown_problems(scene["objects"]))


def _shown_problems(objects: Any) -> Iterator[str]:
    if not isinstance(objects, list):
        yield f"objects: expected a list, got {short_repr(objects)}"
        return
    for index, record in enumerate(objects):
        if not isinstance(record, dict) or not {"category", "visible_pixels"} <= set(record):
            yield f"objects[{index}]: expected an object with category and visible_pixels, got {short_repr(record)}"


def record_contradictions(scene: Mapping[str, Any]) -> Iterator[str]:
    """Yield where a well-formed scene.json contradicts itself."""
    if scene["format"] != FORMAT:
        yield f"expected format {FORMAT}, got {scene['format']}"
    expected = frame_key(scene["scene_index"], scene["view_index"])
    if scene["key"] != expected:
        yield f"expected the key {expected} of its scene and view, got {scene['key']}"
    most = scene["width"] * scene["height"]
    for name in _PIXELS:
        count = scene["render"].get(name, 0)
        if not isinstance(count, int) or isinstance(count, bool) or not 0 <= count <= most:
            yield f"render: expected {name} as a number of pixels, 0 to {most}, got {count!r}"
    for name in ("categories", "objects"):
        ids = [record["id"] for record in scene[name]]
        if ids != sorted(ids):
            yield f"expected {name} in the order of their ids, got {short_repr(ids)}"
    for category in scene["categories"]:
        if category["kind"] not in ("thing", "stuff"):
            yield f"category {category['name']}: expected the kind thing or stuff, got {category['kind']!r}"
    for record in scene["objects"]:
        if record["size"] not in _SIZES:
            yield f"object {record['name']}: expected a size of {_SIZES}, got {record['size']!r}"
