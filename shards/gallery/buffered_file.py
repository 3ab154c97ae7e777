"""A file of a store, of which only the parts that are read are downloaded."""

from shards.store import Store

__all__ = ["BufferedFile"]

#: Bytes fetched at once from an object store: a header and the small members behind it. A disk needs no such reserve.
_AHEAD = 16_384


class BufferedFile:
    """Reads and seeks in the file `name`; holds one block of it, and no open file."""

    def __init__(self, store: Store, name: str) -> None:
        self._store = store
        self._name = name
        self._size = store.size(name)
        self._ahead = 0 if store.folder is not None else _AHEAD
        self._place = 0
        self._start, self._block = 0, b""

    @property
    def size(self) -> int:
        """Bytes of the file."""
        return self._size

    def read(self, count: int = -1) -> bytes:
        """The next `count` bytes, or all that are left."""
        stop = self._size if count < 0 else min(self._place + count, self._size)
        content = self._between(self._place, stop)
        self._place += len(content)
        return content

    def seek(self, offset: int, whence: int = 0) -> int:
        """Go to an offset counted from the start (0), from here (1) or from the end (2)."""
        self._place = offset + (0, self._place, self._size)[whence]
        return self._place

    def tell(self) -> int:
        """Position of the next read, in bytes from the start."""
        return self._place

    def _between(self, start: int, stop: int) -> bytes:
        if stop <= start:
            return b""
        if start < self._start or stop > self._start + len(self._block):
            self._start = start
            self._block = self._store.read_range(self._name, start, min(max(stop, start + self._ahead), self._size))
        return self._block[start - self._start : stop - self._start]
