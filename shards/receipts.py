"""The receipts of a store: what is committed."""

from collections.abc import Iterator

from pydantic import ValidationError

from shards.errors import DamagedShard
from shards.layout import parse_receipt, parse_shard, receipt_name
from shards.receipt import Kind, Receipt
from shards.store import Store

__all__ = ["committed", "read_receipt", "read_receipts", "receipt_indices", "shard_indices"]


def committed(store: Store, kind: Kind) -> set[int]:
    """Indices of the shards that are whole: both the receipt and the tar are there. Lists names, opens nothing."""
    return receipt_indices(store, kind) & shard_indices(store, kind)


def read_receipt(store: Store, kind: Kind, index: int) -> Receipt:
    """Read one receipt; raises StoreError if there is none, DamagedShard if it is not a receipt of that shard."""
    name = receipt_name(kind, index)
    try:
        receipt = Receipt.model_validate_json(store.read_bytes(name))
    except ValidationError as error:
        first = error.errors()[0]
        place = ".".join(map(str, first["loc"])) or "the file"
        raise DamagedShard(f"{store.where(name)} is not a receipt: {place}: {first['msg']}") from error
    if (receipt.kind, receipt.index) != (kind, index):
        raise DamagedShard(f"{store.where(name)} is the receipt of {receipt.kind} {receipt.index}")
    return receipt


def read_receipts(store: Store, kind: Kind) -> Iterator[Receipt]:
    """Yield every receipt in the order of the shards, one in memory at a time."""
    for index in sorted(receipt_indices(store, kind)):
        yield read_receipt(store, kind, index)


def receipt_indices(store: Store, kind: Kind) -> set[int]:
    """Indices of the receipts that are there, with or without their shards."""
    parsed = map(parse_receipt, store.names(f"receipts/{kind}-"))
    return {entry[1] for entry in parsed if entry is not None}


def shard_indices(store: Store, kind: Kind) -> set[int]:
    """Indices of the tars that are there, with or without their receipts."""
    parsed = map(parse_shard, store.names(f"{kind}/{kind}-"))
    return {entry[1] for entry in parsed if entry is not None}
