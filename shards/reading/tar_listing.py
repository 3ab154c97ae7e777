"""Names and places of the files in a tar that others wrote with any tool: GNU tar, Python's tarfile, webdataset.

Headers alone are read, and names longer than a header are taken from the extended header before it. Nothing is
extracted, so links and special files are left out.
"""

import tarfile
from collections.abc import Iterator
from typing import BinaryIO, NamedTuple

from shards.errors import DamagedShard
from shards.reading.tar_member import BLOCK, padded

__all__ = ["ListedFile", "list_tar"]

#: Bytes of an extended header that are read: a name and some times.
_MOST_EXTENDED = 1 << 16
_LONG_NAME = (b"L",)
_EXTENDED = (b"x",)


class ListedFile(NamedTuple):
    """A regular file in a tar: its full name, the offset of its first byte, and its size in bytes."""

    name: str
    start: int
    size: int


def list_tar(stream: BinaryIO, size: int, where: str) -> Iterator[ListedFile]:
    """Yield the regular files of a tar of `size` bytes in order; raises DamagedShard for a damaged or cut one."""
    place, name = 0, ""
    while place < size:
        stream.seek(place)
        block = stream.read(BLOCK)
        if not block.strip(b"\0"):
            return
        info = _header(block, where)
        start = place + BLOCK
        place = start + padded(info.size)
        if info.size < 0 or start + info.size > size:
            raise DamagedShard(f"{where} ends in the middle of a file; it was not written or copied whole")
        if info.type in (*_LONG_NAME, *_EXTENDED):
            content = stream.read(min(info.size, _MOST_EXTENDED))
            name = _long_name(content) if info.type in _LONG_NAME else _extended_name(content) or name
            continue
        if info.isreg() and not info.issparse():
            yield ListedFile(name or info.name, start, info.size)
        name = ""


def _header(block: bytes, where: str) -> tarfile.TarInfo:
    try:
        return tarfile.TarInfo.frombuf(block, "utf-8", "surrogateescape")
    except tarfile.TarError as error:
        raise DamagedShard(f"{where} does not read as a tar: {error}") from None


def _long_name(content: bytes) -> str:
    return content.rstrip(b"\0").decode("utf-8", "surrogateescape")


def _extended_name(content: bytes) -> str:
    """The `path` among the records of a pax header, LENGTH KEY=VALUE and a newline each; empty where none."""
    while content:
        length, space, _ = content.partition(b" ")
        if not space or not length.isdigit() or not len(length) < int(length[:8]) <= len(content):
            return ""
        key, _, value = content[len(length) + 1 : int(length)].partition(b"=")
        if key == b"path":
            return value.removesuffix(b"\n").decode("utf-8", "surrogateescape")
        content = content[int(length) :]
    return ""
