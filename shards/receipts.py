"""The receipts of a store: what is committed."""

from collections.abc import Iterator
from dataclasses import dataclass

from pydantic import ValidationError

from encode import FormatError
from shards.errors import DamagedShard
from shards.layout import KINDS, Kind, ShardIndex, parse_gap, parse_receipt, parse_shard, receipt_name, shard_name
from shards.prefetch import prefetched
from shards.reading.limits import MOST_RECEIPT_BYTES, MOST_RECEIPT_CONTAINERS, MOST_RECEIPT_KEYS
from shards.reading.stored import read_small
from shards.receipt import Receipt
from shards.store import Store

__all__ = [
    "CommittedShards",
    "committed",
    "committed_shards",
    "gap_indices",
    "read_receipt",
    "read_receipts",
    "receipt_indices",
    "shard_indices",
]


@dataclass(frozen=True, slots=True)
class CommittedShards:
    """Indices of the shards whose frames and pairs are both committed; `gaps` are those of them that lack scenes."""

    indices: frozenset[ShardIndex]
    gaps: frozenset[ShardIndex]


def committed_shards(store: Store) -> CommittedShards:
    """Find the committed shards by names alone: one listing of the receipts, and none of the shards at a URL."""
    names = list(store.names("receipts/"))
    receipts = {kind: _indices(map(parse_receipt, names), kind) for kind in KINDS}
    indices = frozenset.intersection(*(frozenset(_with_shards(store, kind, receipts[kind])) for kind in KINDS))
    return CommittedShards(indices, indices & _indices(map(parse_gap, names), "frames"))


def committed(store: Store, kind: Kind) -> set[ShardIndex]:
    """Indices of the committed shards. Lists names, opens nothing.

    In a folder, where users delete files, both receipt and tar must exist. At a URL the receipt, which is written
    last, is enough: listing a bucket costs time and money, and `audit` finds what was deleted.
    """
    return _with_shards(store, kind, receipt_indices(store, kind))


def read_receipt(store: Store, kind: Kind, index: ShardIndex) -> Receipt:
    """Read one receipt; raises StoreError if there is none, DamagedShard if it is not a receipt of that shard."""
    name = receipt_name(kind, index)
    try:
        receipt = Receipt.model_validate_json(_content(store, name))
    except FormatError as error:
        raise DamagedShard(str(error)) from error
    except ValidationError as error:
        first = error.errors(include_input=False, include_url=False)[0]
        field = ".".join(map(str, first["loc"]))[:80] or "the file"
        raise DamagedShard(f"{store.where(name)} is not a receipt: {field}: {first['msg'][:200]}") from error
    if (receipt.kind, receipt.index) != (kind, index):
        raise DamagedShard(f"{store.where(name)} is the receipt of {receipt.kind} {receipt.index}")
    if receipt.file != shard_name(kind, index):
        raise DamagedShard(f"{store.where(name)}: expected it to be of {shard_name(kind, index)}, got {receipt.file}")
    return receipt


def _content(store: Store, name: str) -> bytes:
    """Its bytes; raises FormatError for more than a shard's receipt can need: each value is far larger in memory."""
    content = read_small(store, name, MOST_RECEIPT_BYTES)
    many = content.count(b"[") + content.count(b"{") > MOST_RECEIPT_CONTAINERS
    if many or content.count(b":") > MOST_RECEIPT_KEYS:
        expected = f"at most {MOST_RECEIPT_CONTAINERS:,} lists and objects and {MOST_RECEIPT_KEYS:,} keys"
        raise FormatError(store.where(name), expected, "more")
    return content


def read_receipts(store: Store, kind: Kind) -> Iterator[Receipt]:
    """Yield every receipt in the order of the shards; a bounded number is in memory at a time."""
    indices = sorted(receipt_indices(store, kind))
    if store.folder is not None:
        yield from (read_receipt(store, kind, index) for index in indices)
    else:
        yield from prefetched(lambda index: read_receipt(store, kind, index), indices)


def receipt_indices(store: Store, kind: Kind) -> set[ShardIndex]:
    """Indices of the receipts that are there, with or without their shards."""
    return _indices(map(parse_receipt, store.names(f"receipts/{kind}-")), kind)


def gap_indices(store: Store) -> set[ShardIndex]:
    """Indices of the frames shards that lack scenes, by the names of their gaps."""
    return _indices(map(parse_gap, store.names("receipts/frames-")), "frames")


def shard_indices(store: Store, kind: Kind) -> set[ShardIndex]:
    """Indices of the tars that are there, with or without their receipts."""
    return _indices(map(parse_shard, store.names(f"{kind}/{kind}-")), kind)


def _indices(parsed: Iterator[tuple[Kind, ShardIndex] | None], kind: Kind) -> set[ShardIndex]:
    return {name[1] for name in parsed if name is not None and name[0] == kind}


def _with_shards(store: Store, kind: Kind, indices: set[ShardIndex]) -> set[ShardIndex]:
    return indices & shard_indices(store, kind) if store.folder is not None else indices
