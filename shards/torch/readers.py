"""Samples of stored pairs, and of pairs made from frames while they are loaded."""

from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass
from itertools import groupby
from math import floor
from typing import TypeVar

from encode import Frame, Pair, PairShares, extra_members, make_pair
from shards.frames import read_frame
from shards.layout import Kind, shard_name
from shards.pairs import read_pair, stored_extra_members
from shards.reader import iter_shard
from shards.receipt import PairRow, Receipt
from shards.receipts import read_receipt
from shards.store import Store
from shards.torch.chance import drawn_integer, drawn_share
from shards.torch.sample import Pixels, Sample, sample_of
from shards.torch.scenes_choice import SceneSplit
from shards.torch.stream import SampleSource
from shards.torch.units import Unit

__all__ = ["FrameReader", "PairReader"]

_Row = TypeVar("_Row")


@dataclass(frozen=True)
class PairReader(SampleSource):
    """Pairs as they are stored.

    copies: by task, how often each of its pairs comes in an epoch: 1.5 is once or twice. templates: the split of
    prompts, None for all.
    """

    store: Store
    copies: Mapping[str, float]
    templates: str | None
    scenes: SceneSplit
    pixels: Pixels

    def read(self, unit: Unit, wanted: Collection[int] | None, start: int) -> Iterator[tuple[int, Sample]]:
        """Each pair as often as it is drawn; the copies of one follow each other."""
        receipt = read_receipt(self.store, "pairs", unit.shard)
        rows = _part_of(unit, [row for row in receipt.pairs if self._fits(row)])
        keys = [row.key for row in rows for _ in range(self._copies_of(row, unit.draw))]
        for key, members, numbers in _members(self.store, "pairs", receipt, keys, wanted, start):
            stored = read_pair(key, members)
            for number in numbers:
                yield number, sample_of(stored.pair, stored.source, self.pixels, stored_extra_members(members))

    def _fits(self, row: PairRow) -> bool:
        return row.task in self.copies and self.templates in (None, row.split) and row.frame_key in self.scenes

    def _copies_of(self, row: PairRow, draw: str) -> int:
        copies = self.copies[row.task]
        return floor(copies + drawn_share("copies", draw, row.key))


@dataclass(frozen=True)
class FrameReader(SampleSource):
    """Pairs that are made from frames: `prompts` of each frame, other ones in each epoch.

    weights: by task; where the one drawn has nothing to ask about the frame, the next one drawn is made.
    """

    store: Store
    weights: Mapping[str, float]
    prompts: int
    templates: str
    shares: PairShares
    scenes: SceneSplit
    pixels: Pixels

    def read(self, unit: Unit, wanted: Collection[int] | None, start: int) -> Iterator[tuple[int, Sample]]:
        """The prompts of a frame follow each other: it is decoded once for all of them."""
        receipt = read_receipt(self.store, "frames", unit.shard)
        rows = _part_of(unit, [row for row in receipt.frames if row.key in self.scenes])
        shapes = {row.key: (row.height, row.width) for row in rows}
        keys = [row.key for row in rows for _ in range(self.prompts)]
        extra = extra_members(self.weights)
        for key, members, numbers in _members(self.store, "frames", receipt, keys, wanted, start):
            frame = read_frame(members, shapes[key])
            for number in numbers:
                pair = self._pair(frame, number % self.prompts, unit.draw)
                if pair is not None:
                    yield number, sample_of(pair, frame.image, self.pixels, extra)

    def _pair(self, frame: Frame, index: int, draw: str) -> Pair | None:
        # meta.json holds the seed, so that make_pair gives the same pair again.
        seed = drawn_integer("prompts", draw) >> 32
        for task in self._tasks_of(frame.key, index, draw):
            pair = make_pair(frame, task, seed=seed, index=index, split=self.templates, shares=self.shares)
            if pair is not None:
                return pair
        return None

    def _tasks_of(self, key: str, index: int, draw: str) -> list[str]:
        """The tasks in a random order that begins with each as often as its weight says (Efraimidis and Spirakis)."""
        return sorted(
            self.weights,
            key=lambda task: drawn_share("task", draw, key, index, task) ** (1 / self.weights[task]),
            reverse=True,
        )


def _part_of(unit: Unit, rows: list[_Row]) -> list[_Row]:
    return rows[unit.part :: unit.parts]


def _members(
    store: Store, kind: Kind, receipt: Receipt, keys: list[str], wanted: Collection[int] | None, start: int
) -> Iterator[tuple[str, Mapping[str, bytes], list[int]]]:
    """Each sample that is needed, with the numbers of its places in `keys`, which has the shard's order."""
    numbers = {
        key: [number for number, _ in group if number >= start and (wanted is None or number in wanted)]
        for key, group in groupby(enumerate(keys), key=lambda entry: entry[1])
    }
    if not any(numbers.values()):
        return
    for key, members in iter_shard(store, shard_name(kind, receipt.index), receipt):
        if numbers.get(key):
            yield key, members, numbers[key]
