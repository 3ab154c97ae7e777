"""A .gltf or .glb as its JSON and the bytes of its buffer views, and back into one .glb."""

import base64
import json
import struct
from collections.abc import Iterator
from pathlib import Path
from typing import Any
from urllib.parse import quote, unquote

from render.library.order import Unusable

__all__ = ["Document", "read_document", "write_document"]

MAGIC, VERSION = b"glTF", 2
JSON_CHUNK, BINARY_CHUNK = b"JSON", b"BIN\0"


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
            left = [entry for entry in self.data.pop(field, ()) if entry != name]
            if left:
                self.data[field] = left

    def slice(self, place: dict[str, Any]) -> bytes:
        """The bytes that `buffer`, `byteOffset` and `byteLength` of a view, or of an extension's, name."""
        start, length = int(place.get("byteOffset", 0)), int(place["byteLength"])
        found = self._buffers[int(place["buffer"])][start : start + length]
        if len(found) < length:
            raise Unusable("its binary data is cut short")
        return found

    def view(self, number: int) -> bytes:
        """The bytes of a buffer view."""
        return self.slice(self.data["bufferViews"][number])


def read_document(path: Path) -> Document:
    """Read the file and all buffers that it names; raises Unusable."""
    text, binary = _chunks(path.read_bytes()) if path.suffix.lower() == ".glb" else (path.read_bytes(), b"")
    try:
        data = json.loads(text)
    except ValueError as error:
        raise Unusable("its JSON is broken") from error
    buffers = [_buffer(entry, binary, path.parent) for entry in data.get("buffers", ())]
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


def _chunks(content: bytes) -> tuple[bytes, bytes]:
    """The JSON and the binary chunk of a .glb."""
    found = dict(_each_chunk(content)) if content[:4] == MAGIC else {}
    if JSON_CHUNK not in found:
        raise Unusable("it is no glTF 2.0 binary")
    return found[JSON_CHUNK], found.get(BINARY_CHUNK, b"")


def _each_chunk(content: bytes) -> Iterator[tuple[bytes, bytes]]:
    place = 12
    while place + 8 <= len(content):
        length, kind = struct.unpack_from("<I4s", content, place)
        yield kind, content[place + 8 : place + 8 + length]
        place += 8 + length


def _buffer(entry: dict[str, Any], binary: bytes, folder: Path) -> bytes:
    uri = entry.get("uri")
    if uri is None:
        return binary
    if uri.startswith("data:"):
        return base64.b64decode(uri.partition(",")[2])
    path = folder / unquote(uri)
    if not path.is_file():
        raise Unusable(f"{unquote(uri)}, which holds its data, is missing")
    return path.read_bytes()
