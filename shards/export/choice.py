"""Which pairs of a data set are exported."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Literal, get_args

from encode.reading.short_text import short_repr
from shards.errors import BadSample, WriteRefused
from shards.receipt import PairRow

__all__ = ["SPLITS", "PairChoice", "Split", "split_of"]

#: Which prompt templates a pair's prompt was drawn from.
Split = Literal["train", "heldout"]
SPLITS: tuple[Split, ...] = get_args(Split)


@dataclass(frozen=True, slots=True)
class PairChoice:
    """Tasks by name and split; None means all of them."""

    tasks: tuple[str, ...] | None = None
    split: Split | None = None

    def takes(self, row: PairRow) -> bool:
        """Whether the pair of this row is exported."""
        return (self.tasks is None or row.task in self.tasks) and self.split in (None, row.split)

    def check(self, tasks: Iterable[str], splits: Iterable[str]) -> None:
        """Raise WriteRefused for a choice of which a data set with these tasks and splits has no pair."""
        there = sorted(set(tasks))
        for task in self.tasks or ():
            if task not in there:
                raise WriteRefused(f"tasks: the data set has no pair of {short_repr(task)}, only of {', '.join(there)}")
        if self.split is not None and self.split not in set(splits):
            raise WriteRefused(
                f"split: the data set has no pair of {self.split}, only of {', '.join(sorted(set(splits)))}"
            )


def split_of(key: str, name: str) -> Split:
    """The split of that name; raises BadSample for any other name than `train` and `heldout`."""
    for split in SPLITS:
        if split == name:
            return split
    raise BadSample(f"pair {key}, meta.json, split: expected {' or '.join(SPLITS)}, got {short_repr(name)}")
