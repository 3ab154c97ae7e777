"""The only reader of untrusted tar headers.

tarfile would allocate as many bytes as a header claims, sparse files and extended headers included. Shards
have one kind of member, a regular file with a short name and the size in its own header, so anything else is refused.
"""

import tarfile
from collections.abc import Mapping
from typing import NamedTuple

from encode import FormatError
from encode.reading.short_text import short_repr
from shards.reading.limits import most_bytes

__all__ = ["BLOCK", "TarMember", "padded", "read_header"]

#: A tar is made of blocks of so many bytes.
BLOCK = 512


class TarMember(NamedTuple):
    """A member: the key of its sample, its suffix, and its size in bytes."""

    key: str
    suffix: str
    size: int


def read_header(block: bytes, left: int, where: str, pixels: Mapping[str, int]) -> TarMember | None:
    """The member that a header block announces; None at the end of the tar.

    left: bytes that the file has behind the header. pixels: of the samples by key, as far as they are known.

    Raises FormatError that names `where` for all but regular files KEY.SUFFIX that fit into what is left, and into what
    such a member may hold.
    """
    if not block.strip(b"\0"):
        return None
    try:
        info = tarfile.TarInfo.frombuf(block, "utf-8", "surrogateescape")
    except tarfile.TarError as error:
        raise FormatError(where, "a tar that reads", str(error)) from None
    key, dot, suffix = info.name.partition(".")
    if not info.isreg() or info.issparse() or not dot or not key or not suffix or "/" in info.name:
        kind = "" if info.isreg() else f" of type {info.type!r}"
        raise FormatError(where, "members named KEY.SUFFIX that are regular files", f"{short_repr(info.name)}{kind}")
    most = min(left, most_bytes(suffix, pixels.get(key)))
    if not 0 <= info.size <= most:
        raise FormatError(where, f"{short_repr(info.name)} with at most {most:,} bytes", short_repr(info.size))
    return TarMember(key, suffix, info.size)


def padded(size: int) -> int:
    """Bytes that a member of `size` bytes takes in whole blocks."""
    return -(-size // BLOCK) * BLOCK
