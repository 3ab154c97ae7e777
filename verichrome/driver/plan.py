"""Which shards are left to make. A shard's range of scenes is fixed; only the last may be cut short by the count."""

from collections.abc import Iterator

from encode import SceneIndex
from shards import ShardIndex, Store, committed_shards
from verichrome.config import Config
from verichrome.messages import CompleteShard, WorkItem
from verichrome.worker.complete_shard import complete_shard

__all__ = ["plan_shards", "work_items"]


def work_items(config: Config) -> Iterator[WorkItem]:
    """Every shard of the job in order, existing or not."""
    size = config.job.scenes_per_shard
    for index in range(config.job.shards):
        stop = min((index + 1) * size, config.job.scenes)
        yield WorkItem(ShardIndex(index), SceneIndex(index * size), SceneIndex(stop))


def plan_shards(config: Config, store: Store) -> Iterator[CompleteShard | WorkItem]:
    """Yield every shard in order: complete, or to be made. Memory stays flat.

    One listing of the receipts suffices; only those of shards with a gap are read.
    """
    there = committed_shards(store)
    for item in work_items(config):
        if item.index not in there.indices:
            yield item
        elif item.index not in there.gaps:
            yield CompleteShard(item, config.job.scenes_per_shard)
        else:
            yield complete_shard(item, store) or item
