"""glTF packed by Draco and by meshopt unpacks to the original; errors name what cannot be read."""

import base64
import ctypes
import json
from pathlib import Path
from typing import Any

import numpy as np
import pytest

pytest.importorskip("bpy")
import bpy
import DracoPy

from render.library.gltf.document import Document, read_document, write_document
from render.library.gltf.plain import plain_gltf
from render.library.requests import Unusable
from verichrome.configfile import resolve
from verichrome.library import open_library
from verichrome.library.asset_files import gltf_packing

pytestmark = pytest.mark.render

FLOAT, USHORT, UINT = 5126, 5123, 5125


def saddle(side: int = 9) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
    """Vertices [n, 3], texture coordinates [n, 2] and faces [m, 3] of a saddle 0.1 m wide."""
    u, v = (axis.ravel() for axis in np.meshgrid(np.linspace(0, 1, side), np.linspace(0, 1, side)))
    points = np.stack([0.1 * u, 0.04 * (u - 0.5) * (v - 0.5), 0.1 * v], axis=1).astype(np.float32)
    corner = np.add.outer(np.arange(side - 1) * side, np.arange(side - 1)).ravel()
    faces = np.stack([corner, corner + side, corner + 1, corner + 1, corner + side, corner + side + 1], axis=1)
    return points, np.stack([u, v], axis=1).astype(np.float32), faces.reshape(-1, 3).astype(np.uint32)


def document(folder: Path) -> tuple[Document, list[bytes]]:
    """The saddle as plain glTF."""
    points, uv, faces = saddle()
    box = {"min": points.min(axis=0).tolist(), "max": points.max(axis=0).tolist()}
    accessors = [
        {"bufferView": 0, "componentType": FLOAT, "type": "VEC3", "count": len(points), **box},
        {"bufferView": 1, "componentType": FLOAT, "type": "VEC2", "count": len(uv)},
        {"bufferView": 2, "componentType": UINT, "type": "SCALAR", "count": faces.size},
    ]
    data: dict[str, Any] = {
        "asset": {"version": "2.0"},
        "scene": 0,
        "scenes": [{"nodes": [0]}],
        "nodes": [{"mesh": 0}],
        "meshes": [{"primitives": [{"attributes": {"POSITION": 0, "TEXCOORD_0": 1}, "indices": 2}]}],
        "accessors": accessors,
        "bufferViews": [{"byteStride": 12}, {"byteStride": 8}, {}],
    }
    return Document(data, [], folder), [points.tobytes(), uv.tobytes(), faces.tobytes()]


def plain(path: Path) -> Path:
    path.parent.mkdir(parents=True, exist_ok=True)
    write_document(*document(path.parent), path)
    return path


def draco(path: Path) -> Path:
    path.parent.mkdir(parents=True, exist_ok=True)
    gltf, _ = document(path.parent)
    points, uv, faces = saddle()
    packed = DracoPy.encode(points, faces, quantization_bits=20, tex_coord=uv.astype(np.float64))
    numbers = {row["attribute_type"]: row["unique_id"] for row in DracoPy.decode(packed).attributes}
    extension = {"bufferView": 0, "attributes": {"POSITION": numbers[0], "TEXCOORD_0": numbers[3]}}
    gltf.data["meshes"][0]["primitives"][0]["extensions"] = {"KHR_draco_mesh_compression": extension}
    for accessor in gltf.data["accessors"]:
        del accessor["bufferView"]
    gltf.data["bufferViews"] = [{}]
    gltf.data["extensionsUsed"] = gltf.data["extensionsRequired"] = ["KHR_draco_mesh_compression"]
    write_document(gltf, [packed], path)
    return path


def meshopt(path: Path) -> Path:
    path.parent.mkdir(parents=True, exist_ok=True)
    gltf, views = document(path.parent)
    modes = (("ATTRIBUTES", 12), ("ATTRIBUTES", 8), ("TRIANGLES", 4))
    packed = [_encoded(view, mode, stride) for view, (mode, stride) in zip(views, modes, strict=True)]
    buffer, starts = b"".join(packed), np.cumsum([0, *map(len, packed)]).tolist()
    for view_index, (mode, stride) in enumerate(modes):
        row = gltf.data["bufferViews"][view_index]
        row |= {"buffer": 1, "byteLength": len(views[view_index])}
        buffer_range = {"buffer": 0, "byteOffset": starts[view_index], "byteLength": len(packed[view_index])}
        row["extensions"] = {
            "EXT_meshopt_compression": {
                **buffer_range,
                "byteStride": stride,
                "mode": mode,
                "count": len(views[view_index]) // stride,
            }
        }
    uri = f"data:application/octet-stream;base64,{base64.b64encode(buffer).decode()}"
    fallback = {"byteLength": sum(map(len, views)), "extensions": {"EXT_meshopt_compression": {"fallback": True}}}
    gltf.data["buffers"] = [{"byteLength": len(buffer), "uri": uri}, fallback]
    gltf.data["extensionsUsed"] = gltf.data["extensionsRequired"] = ["EXT_meshopt_compression"]
    path.write_text(json.dumps(gltf.data), encoding="utf-8")
    return path


def _encoded(content: bytes, mode: str, stride: int) -> bytes:
    library = ctypes.CDLL(str(Path(bpy.utils.resource_path("LOCAL")).parent / "lib" / "libmeshoptimizer.so"))
    target, count = ctypes.create_string_buffer(2 * len(content) + 1000), ctypes.c_size_t(len(content) // stride)
    name = "meshopt_encodeIndexBuffer" if mode == "TRIANGLES" else "meshopt_encodeVertexBuffer"
    widths = () if mode == "TRIANGLES" else (ctypes.c_size_t(stride),)
    size = library[name](target, ctypes.c_size_t(len(target)), content, count, *widths)
    return target.raw[:size]


def triangles(path: Path) -> np.ndarray:
    """Corners of all triangles with their texture coordinates [m, 3, 5], each and all in one order."""
    gltf = read_document(path)
    (primitive,) = gltf.data["meshes"][0]["primitives"]
    faces = _values(gltf, primitive["indices"], np.uint32, 1).reshape(-1)
    rows = np.concatenate([_values(gltf, primitive["attributes"][name], np.float32, width)
                           for name, width in (("POSITION", 3), ("TEXCOORD_0", 2))], axis=1)  # fmt: skip
    corners = np.round(rows[faces].reshape(-1, 3, 5), 4) + 0.0
    return np.array(sorted(min((c[k:].tolist() + c[:k].tolist()) for k in range(3)) for c in corners))


def _values(gltf: Document, number: int, kind: type, width: int) -> np.ndarray:
    accessor = gltf.data["accessors"][number]
    return np.frombuffer(gltf.view(accessor["bufferView"]), kind).reshape(-1, width)[: accessor["count"]]


@pytest.mark.parametrize("pack", [draco, meshopt])
def test_packed_meshes_unpack_to_the_original(tmp_path: Path, pack: Any) -> None:
    file = pack(tmp_path / "saddle.gltf" if pack is meshopt else tmp_path / "saddle.glb")
    assert len(gltf_packing(file)) == 1
    opened = plain_gltf(file, tmp_path)
    assert gltf_packing(opened) == []
    assert "extensionsRequired" not in read_document(opened).data
    np.testing.assert_allclose(triangles(opened), triangles(plain(tmp_path / "bare.glb")), atol=2e-4)


def test_a_plain_file_is_left_as_it_is(tmp_path: Path) -> None:
    file = plain(tmp_path / "bare.glb")
    assert plain_gltf(file, tmp_path / "nowhere") == file


def test_small_integers_are_laid_out_in_rows_of_four_bytes(tmp_path: Path) -> None:
    from render.library.gltf.draco import _added

    data: dict[str, Any] = {"accessors": [], "bufferViews": []}
    views: list[bytes] = []
    values = np.array([[1, 2, 3], [4, 5, 6]], np.uint8)
    assert _added(data, views, {"componentType": 5121, "type": "VEC3", "byteOffset": 8}, values) == 0
    assert views == [bytes([1, 2, 3, 0, 4, 5, 6, 0])]
    assert data["bufferViews"] == [{"byteStride": 4}]
    assert data["accessors"] == [{"componentType": 5121, "type": "VEC3", "bufferView": 0, "count": 2}]


@pytest.mark.parametrize(
    ("change", "message"),
    [
        (
            lambda data: data["buffers"][0].update(byteLength=9, uri="none.bin"),
            "none.bin, which it draws on, is missing",
        ),
        (lambda data: data["buffers"][0].update(uri="data:x;base64,AAAA"), "its binary data is cut short"),
        (
            lambda data: data.update(textures=[{"extensions": {"KHR_texture_basisu": {"source": 0}}}]),
            "its textures are KTX2 alone, which Blender cannot read: export PNG, JPEG or WebP",
        ),
    ],
)
def test_unsupported_packing_is_refused_with_its_reason(tmp_path: Path, change: Any, message: str) -> None:
    file = meshopt(tmp_path / "saddle.gltf")
    data = json.loads(file.read_text())
    change(data)
    file.write_text(json.dumps(data))
    with pytest.raises(Unusable, match=message):
        plain_gltf(file, tmp_path)


def test_broken_packed_data_is_refused_with_its_reason(tmp_path: Path) -> None:
    file = draco(tmp_path / "saddle.glb")
    content = bytearray(file.read_bytes())
    offset = content.index(b"DRACO")
    content[offset : offset + 40] = bytes(40)
    file.write_bytes(content)
    with pytest.raises(Unusable, match="the Draco data of a mesh is broken"):
        plain_gltf(file, tmp_path)
    file.write_bytes(b"glTF")
    with pytest.raises(Unusable, match=r"it is not a glTF 2\.0 binary"):
        plain_gltf(file, tmp_path)


def test_blender_reads_all_packings_the_same(tmp_path: Path) -> None:
    for pack, name in ((plain, "a.glb"), (draco, "b.glb"), (meshopt, "c.gltf")):
        pack(tmp_path / "in" / "plate" / name)
    opened = open_library(resolve({"family": "assets", "assets": str(tmp_path / "in")}))
    assert opened.skipped == ()
    assert {opened.faces[asset.name] for asset in opened.library.assets} == {128}
    sizes = np.array([asset.size for asset in opened.library.assets])
    np.testing.assert_allclose(sizes, np.broadcast_to([0.1, 0.1, 0.02], (3, 3)), atol=1e-5)
