"""Data sets for the tests of exports: few pairs, both splits, prompts that break careless writers."""

from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

from encode import Frame, Pair
from shards import Store, iter_shard, read_receipts, write_manifest
from tests.shards.export_reading import Read

__all__ = ["HOSTILE", "export_set", "pairs_of_set"]

#: Line ends of all sorts, quotes, commas, braces, what YAML and CSV readers take for something else, and non-ASCII.
HOSTILE = "Paint \"it\", 'then'\n- a: #1, {b}\r\n\tnull\u2028\u0085\\ é \U0001d11e  "


def export_set(folder: Path, fill: Callable[..., None], plain_pairs: Callable[[Frame], tuple[Pair, ...]]) -> Store:
    """Two shards of two views: depth and referring to train, and held out one semantic pair of each view."""

    def pairs(frame: Frame) -> tuple[Pair, ...]:
        depth, _, _, referring, semantic = plain_pairs(frame)
        return (
            replace(depth, prompt=HOSTILE),
            referring,
            replace(semantic, meta=replace(semantic.meta, split="heldout"), prompt="null"),
        )

    store = Store(folder)
    fill(store, shards=2, scenes=1, views=2, pairs_of=pairs)
    write_manifest(store)
    return store


def pairs_of_set(store: Store) -> dict[str, Read]:
    """What the shards hold, by key."""
    return {
        key: Read(row.split, members["prompt.txt"].decode(), members["source.png"], members["target.png"])
        for receipt in read_receipts(store, "pairs")
        for row, (key, members) in zip(receipt.pairs, iter_shard(store, receipt.file, receipt), strict=True)
    }
