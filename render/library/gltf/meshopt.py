"""Buffer views packed by meshoptimizer (EXT_meshopt_compression), by the library that Blender itself brings."""

import ctypes
from functools import cache
from pathlib import Path
from typing import Any

import bpy

from render.library.gltf.document import Document
from render.library.order import Unusable

__all__ = ["MESHOPT", "unpack_meshopt"]

#: The extension's two names, which say the same.
MESHOPT = ("EXT_meshopt_compression", "KHR_meshopt_compression")
DECODERS = {
    "ATTRIBUTES": "meshopt_decodeVertexBuffer",
    "TRIANGLES": "meshopt_decodeIndexBuffer",
    "INDICES": "meshopt_decodeIndexSequence",
}
FILTERS = {
    "OCTAHEDRAL": "meshopt_decodeFilterOct",
    "QUATERNION": "meshopt_decodeFilterQuat",
    "EXPONENTIAL": "meshopt_decodeFilterExp",
    "COLOR": "meshopt_decodeFilterColor",
}


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
    count, stride = int(packed["count"]), int(packed["byteStride"])
    target = ctypes.create_string_buffer(count * stride)
    library = _library()
    sizes = ctypes.c_size_t(count), ctypes.c_size_t(stride)
    if library[DECODERS[packed["mode"]]](target, *sizes, content, ctypes.c_size_t(len(content))):
        raise Unusable("the meshopt data of a mesh is broken")
    kind = packed.get("filter", "NONE")
    if kind != "NONE":
        library[FILTERS[kind]](target, *sizes)
    return target.raw


@cache
def _library() -> ctypes.CDLL:
    path = Path(bpy.utils.resource_path("LOCAL")).parent / "lib" / "libmeshoptimizer.so"
    if not path.is_file():
        raise Unusable("it is packed by meshopt, which this Blender cannot unpack: export it without")
    return ctypes.CDLL(str(path))
