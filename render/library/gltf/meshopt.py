"""Buffer views packed by meshoptimizer (EXT_meshopt_compression), by the library that Blender itself brings."""

import ctypes
from functools import cache
from pathlib import Path
from typing import Any

import bpy

from render.library.gltf.document import Document
from render.library.requests import Unusable

__all__ = ["MESHOPT", "unpack_meshopt"]

#: The extension's two names, which say the same.
MESHOPT = ("EXT_meshopt_compression", "KHR_meshopt_compression")
DECODERS = {
    "ATTRIBUTES": "meshopt_decodeVertexBuffer",
    "TRIANGLES": "meshopt_decodeIndexBuffer",
    "INDICES": "meshopt_decodeIndexSequence",
}
#: Each with the strides that it is defined for.
FILTERS = {
    "OCTAHEDRAL": ("meshopt_decodeFilterOct", (4, 8)),
    "QUATERNION": ("meshopt_decodeFilterQuat", (8,)),
    "EXPONENTIAL": ("meshopt_decodeFilterExp", range(4, 257, 4)),
    "COLOR": ("meshopt_decodeFilterColor", (4, 8)),
}
STRIDES = {"ATTRIBUTES": range(4, 257, 4), "TRIANGLES": (2, 4), "INDICES": (2, 4)}
#: How many bytes a packed one can come to: 2 bits stand for a channel of 256 elements at best, an index takes a byte.
DENSEST = {"ATTRIBUTES": 1024, "TRIANGLES": 12, "INDICES": 4}


def unpack_meshopt(document: Document) -> list[bytes]:
    """The bytes of all buffer views, the packed ones unpacked; raises Unusable."""
    views = []
    for entry in document.data.get("bufferViews", ()):
        extensions = entry.get("extensions", {})
        packed = [extensions.pop(name) for name in MESHOPT if name in extensions]
        views.append(_unpacked(document.slice(packed[0]), packed[0]) if packed else document.slice(entry))
    for name in MESHOPT:
        document.drop_extension(name)
    return views


def _unpacked(content: bytes, packed: dict[str, Any]) -> bytes:
    mode, kind = packed["mode"], packed.get("filter", "NONE")
    count, stride = _sizes(packed, mode, kind, len(content))
    target = ctypes.create_string_buffer(count * stride)
    library = _library()
    sizes = ctypes.c_size_t(count), ctypes.c_size_t(stride)
    if library[DECODERS[mode]](target, *sizes, content, ctypes.c_size_t(len(content))):
        raise Unusable("the meshopt data of a mesh is broken")
    if kind != "NONE":
        library[FILTERS[kind][0]](target, *sizes)
    return target.raw


def _sizes(packed: dict[str, Any], mode: str, kind: str, length: int) -> tuple[int, int]:
    """Count and stride, which the library trusts; raises Unusable where they cannot be those of so many bytes."""
    count, stride = int(packed["count"]), int(packed["byteStride"])
    strides = STRIDES[mode] if kind == "NONE" else FILTERS[kind][1]
    is_complete = count % 3 == 0 or mode != "TRIANGLES"
    if count < 0 or stride not in strides or not is_complete or count * stride > DENSEST[mode] * length:
        raise Unusable(f"the meshopt data of a mesh cannot be {count:,} elements of {stride} bytes")
    return count, stride


@cache
def _library() -> ctypes.CDLL:
    path = Path(bpy.utils.resource_path("LOCAL")).parent / "lib" / "libmeshoptimizer.so"
    if not path.is_file():
        raise Unusable("it is packed by meshopt, which this Blender cannot unpack: export it without")
    return ctypes.CDLL(str(path))
