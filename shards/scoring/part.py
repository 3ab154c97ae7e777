"""Scores some pairs of one shard: what a worker process is given at a time."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from jaxtyping import UInt8

from encode import EncodeError, Pair, asks_for_text, score_answer
from encode.target_frame import score_against_target
from shards.errors import BadSample
from shards.gallery.sample_reader import SampleReader
from shards.gallery.tar_index import TarIndex
from shards.layout import ShardIndex
from shards.receipt import PairRow
from shards.scoring.answers import Answers
from shards.scoring.pair_score import PairScore, Status
from shards.store import Store

__all__ = ["PairScorer", "ScoringTask"]


@dataclass(frozen=True, slots=True)
class ScoringTask:
    """What is the same for all pairs: where pairs, frames and answers are, and how answers are taken.

    black: missing and bad answers are scored as a black picture. resize: as of `Answers.read`.
    """

    pairs: Store
    frames: Store
    answers: Answers
    black: bool
    resize: bool


class PairScorer:
    """Scores pairs one by one; a few frames are in memory, and no shard is read whole."""

    def __init__(self, task: ScoringTask) -> None:
        self._task = task
        self._samples = SampleReader(TarIndex(task.frames, "frames"), TarIndex(task.pairs, "pairs"))

    def score_all(self, shard: ShardIndex, rows: Sequence[PairRow]) -> list[PairScore]:
        """Score the pairs of these rows, which are fastest in the order of their keys; raises ShardError."""
        return [self._score(shard, row) for row in rows]

    def _score(self, shard: ShardIndex, row: PairRow) -> PairScore:
        answered = row.key in self._task.answers.places
        if not answered and not self._task.black:
            return PairScore.of(row, "missing")
        pair = self._samples.pair(shard, row.key)
        answer, text, problem = self._answer(pair) if answered else (np.zeros_like(pair.target), "", "")
        status: Status = "bad" if problem else "scored" if answered else "missing"
        if answer is None:
            return PairScore.of(row, status, problem=problem)
        frame = self._samples.frame_of(shard, pair)
        try:
            if frame is None:
                return PairScore.of(row, status, "target", problem, score_against_target(answer, pair, text))
            return PairScore.of(row, status, "frame", problem, score_answer(answer, text, frame, pair.meta))
        except EncodeError as error:
            return PairScore.of(row, "bad", problem=f"{row.key}: {error}")

    def _answer(self, pair: Pair) -> tuple[UInt8[np.ndarray, "h w 3"] | None, str, str]:
        """The answer, or the black picture that stands for it, its text, and what is wrong with it."""
        answers = self._task.answers
        try:
            image = answers.read(pair.key, pair.meta.shape, resize=self._task.resize)
            return image, answers.text(pair.key) if asks_for_text(pair.meta) else "", ""
        except (BadSample, EncodeError) as error:  # of an image, or of a task that is not installed
            return np.zeros_like(pair.target) if self._task.black else None, "", str(error)
