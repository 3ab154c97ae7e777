"""Whether the store has all of a shard, so that its scenes need not be made."""

from shards import DamagedShard, Store, read_receipt
from shards.layout import KINDS, receipt_name, shard_name
from verichrome.messages import CompleteShard, WorkItem

__all__ = ["complete_shard"]


def complete_shard(item: WorkItem, store: Store) -> CompleteShard | None:
    """The shard of `item` as the store has it now; None if scenes are left to make. Raises StoreError.

    Some are left where the shard is not committed, holds fewer scenes than are requested now (it was the last one of a
    smaller job), or lacks a scene because of a crash, which may not happen again. It is then made again, whole, so that
    the bytes are those of one job that requested all at once.
    """
    names = (name(kind, item.index) for kind in KINDS for name in (receipt_name, shard_name))
    if not all(map(store.exists, names)):
        return None
    try:
        receipt = read_receipt(store, "frames", item.index)
    except DamagedShard:
        return None
    held = {row.scene_index for row in receipt.scenes}
    crashed = any(row.fatal for row in receipt.failures)
    if crashed or not held.issuperset(item.scenes):
        return None
    return CompleteShard(item, len(receipt.scenes), tuple(row for row in receipt.scenes if row.reason))
