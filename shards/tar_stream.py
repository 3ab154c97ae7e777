"""The only writer of tars: plain ustar members without times and users, so the same members give the same bytes."""

import tarfile
from typing import Protocol

from shards.reading.tar_member import BLOCK, padded

__all__ = ["TarStream"]


class _Sink(Protocol):
    def write(self, block: bytes, /) -> int: ...


class TarStream:
    """Writes members to `stream` as they come; what it writes is what tarfile writes, without its copies.

    `size` counts the bytes written.
    """

    def __init__(self, stream: _Sink) -> None:
        self._stream = stream
        self.size = 0

    def add(self, name: str, content: bytes) -> None:
        """Append a file; `name` has at most 100 bytes. Raises OSError."""
        info = tarfile.TarInfo(name)
        info.size, info.mode, info.uname, info.gname = len(content), 0o444, "root", "root"
        self._write(info.tobuf(tarfile.USTAR_FORMAT))
        self._write(content)
        self._write(bytes(padded(len(content)) - len(content)))

    def close(self) -> None:
        """Write the end of the tar; the stream stays open. Raises OSError."""
        end = self.size + 2 * BLOCK
        self._write(bytes(-(-end // tarfile.RECORDSIZE) * tarfile.RECORDSIZE - self.size))

    def _write(self, block: bytes) -> None:
        self._stream.write(block)
        self.size += len(block)
