"""Which pairs are to be scored, by the receipts, and whether they have answers."""

from dataclasses import dataclass
from itertools import islice

from shards.errors import ShardError
from shards.layout import ShardIndex
from shards.receipt import PairRow
from shards.receipts import read_receipts
from shards.scoring.answers import Answers
from shards.store import Store

__all__ = ["CannotScore", "MissingAnswers", "PairSelection", "WantedPairs", "find_wanted"]

_NAMED = 5


class CannotScore(ShardError):
    """There is nothing to score as asked."""


class MissingAnswers(CannotScore):
    """Pairs that must have an answer have none."""


@dataclass(frozen=True, slots=True)
class PairSelection:
    """Which pairs are scored: `tasks` and `split` (`train`, `heldout`), all of them where these are empty."""

    tasks: frozenset[str] = frozenset()
    split: str = ""

    def takes(self, row: PairRow) -> bool:
        """Whether a pair is scored."""
        return (not self.tasks or row.task in self.tasks) and self.split in ("", row.split)


@dataclass(frozen=True, slots=True)
class WantedPairs:
    """The selected pairs by shard, in the order of their keys, and the keys of answers that belong to no pair."""

    rows: dict[ShardIndex, list[PairRow]]
    unknown: tuple[str, ...]

    @property
    def count(self) -> int:
        """How many pairs are selected."""
        return sum(map(len, self.rows.values()))


def find_wanted(store: Store, selection: PairSelection, answers: Answers, *, all_answered: bool) -> WantedPairs:
    """The pairs of the store that are to be scored.

    Raises CannotScore where no pair is selected or none of them has an answer, MissingAnswers where one has none and
    `all_answered` is set.
    """
    wanted: dict[ShardIndex, list[PairRow]] = {}
    unknown = dict.fromkeys(answers.keys())
    tasks, splits = set(), set()
    for receipt in read_receipts(store, "pairs"):
        for row in receipt.pairs:
            unknown.pop(row.key, None)
            tasks.add(row.task)
            splits.add(row.split)
            if selection.takes(row):
                wanted.setdefault(receipt.index, []).append(row)
    if not wanted:
        raise CannotScore(f"{store.url}: {_why_none(sorted(tasks), sorted(splits))}")
    _check_answers([row.key for rows in wanted.values() for row in rows], answers, all_answered)
    return WantedPairs(wanted, tuple(unknown))


def _why_none(tasks: list[str], splits: list[str]) -> str:
    if not tasks:
        return "no pair is committed, so there is nothing to score"
    return (
        f"no pair is of that task and split; there are the tasks {', '.join(tasks)} and the splits {', '.join(splits)}"
    )


def _check_answers(wanted: list[str], answers: Answers, all_answered: bool) -> None:
    without = [key for key in wanted if key not in answers.places]
    if len(without) == len(wanted):
        found = ", ".join(islice(answers.keys(), _NAMED))[:300]
        expected = f"expected names such as {wanted[0]}.png"
        raise CannotScore(f"{answers.url}: no file is named after a pair to score; {expected}, got {found}")
    if without and all_answered:
        more = f" and {len(without) - _NAMED:,} more" if len(without) > _NAMED else ""
        named = ", ".join(without[:_NAMED])
        raise MissingAnswers(f"{answers.url}: {len(without):,} of {len(wanted):,} pairs have no answer: {named}{more}")
