"""A glTF file as one that the importer reads: unpacked where its meshes are packed."""

from collections.abc import Iterator
from pathlib import Path
from typing import Any

from render.library.allowed_folders import AllowedFolders
from render.library.gltf.document import Document, data_of, file_of, read_document, write_document
from render.library.gltf.draco import DRACO, unpack_draco
from render.library.gltf.meshopt import MESHOPT, unpack_meshopt
from render.library.gltf.sizes import check_sizes
from render.library.image_headers import image_problem
from render.library.requests import Unusable

__all__ = ["plain_gltf"]

#: Images that Blender does not read, by the extension that brings them.
FOREIGN = {"KHR_texture_basisu": "KTX2", "EXT_texture_avif": "AVIF", "MSFT_texture_dds": "DDS"}


def plain_gltf(path: Path, folder: Path, allowed: AllowedFolders | None = None) -> Path:
    """The file itself, or where its meshes are packed an unpacked copy in `folder`; raises Unusable.

    Draco's and meshopt's packing are undone. Quantised meshes and WebP images the importer reads itself. Nothing
    outside `inside`, else the file's folder, is drawn on.
    """
    allowed = allowed or AllowedFolders([path.parent])
    try:
        return _plain(path, folder, allowed)
    except (ArithmeticError, AttributeError, LookupError, TypeError, ValueError) as error:
        raise Unusable(f"it is not a sound glTF ({type(error).__name__}: {str(error)[:80]})") from error


def _plain(path: Path, folder: Path, allowed: AllowedFolders) -> Path:
    document = read_document(path, allowed)
    _check_formats(document)
    packed = document.used & {DRACO, *MESHOPT}
    views = unpack_meshopt(document)
    check_sizes(document, views)
    _check_images(document, views, allowed)
    if not packed:
        return path
    unpack_draco(document, views)
    plain = folder / "plain.glb"
    write_document(document, views, plain)
    return plain


def _check_formats(document: Document) -> None:
    """Refuse a texture that is there only in a format which Blender would leave out in silence."""
    for texture in document.data.get("textures", ()):
        names = [FOREIGN[name] for name in texture.get("extensions", {}) if name in FOREIGN]
        if names and "source" not in texture and "EXT_texture_webp" not in texture.get("extensions", {}):
            raise Unusable(f"its textures are {names[0]} alone, which Blender cannot read: export PNG, JPEG or WebP")


def _check_images(document: Document, views: list[bytes], allowed: AllowedFolders) -> None:
    """Refuse an image that lies outside or must not be decoded; those that no texture shows are not looked at."""
    images = document.data.get("images", ())
    shown = {number for texture in document.data.get("textures", ()) for number in _sources(texture)}
    for number in sorted(shown):
        image = images[number]
        content: Path | bytes
        if uri := image.get("uri"):
            content = data_of(uri) if uri.startswith("data:") else file_of(uri, document.folder, allowed)
        else:
            content = views[image["bufferView"]]
        if problem := image_problem(content):
            name = content.name if isinstance(content, Path) else image.get("name", number)
            raise Unusable(f"its texture {name} {problem}")


def _sources(texture: dict[str, Any]) -> Iterator[int]:
    """The images that the importer may take for the texture."""
    webp = texture.get("extensions", {}).get("EXT_texture_webp", {})
    yield from (entry["source"] for entry in (texture, webp) if "source" in entry)
