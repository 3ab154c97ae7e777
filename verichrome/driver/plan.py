"""Which shards are left to make. A shard's range of scenes is fixed; only the last may be cut short by the count."""

from collections.abc import Iterator
from dataclasses import dataclass

from shards import DamagedShard, Receipt, ShardIndex, Store, committed_shards, read_receipt
from verichrome.config import Config
from verichrome.messages import WorkItem

__all__ = ["CompleteShard", "plan"]


@dataclass(frozen=True, slots=True)
class CompleteShard:
    """A shard that is whole and stays: how many scenes it holds, and its receipt where some of them failed."""

    scenes: int
    receipt: Receipt | None = None


def plan(config: Config, store: Store) -> Iterator[CompleteShard | WorkItem]:
    """Yield every shard in order: kept, or to be made. Memory stays flat.

    A shard is made anew, whole, when it is not committed, holds fewer scenes than are asked for now (it was the last
    one of a smaller job), or lacks a scene because of a crash, which may not come again. So the bytes are those of
    one job that asked for all at once. One listing of the receipts tells; only those of shards with a gap are opened.
    """
    there = committed_shards(store)
    for index in map(ShardIndex, range(config.job.shards)):
        task = _task(config, index)
        if index not in there.indices:
            yield task
        elif index not in there.gaps:
            yield CompleteShard(config.job.scenes_per_shard)
        else:
            receipt = _receipt(store, index)
            yield (
                CompleteShard(len(receipt.scenes), receipt) if receipt is not None and _covers(receipt, task) else task
            )


def _task(config: Config, index: ShardIndex) -> WorkItem:
    start = index * config.job.scenes_per_shard
    return WorkItem(index, start, min(start + config.job.scenes_per_shard, config.job.scenes))


def _receipt(store: Store, index: ShardIndex) -> Receipt | None:
    try:
        return read_receipt(store, "frames", index)
    except DamagedShard:
        return None


def _covers(receipt: Receipt, task: WorkItem) -> bool:
    held = {row.scene_index for row in receipt.scenes}
    crashed = any(row.fatal for row in receipt.failures)
    return held.issuperset(task.scenes) and not crashed
