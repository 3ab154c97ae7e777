"""Single members of shards, read by their offset in the tar: no shard is read whole."""

import threading
from collections.abc import Mapping
from typing import NamedTuple

from encode import FormatError
from shards.errors import DamagedShard
from shards.gallery.buffered_file import BufferedFile
from shards.gallery.lru_cache import LruCache
from shards.gallery.response import NotFound
from shards.layout import Kind, ShardIndex, shard_name
from shards.reading.tar_member import BLOCK, TarMember, padded, read_header
from shards.store import Store

__all__ = ["TarIndex"]

#: Shards whose tables of contents are cached; that of a thousand samples takes about a megabyte.
_SHARDS = 64


class Span(NamedTuple):
    """Offsets of a member's first byte in its tar and of the byte behind its last."""

    start: int
    stop: int


class TarIndex:
    """The samples of the shards of one kind. Raises NotFound for unknown ones, other ShardErrors for damaged shards."""

    def __init__(self, store: Store, kind: Kind) -> None:
        self._store = store
        self._kind: Kind = kind
        self._contents: LruCache[ShardIndex, _Contents] = LruCache(_SHARDS)

    def suffixes(self, shard: ShardIndex, key: str) -> tuple[str, ...]:
        """The members of the sample."""
        return tuple(self._sample(shard, key))

    def read(self, shard: ShardIndex, key: str, suffix: str) -> bytes:
        """One member."""
        spans = self._sample(shard, key)
        if suffix not in spans:
            raise NotFound(f"{self._where(shard)}: {key} has no member {suffix}, only {', '.join(spans)}")
        return self._store.read_range(shard_name(self._kind, shard), *spans[suffix])

    def sample(self, shard: ShardIndex, key: str) -> dict[str, bytes]:
        """All members by suffix."""
        return {suffix: self.read(shard, key, suffix) for suffix in self.suffixes(shard, key)}

    def keys(self, shard: ShardIndex, prefix: str) -> list[str]:
        """Keys of the shard that begin with `prefix`."""
        return self._open(shard).keys(prefix)

    def forget(self) -> None:
        """Drop all tables of contents: a running job may rewrite shards."""
        self._contents.clear()

    def _sample(self, shard: ShardIndex, key: str) -> Mapping[str, Span]:
        spans = self._open(shard).find(key)
        if not spans:
            raise NotFound(f"{self._where(shard)} has no sample {key}")
        return spans

    def _open(self, shard: ShardIndex) -> "_Contents":
        name = shard_name(self._kind, shard)

        def open_tar() -> _Contents:
            if not self._store.exists(name):
                raise NotFound(f"there is no shard {self._where(shard)}")
            return _Contents(self._store, name)

        return self._contents.get(shard, open_tar)

    def _where(self, shard: ShardIndex) -> str:
        return self._store.where(shard_name(self._kind, shard))


class _Contents:
    """The headers of one tar, read as far as was asked for: keys ascend, so a sample ends where the next begins."""

    def __init__(self, store: Store, name: str) -> None:
        self._where = store.where(name)
        self._samples: dict[str, dict[str, Span]] = {}
        self._last = ""
        self._ended = False
        self._lock = threading.Lock()
        self._window = BufferedFile(store, name)
        self._place = 0

    def find(self, key: str) -> Mapping[str, Span]:
        """The members of a sample; {} where there is none."""
        with self._lock:
            while not self._ended and self._last <= key:
                self._advance()
            return self._samples.get(key, {})

    def keys(self, prefix: str) -> list[str]:
        """Keys that begin with `prefix`."""
        with self._lock:
            while not self._ended and (self._last < prefix or self._last.startswith(prefix)):
                self._advance()
            return [key for key in self._samples if key.startswith(prefix)]

    def _advance(self) -> None:
        member = self._header()
        if member is None:
            self._ended = True
            return
        start = self._place
        self._samples.setdefault(member.key, {})[member.suffix] = Span(start, start + member.size)
        self._place += padded(member.size)
        self._last = member.key

    def _header(self) -> TarMember | None:
        self._window.seek(self._place)
        block = self._window.read(BLOCK)
        self._place += len(block)
        try:
            return read_header(block, self._window.size - self._place, self._where, {})
        except FormatError as error:
            raise DamagedShard(str(error)) from error
