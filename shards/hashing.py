"""Streams that hash and count what passes through them, so that a shard is hashed while it is written or read."""

import hashlib
from collections import deque
from concurrent.futures import Future, ThreadPoolExecutor
from typing import BinaryIO, Self

__all__ = ["HashingReader", "HashingWriter"]

#: Bytes that are handed to the thread at once: many small blocks would cost more than their hash.
BATCH = 1 << 18
#: Bytes that may wait for it before reading does, so that what is read is not held for long.
MOST_WAITING = 1 << 22


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
    """Passes reads on from `stream`; `sha256` and `size` are of all that was read.

    A thread hashes while the next blocks are read, since SHA-256 is often slower than the disk. Leaving the context
    ends the thread.
    """

    def __init__(self, stream: BinaryIO) -> None:
        self._stream = stream
        self._hash = hashlib.sha256()
        self._thread = ThreadPoolExecutor(1, "sha256")
        self._blocks: list[bytes] = []  # read, but not yet given to the thread
        self._collected = 0  # bytes of them
        self._batches = deque[tuple[Future[None], int]]()  # given to it, in order, with their bytes
        self._waiting = 0  # bytes of all of them
        self.size = 0

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self._thread.shutdown(cancel_futures=True)

    @property
    def sha256(self) -> str:
        """Hash so far, in hexadecimal."""
        self._submit()
        self._wait(0)
        return self._hash.hexdigest()

    def read(self, count: int = -1) -> bytes:
        """Read, hash and count one block."""
        block = self._stream.read(count)
        self.size += len(block)
        self._blocks.append(block)
        self._collected += len(block)
        if self._collected >= BATCH:
            self._submit()
        return block

    def drain(self) -> None:
        """Read to the end, keeping nothing."""
        while self.read(1 << 20):
            pass

    def _submit(self) -> None:
        self._batches.append((self._thread.submit(_update, self._hash, self._blocks), self._collected))
        self._waiting += self._collected
        self._blocks, self._collected = [], 0
        self._wait(MOST_WAITING)

    def _wait(self, most: int) -> None:
        """Until no more than `most` bytes are left to hash."""
        while self._waiting > most:
            batch, size = self._batches.popleft()
            batch.result()
            self._waiting -= size


def _update(sha256: "hashlib._Hash", blocks: list[bytes]) -> None:
    for block in blocks:
        sha256.update(block)
