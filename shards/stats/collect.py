"""Counts over all frames of a store, and over their pairs where it holds them."""

from collections import defaultdict
from collections.abc import Callable
from functools import partial

from encode import PairMeta
from shards.errors import ShardError
from shards.layout import ShardIndex, shard_name
from shards.pairs import read_meta_and_prompt
from shards.reader import iter_frames_of, iter_shard
from shards.receipts import read_receipt, receipt_indices
from shards.spawned_map import map_spawned
from shards.stats.asked import COUNTED_TASKS, AskedStatistics
from shards.stats.statistics import DatasetStatistics
from shards.store import Store

__all__ = ["collect_statistics"]


def collect_statistics(
    store: Store, workers: int = 1, progress: Callable[[int, int], None] | None = None
) -> DatasetStatistics:
    """Count over every committed frame, a shard to each of `workers` processes at a time.

    `progress` is called with (shards done, shards in all). Raises ShardError where there are no frames or one does not
    read.
    """
    indices = sorted(receipt_indices(store, "frames"))
    if not indices:
        raise ShardError(f"{store.url}: no frame is committed, so there is nothing to count")
    total = DatasetStatistics()
    for done, part in enumerate(map_spawned(partial(_collect_shard, store), indices, workers), start=1):
        total.merge(part)
        if progress is not None:
            progress(done, len(indices))
    return total


def _collect_shard(store: Store, index: ShardIndex) -> DatasetStatistics:
    counted = DatasetStatistics()
    receipt = read_receipt(store, "frames", index)
    scenes = {row.key: row.scene_index for row in receipt.frames}
    metas = _metas(store, index)
    for frame, _ in iter_frames_of(store, receipt):
        counted.add(frame, scenes[frame.key])
        for meta in metas.get(frame.key, ()):
            if meta.task == "semantic":
                counted.legends.add(frame, meta)
            else:
                counted.asked.setdefault(meta.task, AskedStatistics()).add(frame, meta)
    return counted


def _metas(store: Store, index: ShardIndex) -> dict[str, list[PairMeta]]:
    """The meta of the shard's pairs of the tasks that are counted, by frame; none where it has no pairs."""
    metas: dict[str, list[PairMeta]] = defaultdict(list)
    if index in receipt_indices(store, "pairs"):
        for key, members in iter_shard(store, shard_name("pairs", index)):
            meta, _ = read_meta_and_prompt(key, members)
            if meta.task in (*COUNTED_TASKS, "semantic"):
                metas[meta.frame_key].append(meta)
    return metas
