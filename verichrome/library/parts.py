"""Which files an asset consists of, and what a glTF says of itself; read lightly, without Blender."""

import hashlib
import json
import struct
from itertools import islice
from pathlib import Path
from typing import Any
from urllib.parse import unquote

from encode import FormatError
from encode.reading.json_text import read_json
from encode.reading.limits import MOST_JSON_BYTES

__all__ = ["content_digest", "gltf_category", "gltf_packing", "members"]

#: A .glb begins with its own header and that of its JSON.
_GLB_HEAD = 20
#: Bytes of a line of an .obj or .mtl, and lines of one kind, that are looked at.
_MOST_LINE, _MOST_VALUES = 1 << 16, 10_000
#: How a glTF's meshes may be packed.
PACKINGS = {"KHR_draco_mesh_compression", "EXT_meshopt_compression", "KHR_meshopt_compression"}
WHOLE = {".glb", ".stl", ".ply", ".usdz"}  # one file holds everything
BESIDE = {
    ".png",
    ".jpg",
    ".jpeg",
    ".tga",
    ".tif",
    ".tiff",
    ".bmp",
    ".exr",
    ".hdr",
    ".webp",
    ".dds",
    ".usd",
    ".usda",
    ".usdc",
}


def members(path: Path) -> list[Path]:
    """The file and those that it draws on, as far as they are there; where only Blender can tell, what is near."""
    match path.suffix.lower():
        case suffix if suffix in WHOLE:
            found: set[Path] = set()
        case ".gltf":
            found = {path.parent / unquote(uri) for uri in _uris(_gltf(path))}
        case ".obj":
            found = _obj_members(path)
        case _:
            found = {entry for entry in path.parent.rglob("*") if entry.suffix.lower() in BESIDE}
    return [path, *sorted(entry for entry in found if entry.is_file() and entry != path)]


def content_digest(paths: list[Path], *said: object) -> str:
    """SHA-256 over the files' contents and what is to be done with them; their names decide nothing."""
    total = hashlib.sha256(json.dumps(said, sort_keys=True, default=str).encode())
    for path in paths:
        with path.open("rb") as stream:
            total.update(hashlib.file_digest(stream, "sha256").digest())
    return total.hexdigest()


def gltf_category(path: Path) -> str:
    """`category` (or `class`, `label`) among the extras of the asset, its scene or its nodes; "" where none is."""
    if path.suffix.lower() not in (".glb", ".gltf"):
        return ""
    document = _gltf(path)
    holders = [document, document.get("asset"), *_list(document, "scenes"), *_list(document, "nodes")]
    for holder in holders:
        extras = holder.get("extras") if isinstance(holder, dict) else None
        if isinstance(extras, dict):
            for key in ("category", "class", "label"):
                if isinstance(extras.get(key), str):
                    return str(extras[key])
    return ""


def gltf_packing(path: Path) -> list[str]:
    """The extensions that pack the meshes of a .glb or .gltf; none for other files."""
    used = _list(_gltf(path), "extensionsUsed") if path.suffix.lower() in (".glb", ".gltf") else []
    return sorted(PACKINGS & {name for name in used if isinstance(name, str)})


def _list(document: dict[str, Any], key: str) -> list[Any]:
    value = document.get(key)
    return value if isinstance(value, list) else []


def _gltf(path: Path) -> dict[str, Any]:
    """The JSON of a .gltf or .glb, empty where it is none: Blender will say what is wrong."""
    try:
        with path.open("rb") as stream:
            head = stream.read(_GLB_HEAD)
            if head[:4] == b"glTF":
                (length,) = struct.unpack_from("<I", head, 12)
                data = stream.read(min(length, MOST_JSON_BYTES + 1))
            else:
                data = head + stream.read(MOST_JSON_BYTES)
        document = read_json(data, path.name)
    except (OSError, FormatError, struct.error):
        return {}
    return document if isinstance(document, dict) else {}


def _uris(document: dict[str, Any]) -> list[str]:
    entries = [*_list(document, "buffers"), *_list(document, "images")]
    uris = [entry.get("uri", "") for entry in entries if isinstance(entry, dict)]
    return [uri for uri in uris if isinstance(uri, str) and uri and not uri.startswith("data:")]


def _obj_members(path: Path) -> set[Path]:
    """Its material libraries, and the images that those name last in a line of theirs."""
    libraries = {path.parent / name for name in _values(path, ("mtllib",))} | {path.with_suffix(".mtl")}
    images = {
        library.parent / name.replace("\\", "/")
        for library in libraries
        if library.is_file()
        for value in _values(library, ("map_", "bump", "disp", "decal", "refl", "norm"))
        for name in (value, value.rpartition(" ")[2])  # options come first, and names may hold spaces
    }
    return libraries | images


def _values(path: Path, keys: tuple[str, ...]) -> list[str]:
    with path.open("rb") as stream:
        lines = (line.decode("utf-8", "replace") for line in iter(lambda: stream.readline(_MOST_LINE), b""))
        words = (line.strip().partition(" ") for line in lines if line.lstrip().lower().startswith(keys))
        return [rest.strip() for _, _, rest in islice(words, _MOST_VALUES) if rest.strip()]
