"""Scores the answers to the pairs of a data set in many processes."""

from collections.abc import Callable, Iterator
from functools import cache
from typing import Literal

from shards.layout import ShardIndex
from shards.receipt import PairRow
from shards.scoring.answers import Answers
from shards.scoring.pair_score import PairScore
from shards.scoring.part import PairScorer, ScoringTask
from shards.scoring.report import ScoreReport, group_scores
from shards.scoring.wanted import PairSelection, WantedPairs, find_wanted
from shards.spawned_map import map_spawned
from shards.store import Store

__all__ = ["Missing", "score_answers"]

#: What is done about a pair without an answer.
Missing = Literal["error", "skip", "black"]

#: Pairs that a process is given at a time: few enough that the bar moves and all cores end together.
_PAIRS_A_PART = 50

_EVERYTHING = PairSelection()

Part = tuple[ShardIndex, list[PairRow]]


def score_answers(
    answers: Answers,
    pairs: Store,
    frames: Store | None = None,
    *,
    selection: PairSelection = _EVERYTHING,
    missing: Missing = "error",
    resize: bool = False,
    workers: int = 1,
    progress: Callable[[int, int], None] | None = None,
) -> ScoreReport:
    """Score each answer against the truth of its pair's frame, or where that is not there against the stored target.

    frames: where the frames are, by default in the store of the pairs. missing: `error` raises MissingAnswers before
    anything is scored if a selected pair has no answer, `skip` leaves such pairs out, `black` scores a black picture
    in place of each missing or bad answer. resize: answers of another size are scaled, else they are bad.

    `workers` processes take some fifty pairs each at a time; `progress` is called with the number of pairs that are
    done and of all. Memory holds a few frames a process, and the scores. Raises ShardError where there is nothing to
    score, or a shard is damaged.
    """
    wanted = find_wanted(pairs, selection, answers, all_answered=missing == "error")
    task = ScoringTask(pairs, frames or pairs, answers, black=missing == "black", resize=resize)
    scores: list[PairScore] = []
    # Starting processes takes longer than scoring a few pairs.
    processes = workers if wanted.count > _PAIRS_A_PART else 1
    for part in _run(task, list(_parts(wanted)), processes):
        scores += part
        if progress is not None:
            progress(len(scores), wanted.count)
    scores.sort(key=lambda score: score.key)
    return ScoreReport(
        dataset=pairs.url,
        answers=answers.url,
        pairs=tuple(scores),
        groups=group_scores(scores),
        unknown=wanted.unknown,
        others=answers.others,
        settings={"tasks": sorted(selection.tasks), "split": selection.split, "missing": missing, "resize": resize},
    )


def _parts(wanted: WantedPairs) -> Iterator[Part]:
    for shard, rows in wanted.rows.items():
        for start in range(0, len(rows), _PAIRS_A_PART):
            yield shard, rows[start : start + _PAIRS_A_PART]


def _run(task: ScoringTask, parts: list[Part], workers: int) -> Iterator[list[PairScore]]:
    if workers == 1 or len(parts) == 1:
        scorer = PairScorer(task)
        yield from (scorer.score_all(*part) for part in parts)
        return
    yield from map_spawned(_score, parts, workers, _keep, task)


@cache
def _kept() -> list[PairScorer]:
    """The scorer of a worker process, made once: it lists every answer, and keeps what it read of the shards."""
    return []


def _keep(task: ScoringTask) -> None:
    _kept().append(PairScorer(task))


def _score(part: Part) -> list[PairScore]:
    return _kept()[0].score_all(*part)
