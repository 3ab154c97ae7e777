"""Meshes packed by Draco (KHR_draco_mesh_compression) as plain accessors."""

from collections.abc import Iterator
from typing import Any

import DracoPy
import numpy as np

from render.library.gltf.document import Document
from render.library.requests import Unusable

__all__ = ["DRACO", "unpack_draco"]

DRACO = "KHR_draco_mesh_compression"
#: glTF's component types.
TYPES = {5120: np.int8, 5121: np.uint8, 5122: np.int16, 5123: np.uint16, 5125: np.uint32, 5126: np.float32}
INDICES, TRIANGLES = 5125, 4


def unpack_draco(document: Document, views: list[bytes]) -> None:
    """Give every packed primitive accessors of its own, whose data go to new `views`; raises Unusable."""
    for primitive in _packed(document.data):
        packed = primitive["extensions"].pop(DRACO)
        try:
            mesh = DracoPy.decode(views[packed["bufferView"]])
        except (ValueError, RuntimeError, DracoPy.FileTypeException) as error:
            raise Unusable("the Draco data of a mesh is broken") from error
        accessors = document.data["accessors"]
        for name, number in packed["attributes"].items():
            old = accessors[primitive["attributes"][name]]
            values = mesh.get_attribute_by_unique_id(number)["data"].astype(TYPES[old["componentType"]])
            primitive["attributes"][name] = _added(document.data, views, old, values)
        faces = np.asarray(mesh.faces, np.uint32).reshape(-1)
        index_accessor = {"componentType": INDICES, "type": "SCALAR"}
        primitive["indices"] = _added(document.data, views, index_accessor, faces)
        primitive["mode"] = TRIANGLES  # strips come out as triangles too
    document.drop_extension(DRACO)


def _packed(data: dict[str, Any]) -> Iterator[dict[str, Any]]:
    for mesh in data.get("meshes", ()):
        yield from (entry for entry in mesh.get("primitives", ()) if DRACO in entry.get("extensions", {}))


def _added(data: dict[str, Any], views: list[bytes], like: dict[str, Any], values: np.ndarray) -> int:
    """The number of a new accessor to `values` [n] or [n, k]; each row starts at a multiple of 4, as glTF wants."""
    rows = values.reshape(len(values), -1)
    wide = rows.shape[1] * rows.itemsize
    padded = np.zeros((len(rows), -(-wide // 4) * 4), np.uint8)
    padded[:, :wide] = np.ascontiguousarray(rows).view(np.uint8).reshape(len(rows), wide)
    views.append(padded.tobytes())
    stride = {"byteStride": padded.shape[1]} if values.ndim > 1 else {}
    data["bufferViews"].append(stride)
    fields = {key: value for key, value in like.items() if key not in ("byteOffset", "sparse")}
    data["accessors"].append({**fields, "bufferView": len(views) - 1, "count": len(rows)})
    return len(data["accessors"]) - 1
