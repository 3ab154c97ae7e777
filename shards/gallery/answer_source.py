"""What the gallery needs of a model's answers, which are read and scored elsewhere."""

from typing import Any, Protocol

import numpy as np
from jaxtyping import UInt8

from encode import Frame, Pair
from shards.gallery.list_query import ListQuery

__all__ = ["AnswerSource"]


class AnswerSource(Protocol):
    """The answers to the pairs of a data set."""

    def has(self, key: str) -> bool:
        """Whether there is an answer to the pair of this key."""

    def read(self, pair: Pair) -> UInt8[np.ndarray, "h w 3"]:
        """The answer, of the size of the pair's target; raises BadSample for one that cannot be used."""

    def text(self, pair: Pair) -> str:
        """The text before the answer's image, "" where the pair asks for none; raises BadSample."""

    def scores(self, pair: Pair, frame: Frame | None) -> dict[str, float]:
        """The answer's scores against the frame's truth, or against the target; raises BadSample, EncodeError."""

    @property
    def ranked(self) -> bool:
        """Whether the answers were scored before, so that the worst can be listed first."""

    def worst_first(self, query: ListQuery) -> list[dict[str, Any]]:
        """The pairs that pass the exact filters of the query, the worst answers of each task first.

        Each row has the columns of a list of pairs, and `score`, a text.
        """
