"""Streams that check and count what passes through them, while a shard is written or read."""

import hashlib
from typing import BinaryIO, Protocol

import deflate

__all__ = ["CheckedReader", "CheckedWriter", "Checksum", "Crc32", "Sha256"]


class Checksum(Protocol):
    """Of all blocks that it was given."""

    name: str

    def update(self, block: bytes) -> None:
        """Take in the next block."""

    def hexdigest(self) -> str:
        """The checksum so far, in lower-case hexadecimal."""


class Sha256:
    """SHA-256: nobody makes other bytes of the same one. 1 to 2 GB/s a core."""

    name = "sha256"

    def __init__(self) -> None:
        self._hash = hashlib.sha256()

    def update(self, block: bytes) -> None:
        """Take in the next block."""
        self._hash.update(block)

    def hexdigest(self) -> str:
        """64 digits."""
        return self._hash.hexdigest()


class Crc32:
    """CRC-32 as in gzip (ISO 3309): finds damage, but for one case in four billion, faster than memory is read."""

    name = "crc32"

    def __init__(self) -> None:
        self._value = 0

    def update(self, block: bytes) -> None:
        """Take in the next block."""
        self._value = deflate.crc32(block, self._value)

    def hexdigest(self) -> str:
        """8 digits."""
        return f"{self._value:08x}"


class CheckedWriter:
    """Passes writes on to `stream`; `sha256`, `crc32` and `size` are of all that was written."""

    def __init__(self, stream: BinaryIO) -> None:
        self._stream = stream
        self._sha256, self._crc32 = Sha256(), Crc32()
        self.size = 0

    @property
    def sha256(self) -> str:
        """Hash so far, in hexadecimal."""
        return self._sha256.hexdigest()

    @property
    def crc32(self) -> str:
        """Checksum so far, in hexadecimal."""
        return self._crc32.hexdigest()

    def write(self, block: bytes) -> int:
        """Write, check and count one block."""
        self._sha256.update(block)
        self._crc32.update(block)
        self.size += len(block)
        return self._stream.write(block)


class CheckedReader:
    """Passes reads on from `stream`; `checksum` and `size` are of all that was read."""

    def __init__(self, stream: BinaryIO, checksum: Checksum) -> None:
        self._stream = stream
        self.checksum = checksum
        self.size = 0

    def read(self, count: int = -1) -> bytes:
        """Read, check and count one block."""
        block = self._stream.read(count)
        self.checksum.update(block)
        self.size += len(block)
        return block

    def drain(self) -> None:
        """Read to the end, keeping nothing."""
        while self.read(1 << 20):
            pass
