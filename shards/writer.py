"""Write one shard and commit it whole, or leave nothing behind."""

import re
import tarfile
from collections.abc import Mapping
from types import TracebackType
from typing import Any, Self

from pydantic import ValidationError

from shards.checksums import CheckedWriter, Crc32, Sha256
from shards.errors import DamagedShard, StoreError, WriteRefused
from shards.layout import Kind, ShardIndex, gap_name, receipt_name, shard_name
from shards.receipt import Receipt
from shards.receipts import read_receipt
from shards.store import Store
from shards.tar_stream import TarStream

__all__ = ["ShardWriter"]

# webdataset cuts a name at its first dot and lower-cases what follows; tar's old header holds 100 bytes.
_KEY = re.compile(r"[A-Za-z0-9_-]{1,64}")
_SUFFIX = re.compile(r"[a-z0-9_]+(\.[a-z0-9_]+)*")


class ShardWriter:
    """Context manager that writes `{kind}/{kind}-{index:06d}.tar` under another name and renames it on `commit`.

    The same samples give the same bytes: the tar holds no time, user or file mode. Leaving the with-block
    without `commit` removes what was written. Raises WriteRefused for a sample that is not allowed, else StoreError.
    """

    def __init__(self, store: Store, kind: Kind, index: ShardIndex) -> None:
        self.name = shard_name(kind, index)
        self._store = store
        self._kind: Kind = kind
        self._index = index
        self._keys: list[str] = []
        self._members: list[str] = []
        self._committed = False
        self._temporary = store.temporary()
        self._sha256, self._crc32 = Sha256(), Crc32()
        self._sink = CheckedWriter(self._temporary.stream, self._sha256, self._crc32)
        self._tar = TarStream(self._sink)

    def add(self, key: str, members: Mapping[str, bytes]) -> None:
        """Append one sample: `members` maps suffixes (`image.png`) to contents; keys must come in ascending order."""
        self._check_open()
        self._check_key(key)
        self._check_members(key, members)
        try:
            for suffix, content in sorted(members.items()):
                self._tar.add(f"{key}.{suffix}", content)
        except OSError as error:
            raise self._failure(error) from error
        self._keys.append(key)
        self._members.extend(f"{key}.{suffix}" for suffix in sorted(members))

    def commit(self, *, full: int = 0, **receipt_fields: Any) -> Receipt:
        """Verify the file, give it its final name, then write its receipt; returns the receipt.

        `full` is how many scenes the shard could hold. With fewer it gets a gap beside its receipt, so that a resume
        knows which receipts to open.

        `receipt_fields` are the fields of Receipt that the writer cannot know (fingerprint, versions, rows, ...);
        the rows must name this shard's samples in order. Other bytes than those committed before first withdraw the
        old receipt, so that no receipt is ever that of another tar.
        """
        self._check_open()
        try:
            self._tar.close()
            self._temporary.stream.flush()
            self._verify()
        except OSError as error:
            raise self._failure(error) from error
        receipt = self._receipt(receipt_fields)
        again = self._withdraw_other_than(receipt.sha256)
        gap, lacks = gap_name(self._kind, self._index), receipt.complete_scenes < full
        if lacks:
            self._store.put(gap, b"")
        self._store.adopt(self._temporary, self.name)
        self._store.put(receipt_name(self._kind, self._index), receipt.to_json().encode())
        if again and not lacks:
            self._store.remove(gap)
        self._committed = True
        return receipt

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._temporary.discard()

    def _check_open(self) -> None:
        if self._committed:
            raise WriteRefused(f"{self.name} is committed already: open another ShardWriter")
        if self._temporary.stream.closed:
            raise WriteRefused(f"{self.name} is no longer open: use the ShardWriter inside its with-block")

    def _check_key(self, key: str) -> None:
        if not _KEY.fullmatch(key):
            raise WriteRefused(f"{self.name}: a key is 1 to 64 letters, digits, '-' and '_' (no dot), got {key!r}")
        if self._keys and key == self._keys[-1]:
            raise WriteRefused(f"{self.name}: the key {key!r} comes twice")
        if self._keys and key < self._keys[-1]:
            raise WriteRefused(f"{self.name}: keys come in ascending order, got {key!r} after {self._keys[-1]!r}")

    def _check_members(self, key: str, members: Mapping[str, bytes]) -> None:
        if not members:
            raise WriteRefused(f"{self.name}: the sample {key!r} has no members")
        for suffix, content in members.items():
            if not _SUFFIX.fullmatch(suffix):
                raise WriteRefused(f"{self.name}: {key!r} has a suffix {suffix!r}; expected one like 'image.png'")
            if not isinstance(content, bytes):
                raise WriteRefused(f"{self.name}: {key}.{suffix} must be bytes, got {type(content).__name__}")

    def _verify(self) -> None:
        """Read the names back from the file: what was added is there, in order, and nothing else."""
        self._temporary.stream.seek(0)
        try:
            with tarfile.open(fileobj=self._temporary.stream, mode="r:") as tar:
                names = [member.name for member in tar]
        except tarfile.TarError as error:
            raise StoreError(f"{self.name} does not read back as a tar: {error}") from error
        if names != self._members:
            raise StoreError(f"{self.name} reads back with {len(names)} of {len(self._members)} members: disk full?")

    def _receipt(self, fields: Mapping[str, Any]) -> Receipt:
        try:
            receipt = Receipt(
                **fields,
                kind=self._kind,
                index=self._index,
                file=self.name,
                bytes=self._sink.size,
                sha256=self._sha256.hexdigest(),
                crc32=self._crc32.hexdigest(),
                samples=len(self._keys),
            )
        except (ValidationError, TypeError) as error:
            raise WriteRefused(f"{self.name}: the receipt's fields are wrong: {error}") from error
        if list(receipt.keys) != self._keys:
            raise WriteRefused(
                f"{self.name}: the rows must name its {len(self._keys)} samples in order, got {len(receipt.keys)} rows"
                f" that begin with {receipt.keys[:1]}, expected {tuple(self._keys[:1])}"
            )
        return receipt

    def _withdraw_other_than(self, sha256: str) -> bool:
        """Remove an old receipt of other bytes; returns whether there was a receipt."""
        name = receipt_name(self._kind, self._index)
        if not self._store.exists(name):
            return False
        try:
            same = read_receipt(self._store, self._kind, self._index).sha256 == sha256
        except DamagedShard:
            same = False
        if not same:
            self._store.remove(name)
        return True

    def _failure(self, error: OSError) -> StoreError:
        where = self._store.where(self.name)
        return StoreError(f"cannot write {where} by way of {self._temporary.folder}: {error.strerror or error}")
