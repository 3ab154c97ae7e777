"""Writes the part of an export that comes of one shard."""

import json
import os
from collections import Counter, defaultdict
from collections.abc import Iterator, Mapping
from concurrent.futures import Future, ThreadPoolExecutor
from contextlib import ExitStack, contextmanager, suppress
from types import TracebackType
from typing import Any, BinaryIO, Self

from shards.errors import StoreError
from shards.export.choice import Split
from shards.export.export_output import ExportOutput, PartRecord
from shards.export.exported_pair import ExportedPair
from shards.folder import Folder, stat_regular
from shards.receipt import Receipt
from shards.store import Store

__all__ = ["PartWriter"]

#: Uploads at a time, and how many may wait with their contents in memory.
_UPLOADS, _MOST_WAITING = 16, 64
_NEW = os.O_WRONLY | os.O_CREAT | os.O_EXCL | os.O_NOFOLLOW | os.O_CLOEXEC


class PartWriter:
    """Context manager of one part: files of its own, lines of the index, facts. `commit` declares it complete.

    shard: its number. source: the store of the data set. chosen: how many of its pairs are exported. in_place: the
    export goes into the data set's own folder. root: see FinishedParts. Raises StoreError.
    """

    def __init__(self, folder: ExportOutput, source: Store, receipt: Receipt, chosen: int, root: str) -> None:
        self.in_place = folder.in_place
        self.shard = receipt.index
        self.source = source
        self.receipt = receipt
        self.chosen = chosen
        self.root = root
        self.facts: dict[str, Any] = {}
        self._folder = folder
        self._store = folder.store
        self._disk = Folder(folder.store.folder) if folder.store.folder is not None else None
        self._files: list[str] = []
        self._small_files = False
        self._pairs: defaultdict[str, Counter[str]] = defaultdict(Counter)
        self._sides: Counter[str] = Counter()
        self._lines: dict[Split, BinaryIO] = {}
        self._stack = ExitStack()
        self._uploads: list[Future[None]] = []

    def __enter__(self) -> Self:
        self._folder.withdraw(self.shard)
        self._stack.__enter__()
        if self._disk is None:
            self._pool = self._stack.enter_context(ThreadPoolExecutor(_UPLOADS))
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._stack.__exit__(kind, error, trace)

    def counted(self, pairs: Iterator[ExportedPair]) -> Iterator[ExportedPair]:
        """Pass the pairs on and count them."""
        for pair in pairs:
            yield pair
            self._pairs[pair.split][pair.task] += 1
            self._sides[f"{pair.width}x{pair.height}"] += 1

    def add_line(self, split: Split, content: Mapping[str, Any]) -> None:
        """Add a line of JSON to the index of a split; it is ASCII, since some readers use the locale's encoding."""
        if split not in self._lines:
            self._lines[split] = self._stack.enter_context(
                self._store.writing(self._folder.lines_name(self.shard, split))
            )
        self._lines[split].write(json.dumps(content).encode() + b"\n")

    def write_file(self, name: str, content: bytes) -> None:
        """Write a small file. Its name may not be written twice, and it is complete when the part is."""
        if self._disk is None:
            self._drain(_MOST_WAITING)
            self._uploads.append(self._pool.submit(self._store.put, name, content))
            return
        self._small_files = True
        try:
            with self._disk.parent(name, make=True) as (folder, base):
                # A new file: an older one may be a hard link.
                with suppress(FileNotFoundError):
                    os.unlink(base, dir_fd=folder)
                with os.fdopen(os.open(base, _NEW, 0o666, dir_fd=folder), "wb") as stream:
                    stream.write(content)
        except OSError as error:
            raise StoreError(f"cannot write {self._store.where(name)}: {error.strerror or error}") from error

    def link(self, source: Store, old: str, name: str) -> bool:
        """Make `name` a hard link to the file `old` of a store; false where that is not possible."""
        if self._disk is None or source.folder is None:
            return False
        try:
            with (
                Folder(source.folder).parent(old) as (there, old_base),
                self._disk.parent(name, make=True) as (here, base),
            ):
                stat_regular(old_base, there)
                with suppress(FileNotFoundError):
                    os.unlink(base, dir_fd=here)
                os.link(old_base, base, src_dir_fd=there, dst_dir_fd=here, follow_symlinks=False)
        except OSError:  # another file system, or one without hard links
            return False
        return True

    def link_or_write(self, old: str, name: str, content: bytes) -> None:
        """Write a file whose content the file `old` of this export has as well."""
        if not self.link(self._store, old, name):
            self.write_file(name, content)

    @contextmanager
    def large_file(self, name: str) -> Iterator[BinaryIO]:
        """A stream whose content becomes a file that the record of the part names."""
        with self._store.writing(name) as stream:
            yield stream
        self._files.append(name)

    def link_large_file(self, old: str, name: str) -> bool:
        """Make `name` a hard link to a file of the data set, named in the record; false where that is not possible."""
        if not self.link(self.source, old, name):
            return False
        self._files.append(name)
        return True

    def commit(self) -> PartRecord:
        """Make everything durable, then write the record."""
        self._drain(0)
        self._stack.close()
        if self._small_files:
            os.sync()  # of thousands of files, which is far faster than one by one
        record = PartRecord(
            shard=self.shard,
            sha256=self.receipt.sha256,
            pairs={split: dict(sorted(counts.items())) for split, counts in sorted(self._pairs.items())},
            sides=dict(sorted(self._sides.items())),
            files=self._files,
            facts=self.facts,
        )
        self._folder.put_record(record)
        return record

    def _drain(self, most: int) -> None:
        while len(self._uploads) > most:
            self._uploads.pop(0).result()
