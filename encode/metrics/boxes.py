"""F1 and AP (COCO's box IoU) of boxes, whose colours say their classes."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from jaxtyping import Float64, Int

from encode.metrics.instance import IOU_THRESHOLDS, f1_of_counts, scores_of_ious

__all__ = ["ClassBoxes", "box_ious", "box_metrics", "box_summary"]

_OUTCOMES = tuple(f"{outcome}_{round(100 * t)}" for outcome in ("tp", "fp", "fn") for t in IOU_THRESHOLDS)


@dataclass(frozen=True, slots=True, eq=False)
class ClassBoxes:
    """The boxes of one class in one image: half-open pixels left, top, right, bottom.

    unscored: boxes of the truth that are never missed, and what matches them best is not a false positive.
    """

    predicted: Int[np.ndarray, "p 4"]
    truth: Int[np.ndarray, "t 4"]
    unscored: Int[np.ndarray, "u 4"]


def box_ious(first: Int[np.ndarray, "p 4"], second: Int[np.ndarray, "t 4"]) -> Float64[np.ndarray, "p t"]:
    """IoU of every box with every other."""
    a, b = first[:, None].astype(np.int64), second[None].astype(np.int64)
    sides = np.minimum(a[..., 2:], b[..., 2:]) - np.maximum(a[..., :2], b[..., :2])
    common = np.prod(np.maximum(sides, 0), -1)
    union = np.prod(a[..., 2:] - a[..., :2], -1) + np.prod(b[..., 2:] - b[..., :2], -1) - common
    return np.asarray(common / np.maximum(union, 1), np.float64)


def box_metrics(classes: Sequence[ClassBoxes]) -> dict[str, float]:
    """f1 (mean over IoU .5:.05:.95), f1_50, ap, ap50, n_predicted, n_truth, and counts `tp_50`.. for a data set's sums.

    Counts are summed over the classes, `ap` is the mean over the classes that have truth, as COCO's. NaN where there
    is nothing to find: f1 where nothing is predicted either.
    """
    scores = [scores_of_ious(_counted_ious(boxes)) for boxes in classes]
    sums = {name: sum(score[name] for score in scores) for name in (*_OUTCOMES, "n_predicted", "n_truth")}
    aps = [(score["ap"], score["ap50"]) for score in scores if score["n_truth"]]
    ap, ap50 = np.mean(aps, axis=0).tolist() if aps else (float("nan"), float("nan"))
    return {**sums, **_f1s(sums), "ap": ap, "ap50": ap50}


def box_summary(scores: Sequence[dict[str, float]]) -> dict[str, float]:
    """f1 and f1_50 of all boxes, the mean ap and ap50 of the images, and n_acc: the share of rightly empty answers."""
    sums = {name: sum(score[name] for score in scores) for name in (*_OUTCOMES, "n_predicted", "n_truth")}
    aps = [(score["ap"], score["ap50"]) for score in scores if score["n_truth"]]
    ap, ap50 = np.mean(aps, axis=0).tolist() if aps else (float("nan"), float("nan"))
    empty = [score["n_predicted"] == 0 for score in scores if not score["n_truth"]]
    return {**_f1s(sums), "ap": ap, "ap50": ap50, "n_acc": float(np.mean(empty)) if empty else float("nan")}


def _counted_ious(boxes: ClassBoxes) -> Float64[np.ndarray, "p t"]:
    """IoUs of the predictions with the truth, without those that match an unscored box, and no other better."""
    ious = box_ious(boxes.predicted, boxes.truth)
    best = ious.max(1, initial=0)
    unscored = box_ious(boxes.predicted, boxes.unscored).max(1, initial=0)
    return ious[(unscored <= best) | (unscored < IOU_THRESHOLDS[0])]


def _f1s(sums: dict[str, float]) -> dict[str, float]:
    if not sums["n_predicted"] + sums["n_truth"]:
        return {"f1": float("nan"), "f1_50": float("nan")}
    hits = 2 * sums["tp_50"]
    return {"f1": f1_of_counts(sums), "f1_50": hits / (hits + sums["fp_50"] + sums["fn_50"])}
