"""The JSON of a .gltf or .glb, and the binary chunk beside it; read without Blender."""

import json
import struct
from pathlib import Path
from typing import Any, BinaryIO

from render.library.requests import Unusable

__all__ = ["BINARY_CHUNK", "JSON_CHUNK", "MAGIC", "read_binary", "read_json"]

MAGIC = b"glTF"
JSON_CHUNK, BINARY_CHUNK = b"JSON", b"BIN\0"
HEADER = 12  # bytes before the first chunk of a .glb
MOST_PARTS = 10_000_000  # brackets and commas of the JSON, which as Python's objects take some 100 bytes each


def read_json(path: Path) -> dict[str, Any]:
    """Read the document alone; raises Unusable, and OSError."""
    with path.open("rb") as stream:
        text = _chunk(stream, JSON_CHUNK) if _packed(stream, path) else stream.read()
    if sum(map(text.count, (b"{", b"[", b","))) > MOST_PARTS:
        raise Unusable(f"its JSON has more than {MOST_PARTS:,} parts")
    try:
        data = json.loads(text)
    except (ValueError, RecursionError) as error:
        raise Unusable("its JSON is broken") from error
    if not isinstance(data, dict):
        raise Unusable("its JSON is not an object")
    return data


def read_binary(path: Path) -> bytes:
    """Read the binary chunk, empty where there is none."""
    with path.open("rb") as stream:
        return _chunk(stream, BINARY_CHUNK) if _packed(stream, path) else b""


def _packed(stream: BinaryIO, path: Path) -> bool:
    """Whether it is a .glb; the stream is left at its first chunk, or else at the start."""
    if stream.read(HEADER)[:4] == MAGIC:
        return True
    if path.suffix.lower() == ".glb":
        raise Unusable("it is not a glTF 2.0 binary")
    stream.seek(0)
    return False


def _chunk(stream: BinaryIO, wanted: bytes) -> bytes:
    """The content of the first chunk of this kind; raises Unusable where a document is missing."""
    while len(head := stream.read(8)) == 8:
        length, kind = struct.unpack("<I4s", head)
        if kind == wanted:
            return stream.read(length)
        stream.seek(length, 1)
    if wanted == JSON_CHUNK:
        raise Unusable("it is not a glTF 2.0 binary")
    return b""
