"""A .gltf or .glb as its JSON and the bytes of its buffer views, and back into one .glb."""

import base64
import json
import os
import struct
from pathlib import Path
from typing import Any
from urllib.parse import quote, unquote

from render.library.allowed_folders import AllowedFolders
from render.library.gltf.text import BINARY_CHUNK, JSON_CHUNK, MAGIC, read_binary, read_json
from render.library.requests import Unusable

__all__ = ["Document", "data_of", "file_of", "read_document", "write_document"]

VERSION = 2
ADDRESSES = ("http:", "https:", "ftp:", "file:")


class Document:
    """The JSON of a file, and its buffers; one that is only a fallback for unpacked data has none of its own."""

    def __init__(self, data: dict[str, Any], buffers: list[bytes], folder: Path) -> None:
        self.data = data
        self.folder = folder
        self._buffers = buffers

    @property
    def used(self) -> set[str]:
        """The extensions that it uses."""
        return set(self.data.get("extensionsUsed", ()))

    def drop_extension(self, name: str) -> None:
        """Take the extension off the lists of those that are used and required."""
        for field in ("extensionsUsed", "extensionsRequired"):
            left = [extension for extension in self.data.pop(field, ()) if extension != name]
            if left:
                self.data[field] = left

    def slice(self, buffer_view: dict[str, Any]) -> bytes:
        """The bytes that `buffer`, `byteOffset` and `byteLength` of a view, or of an extension's, name."""
        start, length = int(buffer_view.get("byteOffset", 0)), int(buffer_view["byteLength"])
        if start < 0 or length < 0:
            raise Unusable("its binary data begins before its buffer")
        content = self._buffers[int(buffer_view["buffer"])][start : start + length]
        if len(content) < length:
            raise Unusable("its binary data is cut short")
        return content

    def view(self, number: int) -> bytes:
        """The bytes of a buffer view."""
        return self.slice(self.data["bufferViews"][number])


def read_document(path: Path, allowed: AllowedFolders | None = None) -> Document:
    """Read the file and all buffers that it names, which must lie `inside`, else beside it; raises Unusable."""
    allowed = allowed or AllowedFolders([path.parent])
    data, binary = read_json(path), read_binary(path)
    buffers = [_buffer(entry, binary, path.parent, allowed) for entry in data.get("buffers", ())]
    return Document(data, buffers, path.parent)


def write_document(document: Document, views: list[bytes], path: Path) -> None:
    """Write a .glb whose buffer views hold `views`; images beside the file are named by their full paths."""
    data, binary = document.data, bytearray()
    for entry, content in zip(data["bufferViews"], views, strict=True):
        binary += bytes(-len(binary) % 8)
        entry.update(buffer=0, byteOffset=len(binary), byteLength=len(content))
        binary += content
    data["buffers"] = [{"byteLength": len(binary)}]
    for image in data.get("images", ()):
        uri = image.get("uri", "")
        if uri and not uri.startswith("data:"):
            image["uri"] = quote(str((document.folder / unquote(uri)).absolute()))
    text = json.dumps(data).encode()
    chunks = ((JSON_CHUNK, text + b" " * (-len(text) % 4)), (BINARY_CHUNK, bytes(binary) + bytes(-len(binary) % 4)))
    body = b"".join(struct.pack("<I4s", len(content), kind) + content for kind, content in chunks)
    path.write_bytes(struct.pack("<4sII", MAGIC, VERSION, 12 + len(body)) + body)


def data_of(uri: str) -> bytes:
    """What a `data:` URI holds."""
    return base64.b64decode(uri.partition(",")[2])


def file_of(uri: str, folder: Path, allowed: AllowedFolders) -> Path:
    """The file that a URI names from `folder`, as the importer finds it; raises Unusable where it is not inside."""
    if uri.lower().startswith(ADDRESSES):
        raise Unusable(f"{uri[:80]} is an address: only files beside it are read")
    path = folder / os.path.normpath(unquote(uri.replace("\\", "/")))
    if problem := allowed.problem(path):
        raise Unusable(f"{unquote(uri)[:200]}, which it draws on, {problem}")
    return path


def _buffer(entry: dict[str, Any], binary: bytes, folder: Path, allowed: AllowedFolders) -> bytes:
    uri = entry.get("uri")
    if uri is None:
        return binary
    if uri.startswith("data:"):
        return data_of(uri)
    return file_of(uri, folder, allowed).read_bytes()
