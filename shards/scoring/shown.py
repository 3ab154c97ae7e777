"""The answers of a model as the gallery shows them: beside their targets, scored, and the worst first."""

import io
from functools import cached_property
from typing import Any

import numpy as np
import pyarrow.parquet as pq
from jaxtyping import UInt8

from encode import FormatError, Frame, Pair, asks_for_text, score_answer
from encode.target_frame import score_against_target
from shards.errors import ShardError
from shards.gallery.list_query import ListQuery
from shards.reading.stored import read_small
from shards.scoring.answers import Answers
from shards.scoring.files import SCORES
from shards.scoring.headlines import headline, ranked
from shards.scoring.pair_score import PairScore
from shards.store import Store

__all__ = ["ShownAnswers"]

_MOST_BYTES = 256 << 20
_ROW = ("key", "shard", "task", "codec", "frame_key", "template", "split", "status")
_EXACT = {"task": "task", "codec": "codec", "split": "split", "frame": "frame_key"}


class ShownAnswers:
    """Answers for the gallery. `report`: the folder that `verichrome score --out` wrote, which ranks them."""

    def __init__(self, answers: Answers, report: Store | None = None) -> None:
        self._answers = answers
        self._report = report
        self._rows = self._read_rows() if report is not None else []

    def has(self, key: str) -> bool:
        """Whether there is an answer."""
        return key in self._answers.places

    def read(self, pair: Pair) -> UInt8[np.ndarray, "h w 3"]:
        """The answer, scaled to the target's size where it has another; raises BadSample."""
        return self._answers.read(pair.key, pair.meta.shape, resize=True)

    def text(self, pair: Pair) -> str:
        """The answer's text, "" where the pair asks for none; raises BadSample."""
        return self._answers.text(pair.key) if asks_for_text(pair.meta) else ""

    def scores(self, pair: Pair, frame: Frame | None) -> dict[str, float]:
        """The answer's scores; raises BadSample, EncodeError."""
        answer, text = self.read(pair), self.text(pair)
        if frame is None:
            return score_against_target(answer, pair, text)
        return score_answer(answer, text, frame, pair.meta)

    @cached_property
    def ranked(self) -> bool:
        """Whether a report says which answers are the worst."""
        return bool(self._rows)

    def worst_first(self, query: ListQuery) -> list[dict[str, Any]]:
        """The rows that pass the exact filters, task by task, the worst answers first."""
        wanted = {column: getattr(query, name) for name, column in _EXACT.items() if getattr(query, name)}
        return [row for row in self._rows if all(row[column] == value for column, value in wanted.items())]

    def _read_rows(self) -> list[dict[str, Any]]:
        by_task: dict[str, list[PairScore]] = {}
        for score in self._read_scores():
            by_task.setdefault(score.task, []).append(score)
        return [_row(value, score) for _, scores in sorted(by_task.items()) for value, score in ranked(scores)]

    def _read_scores(self) -> list[PairScore]:
        assert self._report is not None
        where = self._report.where(SCORES)
        try:
            file = pq.ParquetFile(io.BytesIO(read_small(self._report, SCORES, _MOST_BYTES)))
            names = set(file.schema_arrow.names)
            missing = sorted(set(_ROW) - names)
            if missing:
                raise ShardError(f"{where}: expected the columns of `verichrome score`, got none called {missing[0]}")
            ranking = sorted({name for task in _tasks(file) for name in headline(task).ranking} & names)
            rows = file.read(columns=[*_ROW, *ranking]).to_pylist()
        except FormatError as error:
            raise ShardError(str(error)) from error
        except ShardError:
            raise
        except Exception as error:  # Arrow raises its own errors
            raise ShardError(f"{where} does not read as parquet: {str(error)[:300]}") from error
        return [
            PairScore(
                **{name: row[name] for name in _ROW},
                scores={name: row[name] for name in ranking if row[name] is not None},
            )
            for row in rows
        ]


def _tasks(file: pq.ParquetFile) -> set[str]:
    return set(file.read(columns=["task"])["task"].to_pylist())


def _row(value: float, score: PairScore) -> dict[str, Any]:
    name = next(name for name in headline(score.task).ranking if name in score.scores)
    columns = ("key", "shard", "frame_key", "task", "codec", "template", "split")
    return {**{column: getattr(score, column) for column in columns}, "score": f"{name} {value:.4g}"}
