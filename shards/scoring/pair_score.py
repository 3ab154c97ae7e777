"""What scoring found out about one pair."""

from dataclasses import dataclass, field
from typing import Literal, Self

from shards.receipt import PairRow

__all__ = ["PairScore", "Status"]

#: What became of a pair.
Status = Literal["scored", "missing", "bad"]


@dataclass(frozen=True, slots=True)
class PairScore:
    """One pair and the scores of its answer.

    truth: `frame` for the frame's exact truth, `target` for what the stored target decodes to, "" where nothing was
    compared. status: `missing` where there is no answer, `bad` where it cannot be used; `problem` says why. Both may
    have scores nevertheless, those of a black picture.
    """

    key: str
    shard: int
    task: str
    codec: str
    frame_key: str
    template: str
    split: str
    status: Status
    truth: str = ""
    problem: str = ""
    scores: dict[str, float] = field(default_factory=dict)

    @property
    def scene(self) -> str:
        """The scene that the pair's frame belongs to, as `s0000012`."""
        return self.frame_key.rpartition("-v")[0] or self.frame_key

    @classmethod
    def of(
        cls, row: PairRow, status: Status, truth: str = "", problem: str = "", scores: dict[str, float] | None = None
    ) -> Self:
        """The score of the pair that a receipt's row names."""
        named = (row.key, row.shard, row.task, row.codec, row.frame_key, row.template, row.split)
        return cls(*named, status, truth, problem, scores or {})
