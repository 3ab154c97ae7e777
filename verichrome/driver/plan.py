"""Which shards are left to make. A shard's range of scenes is fixed; only the last may be cut short by the count."""

from collections.abc import Iterator
from dataclasses import dataclass

from encode import SceneIndex
from shards import DamagedShard, Receipt, ShardIndex, Store, committed_shards, read_receipt
from verichrome.config import Config
from verichrome.messages import WorkItem

__all__ = ["CompleteShard", "plan_shards", "work_items"]


@dataclass(frozen=True, slots=True)
class CompleteShard:
    """A complete shard, which is kept: how many scenes it holds, and its receipt where some of them failed."""

    scenes: int
    receipt: Receipt | None = None


def work_items(config: Config) -> Iterator[WorkItem]:
    """Every shard of the job in order, existing or not."""
    size = config.job.scenes_per_shard
    for index in range(config.job.shards):
        stop = min((index + 1) * size, config.job.scenes)
        yield WorkItem(ShardIndex(index), SceneIndex(index * size), SceneIndex(stop))


def plan_shards(config: Config, store: Store) -> Iterator[CompleteShard | WorkItem]:
    """Yield every shard in order: complete, or to be made. Memory stays flat.

    A shard is made again, whole, when it is not committed, holds fewer scenes than are requested now (it was the last
    one of a smaller job), or lacks a scene because of a crash, which may not happen again. So the bytes are those of
    one job that requested all at once. One listing of the receipts suffices; only those of shards with a gap are read.
    """
    there = committed_shards(store)
    for item in work_items(config):
        if item.index not in there.indices:
            yield item
        elif item.index not in there.gaps:
            yield CompleteShard(config.job.scenes_per_shard)
        else:
            receipt = _receipt(store, item.index)
            if receipt is not None and _covers(receipt, item):
                yield CompleteShard(len(receipt.scenes), receipt)
            else:
                yield item


def _receipt(store: Store, index: ShardIndex) -> Receipt | None:
    try:
        return read_receipt(store, "frames", index)
    except DamagedShard:
        return None


def _covers(receipt: Receipt, item: WorkItem) -> bool:
    held = {row.scene_index for row in receipt.scenes}
    crashed = any(row.fatal for row in receipt.failures)
    return held.issuperset(item.scenes) and not crashed
