"""The header of a PLY: the size that it declares, checked against the file's before the importer allocates it."""

from collections.abc import Iterator
from pathlib import Path
from typing import BinaryIO

from render.library.requests import Unusable

__all__ = ["check_ply"]

HEADER, LONGEST = 2**20, 4096  # bytes of a header, and of a line of it
BYTES = {
    **{"char": 1, "uchar": 1, "short": 2, "ushort": 2, "int": 4, "uint": 4, "float": 4, "double": 8},
    **{"int8": 1, "uint8": 1, "int16": 2, "uint16": 2, "int32": 4, "uint32": 4, "float32": 4, "float64": 8},
}


def check_ply(path: Path) -> None:
    """Raise Unusable where the header declares more elements than the rest of the file can hold."""
    with path.open("rb") as stream:
        if stream.readline(LONGEST).strip() != b"ply":
            raise Unusable("it is not a PLY")
        try:
            binary, needed = _needed(stream)
        except (ValueError, KeyError, IndexError) as error:
            raise Unusable("the header of the PLY is malformed") from error
        available = path.stat().st_size - stream.tell()
    if needed > available:
        raise Unusable(f"its header names at least {needed:,} bytes of {'' if binary else 'text for its '}elements, "
                       f"and {available:,} are there")  # fmt: skip


def _needed(stream: BinaryIO) -> tuple[bool, int]:
    """Whether the elements are binary, and the least number of bytes that all of them take."""
    binary, count, needed = True, 0, 0
    for words in _header(stream):
        match words:
            case ["format", kind, *_]:
                binary = kind != "ascii"
            case ["element", _, number]:
                count = int(number)
                if count < 0:
                    raise ValueError(number)
            case ["property", "list", size, _, _]:
                needed += count * (BYTES[size] if binary else 2)
            case ["property", kind, _]:
                needed += count * (BYTES[kind] if binary else 2)  # a digit and a space
    return binary, needed if binary else max(0, needed - 1)


def _header(stream: BinaryIO) -> Iterator[list[str]]:
    while stream.tell() < HEADER:
        words = stream.readline(LONGEST).decode("ascii", "replace").split()
        if words == ["end_header"]:
            return
        yield words
    raise ValueError("no end")
