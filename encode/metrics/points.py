"""Counting by points: errors of the count, and F1 of the points that lie in an instance of their own."""

from collections.abc import Sequence

import numpy as np
from jaxtyping import Bool

from encode.lazy_import import import_lazily

__all__ = ["point_metrics", "point_summary"]

# What a point in an unscored instance is worth beside one in a scored one, when points are given to instances.
_UNSCORED = 1e-3


def point_metrics(inside: Bool[np.ndarray, "n t"], scored: Bool[np.ndarray, " t"]) -> dict[str, float]:
    """error, exact, tp, fp, fn, f1, n_predicted, n_truth of one image.

    inside: which point lies in the mask of which instance. Points and instances are matched one to one so that most
    points have one (Hungarian algorithm). scored: instances that count; the others are never missed, and their points
    are not false. `error` is by how much the number of points is off the numbers that are right, from that of the
    scored instances to that of all; `f1` is NaN where there is neither point nor instance.
    """
    linear_sum_assignment = import_lazily("scipy.optimize").linear_sum_assignment

    points, instances = inside.shape
    rows, columns = linear_sum_assignment(-(inside * np.where(scored, 1.0, _UNSCORED)))
    hit = inside[rows, columns]
    true, other = int((hit & scored[columns]).sum()), int((hit & ~scored[columns]).sum())
    wanted = int(scored.sum())
    error = max(wanted - points, points - instances, 0)
    false, missed = points - true - other, wanted - true
    return {
        "error": float(error),
        "exact": float(error == 0),
        "tp": float(true),
        "fp": float(false),
        "fn": float(missed),
        "f1": _f1(true, false, missed),
        "n_predicted": float(points),
        "n_truth": float(wanted),
    }


def point_summary(scores: Sequence[dict[str, float]]) -> dict[str, float]:
    """Mae (mean error of the count), exact (share of right counts), f1 of all points, n_acc of empty answers."""
    if not scores:
        return {name: float("nan") for name in ("mae", "exact", "f1", "n_acc")}
    empty = [score["n_predicted"] == 0 for score in scores if not score["n_truth"]]
    known = [score for score in scores if "tp" in score]  # not where only a target is known
    return {
        "mae": float(np.mean([score["error"] for score in scores])),
        "exact": float(np.mean([score["exact"] for score in scores])),
        "f1": _f1(*(sum(score[name] for score in known) for name in ("tp", "fp", "fn"))),
        "n_acc": float(np.mean(empty)) if empty else float("nan"),
    }


def _f1(true: float, false: float, missed: float) -> float:
    return 2 * true / (2 * true + false + missed) if true + false + missed else float("nan")
