"""Pairs of frames: those of one frame, as a worker makes them, and of a whole data set, as `verichrome encode` does."""

import time
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from functools import partial

from encode import extra_members, make_pairs
from encode.frame import Frame
from shards import (
    DamagedShard,
    PairRow,
    Receipt,
    ShardIndex,
    ShardWriter,
    Store,
    committed,
    encode_image,
    iter_frames_of,
    pair_members,
    read_receipt,
)
from shards.spawned_map import map_spawned
from verichrome.config import Config
from verichrome.config.fingerprint import pairs_fingerprint
from verichrome.versions import package_versions

__all__ = ["EncodedPair", "EncodedShard", "encode_all", "encode_frame"]


@dataclass(frozen=True, slots=True)
class EncodedPair:
    """One sample: its members, and its row in the receipt."""

    key: str
    members: dict[str, bytes]
    row: PairRow


def encode_frame(frame: Frame, png: bytes, config: Config, shard: ShardIndex) -> list[EncodedPair]:
    """All pairs that `config` asks for, in the order of their keys; `png` is the image as frames hold it."""
    return sorted(_pairs(frame, png, config, shard), key=lambda entry: entry.key)


def _pairs(frame: Frame, png: bytes, config: Config, shard: ShardIndex) -> Iterator[EncodedPair]:
    wanted = config.pairs
    image_format, quality = wanted.source_format, wanted.source_quality
    source = png if image_format == "png" else encode_image(frame.image, image_format, quality)
    pairs = make_pairs(
        frame,
        wanted.tasks,
        seed=config.scenes.seed,
        prompts_per_task=wanted.prompts_per_task,
        split=wanted.split,
        shares=wanted.shares(),
    )
    extra = extra_members(wanted.tasks)
    for pair in pairs:
        members = pair_members(pair, source, image_format, quality, extra)
        yield EncodedPair(pair.key, members, PairRow.of(pair, members, shard=shard))


@dataclass(frozen=True, slots=True)
class EncodedShard:
    """One pairs shard: of how many frames, pairs by task, its bytes; `kept` when it existed already."""

    frames: int
    pairs: Counter[str]
    bytes: int
    kept: bool


def encode_all(frames: Store, out: Store, config: Config, workers: int) -> Iterator[EncodedShard]:
    """Make a pairs shard of each frames shard, in order; existing valid ones are kept."""
    indices = sorted(committed(frames, "frames"))
    there = committed(out, "pairs")
    shards = [(index, index in there) for index in indices]
    encode = partial(_encode_shard, frames, out, config)
    if workers == 1 or len(indices) < 2:
        yield from map(encode, shards)
        return
    yield from map_spawned(encode, shards, workers)


def _encode_shard(frames: Store, out: Store, config: Config, shard: tuple[ShardIndex, bool]) -> EncodedShard:
    """Make the pairs of a shard, given its index and whether it has pairs already."""
    index, there = shard
    source = read_receipt(frames, "frames", index)
    fingerprint = pairs_fingerprint(config, source.fingerprint)
    old = _fitting(out, index, fingerprint, source) if there else None
    if old is not None:
        return _report(source, old, kept=True)
    start = time.perf_counter()
    rows = []
    with ShardWriter(out, "pairs", index) as writer:
        for frame, members in iter_frames_of(frames, source):
            for pair in encode_frame(frame, members["image.png"], config, index):
                writer.add(pair.key, pair.members)
                rows.append(pair.row)
        receipt = writer.commit(
            fingerprint=fingerprint,
            pairs=tuple(rows),
            seconds={"encode": time.perf_counter() - start},
            versions=package_versions(),
        )
    return _report(source, receipt, kept=False)


def _fitting(out: Store, index: ShardIndex, fingerprint: str, source: Receipt) -> Receipt | None:
    """The receipt of an existing shard, if it is of this configuration and of exactly these frames."""
    try:
        old = read_receipt(out, "pairs", index)
    except DamagedShard:
        return None
    same = old.fingerprint == fingerprint and {row.frame_key for row in old.pairs} == set(source.keys)
    return old if same else None


def _report(source: Receipt, receipt: Receipt, kept: bool) -> EncodedShard:
    return EncodedShard(source.samples, Counter(row.task for row in receipt.pairs), receipt.bytes, kept)
