"""Checks every size that a glTF file declares against the bytes that it has, before any is allocated."""

from collections.abc import Iterator
from typing import Any

from render.library.gltf.document import Document
from render.library.gltf.draco import DRACO
from render.library.requests import Unusable

__all__ = ["check_sizes"]

#: Bytes of glTF's component types, and the components of its types.
BYTES = {5120: 1, 5121: 1, 5122: 2, 5123: 2, 5125: 4, 5126: 4}
COMPONENTS = {"SCALAR": 1, "VEC2": 2, "VEC3": 3, "VEC4": 4, "MAT2": 4, "MAT3": 9, "MAT4": 16}
STRIDES = range(1, 253)
MOST_EMPTY = 2**24  # elements of accessors without data, which stand for zeros
MOST_DRAWN = 100_000_000  # elements of all primitives, which may share their accessors


def check_sizes(document: Document, views: list[bytes]) -> None:
    """Raise Unusable where an accessor is longer than its view, or all that is drawn more than can be held."""
    accessors = document.data.get("accessors", ())
    drawn = list(_drawn(document.data))
    counts = [_count(document, views, entry, number in drawn) for number, entry in enumerate(accessors)]
    total = 0
    for number in drawn:
        total += counts[number]
        if total > MOST_DRAWN:
            raise Unusable(f"its meshes have more than {MOST_DRAWN:,} vertices")


def _count(document: Document, views: list[bytes], entry: dict[str, Any], drawn: bool) -> int:
    count = _whole(entry["count"])
    width = BYTES[entry["componentType"]] * COMPONENTS[entry["type"]]
    if "bufferView" in entry:
        _check_length(document, views, entry, count, width)
    elif drawn and count > MOST_EMPTY:
        raise Unusable(f"an accessor of {count:,} elements has no data")
    if sparse := entry.get("sparse"):
        changed = _whole(sparse["count"])
        _check_length(document, views, sparse["indices"], changed, BYTES[sparse["indices"]["componentType"]])
        _check_length(document, views, sparse["values"], changed, width)
    return count


def _check_length(document: Document, views: list[bytes], accessor: dict[str, Any], count: int, width: int) -> None:
    view_index = _whole(accessor["bufferView"])
    stride = document.data["bufferViews"][view_index].get("byteStride", 0) or width
    if stride not in STRIDES:
        raise Unusable(f"a buffer view has a stride of {stride}")
    needed = _whole(accessor.get("byteOffset", 0)) + (max(stride, width) * (count - 1) + width if count else 0)
    if needed > len(views[view_index]):
        raise Unusable("its binary data is cut short")


def _drawn(data: dict[str, Any]) -> Iterator[int]:
    """The accessors that the primitives take, those that Draco has packed left out."""
    for mesh in data.get("meshes", ()):
        for primitive in mesh["primitives"]:
            if DRACO not in primitive.get("extensions", {}):
                yield from primitive["attributes"].values()
                yield from [primitive["indices"]] if "indices" in primitive else ()
                for target in primitive.get("targets", ()):
                    yield from target.values()


def _whole(value: Any) -> int:
    if not isinstance(value, int) or not 0 <= value < 2**53:
        raise ValueError(f"{value!r:.40} is not a count")
    return value
