"""pmF1 and cgF1 (SA-Co, SAM 3) and AP (COCO) of instance masks.

pmF1: F1 of summed true positives, false positives and false negatives over prompts with instances, under optimal
one-to-one matching, averaged over IoU 0.50:0.05:0.95. cgF1 = pmF1 * MCC of "is there any instance" over prompts.
"""

from collections.abc import Mapping, Sequence

import numpy as np
from jaxtyping import Bool, Float64, Int

from encode.check import check_labels
from encode.formulas.id_map import compact_ids
from encode.lazy_import import import_lazily

__all__ = [
    "IOU_THRESHOLDS",
    "average_precision",
    "f1_of_counts",
    "instance_metrics",
    "instance_summary",
    "mask_ious",
    "scores_of_ious",
]

IOU_THRESHOLDS = tuple(round(0.5 + 0.05 * i, 2) for i in range(10))

_RECALLS = np.linspace(0.0, 1.0, 101)


def instance_metrics(
    predicted: Int[np.ndarray, "h w"], truth: Int[np.ndarray, "h w"], scored: Sequence[int]
) -> dict[str, float]:
    """pmf1, ap, ap50, n_predicted, n_truth of label maps (0 = background), and counts `tp_50`.. for a data set's sums.

    scored: labels of `truth` that count. The others are never missed, and a prediction that is mostly on them is not
    a false positive. `pmf1` is NaN where there is neither truth nor prediction, `ap` where there is no truth.

    Raises ArrayError for maps of different shapes, other types than integers, or labels under 0.
    """
    check_labels(predicted, truth, "instance")
    everything = [int(i) for i in compact_ids(truth)[0] if i]
    labels = [int(i) for i in compact_ids(predicted)[0] if i]
    ious = mask_ious(predicted, labels, truth, everything)
    counts = np.isin(everything, np.asarray(scored, np.int64))
    ignored = _mostly_on(predicted, labels, truth, [i for i, c in zip(everything, counts, strict=True) if not c])
    scored_ious = ious[:, counts]
    # A prediction on an unscored instance leaves the count, unless it is some scored instance's match.
    ignored &= ~(scored_ious >= 0.5).any(1) if scored_ious.size else True
    return scores_of_ious(scored_ious[~ignored])


def scores_of_ious(ious: Float64[np.ndarray, "p t"]) -> dict[str, float]:
    """What `instance_metrics` returns, by the IoU of every predicted with every true mask."""
    scores = _counts(ious)
    scores["pmf1"] = f1_of_counts(scores) if sum(ious.shape) else float("nan")
    ap = average_precision(ious)
    scores["ap"], scores["ap50"] = float(ap.mean()), float(ap[0])
    scores["n_predicted"], scores["n_truth"] = float(ious.shape[0]), float(ious.shape[1])
    return scores


def instance_summary(scores: Sequence[dict[str, float]]) -> dict[str, float]:
    """pmf1, il_mcc and cgf1 over prompts, and the mean AP."""
    positive = [score for score in scores if score["n_truth"]]
    names = [f"{outcome}_{round(t * 100)}" for outcome in ("tp", "fp", "fn") for t in IOU_THRESHOLDS]
    pmf1 = f1_of_counts({name: sum(score[name] for score in positive) for name in names}) if positive else float("nan")
    mcc = _mcc([(score["n_predicted"] > 0, score["n_truth"] > 0) for score in scores])
    aps = [score["ap"] for score in positive]
    return {"pmf1": pmf1, "il_mcc": mcc, "cgf1": pmf1 * mcc, "ap": float(np.mean(aps)) if aps else float("nan")}


def mask_ious(
    predicted: Int[np.ndarray, "h w"],
    predicted_labels: Sequence[int],
    truth: Int[np.ndarray, "h w"],
    truth_labels: Sequence[int],
) -> Float64[np.ndarray, "p t"]:
    """IoU of every predicted with every true label."""
    p, t = _index(predicted, predicted_labels), _index(truth, truth_labels)
    shape = len(predicted_labels) + 1, len(truth_labels) + 1
    table = np.bincount((p * shape[1] + t).ravel(), minlength=shape[0] * shape[1]).reshape(shape)
    intersection = table[1:, 1:].astype(np.float64)
    union = table.sum(1)[1:, None] + table.sum(0)[None, 1:] - intersection
    return intersection / np.maximum(union, 1)


def average_precision(
    ious: Float64[np.ndarray, "p t"], confidence: Sequence[float] | None = None
) -> Float64[np.ndarray, " thresholds"]:
    """COCO's AP of one image and class at each of IOU_THRESHOLDS: greedy matching, 101 recalls.

    confidence: one per prediction, all equal without it (a painted mask has none). NaN where there is no truth.
    """
    if ious.shape[1] == 0:
        return np.full(len(IOU_THRESHOLDS), np.nan)
    order = np.argsort(-np.asarray(confidence if confidence is not None else np.ones(len(ious))), kind="stable")
    return np.array([_precision(_greedy(ious[order], threshold), ious.shape[1]) for threshold in IOU_THRESHOLDS])


def _greedy(ious: Float64[np.ndarray, "p t"], threshold: float) -> Bool[np.ndarray, " p"]:
    free = np.ones(ious.shape[1], bool)
    hit = np.zeros(len(ious), bool)
    for i, row in enumerate(ious):
        best = np.where(free, row, -1.0)
        # Of equals the last, as in pycocotools.
        j = len(best) - 1 - int(best[::-1].argmax())
        if best[j] >= min(threshold, 1 - 1e-10):
            hit[i], free[j] = True, False
    return hit


def _precision(hit: Bool[np.ndarray, " p"], n_truth: int) -> float:
    hits = np.cumsum(hit)
    recall = hits / n_truth
    precision = hits / np.arange(1, len(hit) + 1)
    precision = np.maximum.accumulate(precision[::-1])[::-1]
    first = np.searchsorted(recall, _RECALLS, side="left")
    return float(np.where(first < len(hit), np.append(precision, 0.0)[np.minimum(first, len(hit))], 0.0).mean())


def _counts(ious: Float64[np.ndarray, "p t"]) -> dict[str, float]:
    linear_sum_assignment = import_lazily("scipy.optimize").linear_sum_assignment

    rows, columns = linear_sum_assignment(-ious)
    matched = ious[rows, columns]
    scores = {}
    for threshold in IOU_THRESHOLDS:
        true = int((matched >= threshold).sum())
        name = round(threshold * 100)
        scores[f"tp_{name}"] = float(true)
        scores[f"fp_{name}"], scores[f"fn_{name}"] = float(ious.shape[0] - true), float(ious.shape[1] - true)
    return scores


def f1_of_counts(counts: Mapping[str, float]) -> float:
    """Mean F1 over IOU_THRESHOLDS of counts `tp_50`, `fp_50`, `fn_50`, ..."""
    values = []
    for threshold in IOU_THRESHOLDS:
        true, false, missed = (counts[f"{outcome}_{round(threshold * 100)}"] for outcome in ("tp", "fp", "fn"))
        values.append(2 * true / (2 * true + false + missed) if true + false + missed else 0.0)
    return float(np.mean(values))


def _mcc(answers: Sequence[tuple[bool, bool]]) -> float:
    """Matthews correlation of (predicted, true); with no negative prompts it is not defined: NaN."""
    tp = sum(p and t for p, t in answers)
    fp = sum(p and not t for p, t in answers)
    fn = sum(t and not p for p, t in answers)
    tn = sum(not p and not t for p, t in answers)
    scale = float((tp + fp) * (tp + fn) * (tn + fp) * (tn + fn))
    return (tp * tn - fp * fn) / scale**0.5 if scale else float("nan")


def _mostly_on(
    predicted: Int[np.ndarray, "h w"], labels: Sequence[int], truth: Int[np.ndarray, "h w"], ids: Sequence[int]
) -> Bool[np.ndarray, " p"]:
    on = np.isin(truth, np.asarray(ids, truth.dtype)) if ids else np.zeros(truth.shape, bool)
    index = _index(predicted, labels)
    areas = np.bincount(index.ravel(), minlength=len(labels) + 1)
    return np.bincount(index[on], minlength=len(labels) + 1)[1:] > 0.5 * areas[1:]


def _index(label_map: Int[np.ndarray, "h w"], labels: Sequence[int]) -> Int[np.ndarray, "h w"]:
    """Index of each pixel's label in `labels` plus one; 0 for other labels."""
    values, positions = compact_ids(label_map)
    position = {label: i + 1 for i, label in enumerate(labels)}
    index: Int[np.ndarray, "h w"] = np.array([position.get(int(v), 0) for v in values], np.int64)[positions]
    return index
