"""Means over many answers."""

from collections.abc import Sequence

import numpy as np

__all__ = ["mean_scores"]


def mean_scores(scores: Sequence[dict[str, float]]) -> dict[str, float]:
    """Mean of each score over the answers that have it and for which it is not NaN; NaN where none."""
    names = sorted({name for score in scores for name in score})
    return {name: _mean([score[name] for score in scores if name in score]) for name in names}


def _mean(values: list[float]) -> float:
    known = [value for value in values if not np.isnan(value)]
    return float(np.mean(known)) if known else float("nan")
