"""Streams that hash and count what passes through them, so that a shard is hashed while it is written or read."""

import hashlib
from typing import BinaryIO

__all__ = ["HashingReader", "HashingWriter"]


class HashingWriter:
    """Passes writes on to `stream`; `sha256` and `size` are of all that was written."""

    def __init__(self, stream: BinaryIO) -> None:
        self._stream = stream
        self._hash = hashlib.sha256()
        self.size = 0

    @property
    def sha256(self) -> str:
        """Hash so far, in hexadecimal."""
        return self._hash.hexdigest()

    def write(self, block: bytes) -> int:
        """Write, hash and count one block."""
        self._hash.update(block)
        self.size += len(block)
        return self._stream.write(block)


class HashingReader:
    """Passes reads on from `stream`; `sha256` and `size` are of all that was read."""

    def __init__(self, stream: BinaryIO) -> None:
        self._stream = stream
        self._hash = hashlib.sha256()
        self.size = 0

    @property
    def sha256(self) -> str:
        """Hash so far, in hexadecimal."""
        return self._hash.hexdigest()

    def read(self, count: int = -1) -> bytes:
        """Read, hash and count one block."""
        block = self._stream.read(count)
        self._hash.update(block)
        self.size += len(block)
        return block

    def drain(self) -> None:
        """Read to the end, keeping nothing."""
        while self.read(1 << 20):
            pass
