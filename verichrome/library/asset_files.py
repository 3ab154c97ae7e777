"""Which files an asset consists of, and the category that a glTF names; read without Blender."""

import hashlib
import json
from pathlib import Path
from typing import Any
from urllib.parse import unquote

from render.library.allowed_folders import AllowedFolders
from render.library.gltf.text import read_json
from render.library.obj_references import material_images, material_libraries
from render.library.requests import Unusable

__all__ = ["content_digest", "gltf_category", "gltf_packing", "members", "reach"]

#: How a glTF's meshes may be packed.
PACKINGS = {"KHR_draco_mesh_compression", "EXT_meshopt_compression", "KHR_meshopt_compression"}
LONGEST = 200  # characters of a label
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


def members(path: Path, folder: Path | None = None) -> list[Path]:
    """The file and the existing files that it uses; where only Blender knows those, the files near it.

    Only regular files inside the user's `folder`, else that of the file, are among them.
    """
    match path.suffix.lower():
        case suffix if suffix in WHOLE:
            used: set[Path] = set()
        case ".gltf":
            used = {path.parent / unquote(uri) for uri in _uris(_gltf(path))}
        case ".obj":
            libraries = {file for file in material_libraries(path) if file.is_file()}
            used = libraries.union(*map(material_images, libraries))
        case _:
            used = {file for file in path.parent.rglob("*") if file.suffix.lower() in BESIDE}
    inside = AllowedFolders([folder or path.parent])
    return [path, *sorted(file for file in used if file != path and not inside.problem(file))]


def reach(name: str) -> list[int]:
    """How many folders above its own a file may use, where only Blender knows which it uses; else nothing."""
    path = Path(name)
    depth = len(path.parts) - 1
    return [depth] if depth and path.suffix.lower() not in WHOLE | {".gltf", ".obj"} else []


def content_digest(paths: list[Path], *treatment: object) -> str:
    """SHA-256 over the files' contents and how they are to be prepared; their names do not matter."""
    total = hashlib.sha256(json.dumps(treatment, sort_keys=True, default=str).encode())
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
                    return str(extras[key])[:LONGEST]
    return ""


def gltf_packing(path: Path) -> list[str]:
    """The extensions that pack the meshes of a .glb or .gltf; none for other files."""
    used = _list(_gltf(path), "extensionsUsed") if path.suffix.lower() in (".glb", ".gltf") else []
    return sorted(PACKINGS & {name for name in used if isinstance(name, str)})


def _list(document: dict[str, Any], key: str) -> list[Any]:
    value = document.get(key)
    return value if isinstance(value, list) else []


def _gltf(path: Path) -> dict[str, Any]:
    """The JSON of a .gltf or .glb, empty where it is invalid, which the preparation will report."""
    try:
        return read_json(path)
    except (OSError, Unusable):
        return {}


def _uris(document: dict[str, Any]) -> list[str]:
    entries = [*_list(document, "buffers"), *_list(document, "images")]
    uris = [entry.get("uri", "") for entry in entries if isinstance(entry, dict)]
    return [uri for uri in uris if isinstance(uri, str) and uri and not uri.startswith("data:")]
