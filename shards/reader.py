"""Read committed shards back as streams, and never mistake a part for the whole."""

import tarfile
from collections.abc import Iterator
from typing import Any, cast

from encode import Frame
from shards.errors import DamagedShard
from shards.frames import read_frame
from shards.hashing import HashingReader
from shards.layout import parse_shard
from shards.pairs import StoredPair, read_pair
from shards.receipt import Receipt
from shards.receipts import read_receipt, read_receipts
from shards.store import Store

__all__ = ["iter_frames", "iter_pairs", "iter_shard"]


def iter_shard(store: Store, name: str, receipt: Receipt | None = None) -> Iterator[tuple[str, dict[str, bytes]]]:
    """Yield (key, members by suffix) of a committed shard in order, one sample in memory at a time.

    The shard's receipt is looked up unless it is given. Size is checked before the first sample; keys, count and
    sha256 when the last has been taken. Raises DamagedShard, or StoreError if shard or receipt is not there.
    """
    receipt = receipt or _receipt_of(store, name)
    size = store.size(name)
    if size != receipt.bytes:
        raise DamagedShard(f"{store.where(name)}: expected {receipt.bytes} bytes by its receipt, got {size}")
    with store.open(name) as stream:
        source = HashingReader(stream)
        keys = []
        for key, members in _samples(source, store.where(name)):
            keys.append(key)
            yield key, members
        source.drain()
    if source.sha256 != receipt.sha256:
        raise DamagedShard(f"{store.where(name)}: expected sha256 {receipt.sha256}, got {source.sha256}")
    if tuple(keys) != receipt.keys:
        raise DamagedShard(f"{store.where(name)}: expected {receipt.samples} samples by its receipt, got {len(keys)}")


def iter_frames(store: Store) -> Iterator[Frame]:
    """Yield every committed frame in order, one in memory at a time; raises ShardError at the first fault."""
    for receipt in read_receipts(store, "frames"):
        for key, members in iter_shard(store, receipt.file, receipt):
            frame = read_frame(members)
            if frame.key != key:
                raise DamagedShard(f"{store.where(receipt.file)}: {key}.scene.json is that of {frame.key}")
            yield frame


def iter_pairs(store: Store) -> Iterator[StoredPair]:
    """Yield every committed pair in order, one in memory at a time; raises ShardError at the first fault."""
    for receipt in read_receipts(store, "pairs"):
        for key, members in iter_shard(store, receipt.file, receipt):
            yield read_pair(key, members)


def _receipt_of(store: Store, name: str) -> Receipt:
    parsed = parse_shard(name)
    if parsed is None:
        raise DamagedShard(f"{store.where(name)}: expected a name like 'frames/frames-000000.tar'")
    return read_receipt(store, *parsed)


def _samples(source: HashingReader, where: str) -> Iterator[tuple[str, dict[str, bytes]]]:
    key, members = "", dict[str, bytes]()
    for name, content in _members(source, where):
        prefix, dot, suffix = name.partition(".")
        if not dot or not prefix:
            raise DamagedShard(f"{where}: expected members named KEY.SUFFIX, got {name!r}")
        if prefix != key:
            if members:
                yield key, members
            key, members = prefix, {}
        if suffix in members:
            raise DamagedShard(f"{where}: the member {name!r} comes twice")
        members[suffix] = content
    if members:
        yield key, members


def _members(source: HashingReader, where: str) -> Iterator[tuple[str, bytes]]:
    try:
        with tarfile.open(fileobj=cast(Any, source), mode="r|") as tar:
            for member in tar:
                file = tar.extractfile(member)
                if file is None:
                    raise DamagedShard(f"{where}: the member {member.name!r} is no file")
                yield member.name, file.read()
    except (tarfile.TarError, EOFError) as error:
        raise DamagedShard(f"{where} does not read as a tar: {error}") from error
