"""What scoring a data set's answers found: one row a pair, and the summaries of each task."""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from typing import Any

import numpy as np

from encode import get_task
from shards.scoring.pair_score import PairScore

__all__ = ["Estimate", "ScoreGroup", "ScoreReport", "group_scores"]

#: Draws of the bootstrap, and the share of them that an interval holds.
_DRAWS = 200
_SHARE = 0.95
_BREAKDOWNS = ("split", "codec")


@dataclass(frozen=True, slots=True)
class Estimate:
    """A score, and the interval that holds it for 95 % of the draws of scenes; NaN where there is one scene alone."""

    value: float
    low: float
    high: float


@dataclass(frozen=True, slots=True)
class ScoreGroup:
    """The summary of a task's answers: of all of them, or of those whose `column` (`split`, `codec`) is `value`."""

    task: str
    column: str
    value: str
    pairs: int
    scenes: int
    scores: dict[str, Estimate]


@dataclass(frozen=True, slots=True)
class ScoreReport:
    """Scores of all selected pairs, in the order of their keys.

    unknown: answers whose names are not keys of the data set. others: files among the answers that are not images.
    """

    dataset: str
    answers: str
    pairs: tuple[PairScore, ...]
    groups: tuple[ScoreGroup, ...]
    unknown: tuple[str, ...] = ()
    others: int = 0
    settings: dict[str, Any] = field(default_factory=dict)

    @property
    def missing(self) -> tuple[str, ...]:
        """Keys of the pairs without an answer."""
        return tuple(pair.key for pair in self.pairs if pair.status == "missing")

    @property
    def problems(self) -> tuple[str, ...]:
        """One sentence for each answer that cannot be used."""
        return tuple(pair.problem for pair in self.pairs if pair.status == "bad")

    @property
    def against_targets(self) -> int:
        """How many answers were compared with what a stored target decodes to, for want of its frame."""
        return sum(pair.truth == "target" for pair in self.pairs)

    def summary(self, task: str) -> dict[str, Estimate]:
        """The scores of all answers of a task; {} where none was scored."""
        found = (group.scores for group in self.groups if (group.task, group.column) == (task, ""))
        return next(found, {})

    @property
    def tasks(self) -> tuple[str, ...]:
        """Every task of the selected pairs, in alphabetical order."""
        return tuple(sorted({pair.task for pair in self.pairs}))


def group_scores(pairs: Sequence[PairScore]) -> tuple[ScoreGroup, ...]:
    """Summaries of each task, then of each of its splits and codecs where it has several."""
    groups = []
    by_task = defaultdict(list)
    for pair in pairs:
        if pair.scores:
            by_task[pair.task].append(pair)
    for task, members in sorted(by_task.items()):
        groups.append(_group(task, "", "", members))
        for column in _BREAKDOWNS:
            values = sorted({getattr(pair, column) for pair in members})
            if len(values) > 1:
                parts = ([pair for pair in members if getattr(pair, column) == value] for value in values)
                groups += [_group(task, column, value, part) for value, part in zip(values, parts, strict=True)]
    return tuple(groups)


def _group(task: str, column: str, value: str, pairs: list[PairScore]) -> ScoreGroup:
    scores = get_task(task).summarise([pair.scores for pair in pairs])
    scenes = _by_scene(pairs)
    lows, highs = _intervals(task, scenes, list(scores))
    estimates = {
        name: Estimate(score, low, high) for (name, score), low, high in zip(scores.items(), lows, highs, strict=True)
    }
    return ScoreGroup(task, column, value, len(pairs), len(scenes), estimates)


def _by_scene(pairs: Iterable[PairScore]) -> list[list[dict[str, float]]]:
    scenes = defaultdict(list)
    for pair in pairs:
        scenes[pair.scene].append(pair.scores)
    return [scenes[scene] for scene in sorted(scenes)]


def _intervals(
    task: str, scenes: list[list[dict[str, float]]], names: Sequence[str]
) -> tuple[Sequence[float], Sequence[float]]:
    """Percentile intervals of the bootstrap over scenes, whose views and prompts are not independent of one another."""
    nothing = [float("nan")] * len(names)
    if len(scenes) < 2:
        return nothing, nothing
    rng = np.random.default_rng(0)
    summarise = get_task(task).summarise
    table = np.full((_DRAWS, len(names)), np.nan)
    for row in table:
        drawn = summarise([score for place in rng.integers(len(scenes), size=len(scenes)) for score in scenes[place]])
        row[:] = [drawn.get(name, np.nan) for name in names]
    bounds = [_quantiles(column[~np.isnan(column)]) for column in table.T]
    return [low for low, _ in bounds], [high for _, high in bounds]


def _quantiles(values: np.ndarray) -> tuple[float, float]:
    if not values.size:
        return float("nan"), float("nan")
    low, high = np.quantile(values, ((1 - _SHARE) / 2, (1 + _SHARE) / 2))
    return float(low), float(high)
