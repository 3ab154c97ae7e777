"""mIoU and pixel accuracy."""

from collections.abc import Sequence

import numpy as np
from jaxtyping import Bool

from encode.check import check_masks

__all__ = ["semantic_metrics", "semantic_summary"]


def semantic_metrics(
    predicted: Sequence[Bool[np.ndarray, "h w"]], truth: Sequence[Bool[np.ndarray, "h w"]], labels: Sequence[str]
) -> dict[str, float]:
    """Return mIoU over the classes that are in either, pixel accuracy, and what a data set's sums need.

    Masks of one class each, the background among them as a class. `intersection/NAME` and `union/NAME` are pixels. A
    class in neither is left out of the mean: there was nothing to find. Raises ArrayError.
    """
    for p, t, label in zip(predicted, truth, labels, strict=True):
        check_masks(p, t, f"semantic class {label!r},")
    scores: dict[str, float] = {}
    ratios, right = [], 0
    for p, t, label in zip(predicted, truth, labels, strict=True):
        intersection, union = int((p & t).sum()), int((p | t).sum())
        right += intersection
        scores[f"intersection/{label}"], scores[f"union/{label}"] = float(intersection), float(union)
        if union:
            ratios.append(intersection / union)
    scores["miou"] = float(np.mean(ratios)) if ratios else float("nan")
    scores["pixel_accuracy"] = right / truth[0].size if truth else float("nan")
    return scores


def semantic_summary(scores: Sequence[dict[str, float]]) -> dict[str, float]:
    """Return mIoU of summed intersections over summed unions of each class (Cityscapes), and the mean accuracy."""
    unions: dict[str, float] = {}
    intersections: dict[str, float] = {}
    for score in scores:
        for name, value in score.items():
            count_name, _, label = name.partition("/")
            sums = {"union": unions, "intersection": intersections}.get(count_name)
            if sums is not None:
                sums[label] = sums.get(label, 0.0) + value
    ratios = [intersections[label] / union for label, union in unions.items() if union]
    accuracies = [score["pixel_accuracy"] for score in scores]
    nothing = float("nan")
    return {
        "miou": float(np.mean(ratios)) if ratios else nothing,
        "pixel_accuracy": float(np.mean(accuracies)) if accuracies else nothing,
    }
