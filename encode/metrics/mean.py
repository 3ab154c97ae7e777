"""Means over many answers."""

from collections.abc import Sequence

import numpy as np

__all__ = ["mean_scores"]


def mean_scores(scores: Sequence[dict[str, float]]) -> dict[str, float]:
    """Mean of each score over the answers that have it and for which it is not NaN; NaN where none."""
    names = sorted({name for score in scores for name in score})
    if not names:
        return {}
    table = np.array([[score.get(name, np.nan) for name in names] for score in scores])
    known = ~np.isnan(table)
    counts = known.sum(0)
    means = np.where(known, table, 0).sum(0) / np.maximum(counts, 1)
    return {
        name: float(mean) if count else float("nan") for name, mean, count in zip(names, means, counts, strict=True)
    }
