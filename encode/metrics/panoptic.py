"""Panoptic quality (Kirillov, He, Girshick, Rother and Dollar, "Panoptic Segmentation", CVPR 2019).

A predicted and a true segment of one class match where their IoU is over 0.5, which no two predictions can share. Of a
class SQ is the mean IoU of its matches, RQ = TP / (TP + FP/2 + FN/2), and PQ = SQ RQ. The means are over classes.
"""

from collections.abc import Collection, Mapping, Sequence

import numpy as np
from jaxtyping import Bool, Int

from encode.check import check_labels
from encode.errors import ArrayError

__all__ = ["panoptic_metrics", "panoptic_summary"]

_KINDS = ("thing", "stuff")
_COUNTS = ("iou", "tp", "fp", "fn")


def panoptic_metrics(
    predicted: Int[np.ndarray, "h w"],
    predicted_classes: Sequence[str],
    truth: Int[np.ndarray, "h w"],
    truth_classes: Sequence[str],
    *,
    things: Collection[str],
    void: Bool[np.ndarray, "h w"] | None = None,
) -> dict[str, float]:
    """Return pq, sq and rq over all classes, `_things` and `_stuff` apart, and what a data set's sums need.

    predicted, truth: segments 1..n, 0 for none; `..._classes` names the class of each segment, from the first on.
    things: classes that are things. void: pixels that count for nothing: they are taken out of every union, and a
    prediction that is mostly there is no false positive (as in the COCO panoptic evaluation). `iou/KIND/NAME` is the
    sum of the IoU of matches, `tp/`, `fp/` and `fn/` are counts. NaN where there is no class of a kind.

    Raises ArrayError for maps of different shapes, labels under 0 or without a class.
    """
    check_labels(predicted, truth, "panoptic")
    for labels, classes, name in ((predicted, predicted_classes, "prediction"), (truth, truth_classes, "truth")):
        if labels.max(initial=0) > len(classes):
            raise ArrayError(f"panoptic {name}", f"labels up to {len(classes)}", str(labels.max()))
    nowhere = len(truth_classes) + 1
    rows = truth if void is None else np.where(void, nowhere, truth)
    columns = len(predicted_classes) + 1
    pairs = rows.astype(np.int64) * columns + predicted
    table = np.bincount(pairs.ravel(), minlength=(nowhere + 1) * columns).reshape(nowhere + 1, columns)
    scores = _counts_of_classes(table, predicted_classes, truth_classes, things)
    return {**scores, **_qualities(scores)}


def panoptic_summary(scores: Sequence[dict[str, float]]) -> dict[str, float]:
    """Return pq, sq and rq of the summed counts of each class."""
    sums: dict[str, float] = {}
    for score in scores:
        for name, value in score.items():
            if name.partition("/")[0] in _COUNTS:
                sums[name] = sums.get(name, 0.0) + value
    return _qualities(sums)


def _counts_of_classes(
    table: Int[np.ndarray, "t p"],
    predicted_classes: Sequence[str],
    truth_classes: Sequence[str],
    things: Collection[str],
) -> dict[str, float]:
    """Counts by class, of the table of pixels by true segment (void is the last) and predicted segment."""
    scores: dict[str, float] = {}

    def add(count: str, name: str, value: float = 1.0) -> None:
        kind = "thing" if name in things else "stuff"
        for other in _COUNTS:
            scores.setdefault(f"{other}/{kind}/{name}", 0.0)
        scores[f"{count}/{kind}/{name}"] += value

    true_areas, predicted_areas, on_void = table.sum(1), table.sum(0), table[-1]
    matched: set[int] = set()
    for i, name in enumerate(truth_classes, start=1):
        if not true_areas[i]:
            continue
        unions = true_areas[i] + predicted_areas - table[i] - on_void
        same = np.array([False, *(other == name for other in predicted_classes)])
        hits = np.flatnonzero(same & (2 * table[i] > unions))
        if hits.size:
            j = int(hits[0])
            matched.add(j)
            add("tp", name)
            add("iou", name, float(table[i, j] / unions[j]))
        else:
            add("fn", name)
    for j, name in enumerate(predicted_classes, start=1):
        if j not in matched and predicted_areas[j] and 2 * on_void[j] <= predicted_areas[j]:
            add("fp", name)
    return scores


def _qualities(scores: Mapping[str, float]) -> dict[str, float]:
    by_class = [
        (kind, _quality(*(scores[f"{count}/{kind}/{name}"] for count in _COUNTS)))
        for kind in _KINDS
        for name in sorted(_names(scores, kind))
    ]
    result: dict[str, float] = {}
    for suffix, kinds in (("", _KINDS), ("_things", ("thing",)), ("_stuff", ("stuff",))):
        rows = [quality for kind, quality in by_class if kind in kinds]
        for i, measure in enumerate(("pq", "sq", "rq")):
            result[measure + suffix] = float(np.mean([row[i] for row in rows])) if rows else float("nan")
    return result


def _names(scores: Mapping[str, float], kind: str) -> set[str]:
    """Classes of which there is a true or a predicted segment."""
    found = set()
    for count in ("tp", "fp", "fn"):
        prefix = f"{count}/{kind}/"
        found |= {name.removeprefix(prefix) for name, value in scores.items() if name.startswith(prefix) and value}
    return found


def _quality(iou: float, tp: float, fp: float, fn: float) -> tuple[float, float, float]:
    """PQ, SQ and RQ of one class."""
    recognition = tp / (tp + fp / 2 + fn / 2)
    segmentation = iou / tp if tp else 0.0
    return segmentation * recognition, segmentation, recognition
