"""cIoU and gIoU of referring segmentation."""

from collections.abc import Sequence

import numpy as np
from jaxtyping import Bool

from encode.check import check_masks

__all__ = ["referring_metrics", "referring_summary"]


def referring_metrics(predicted: Bool[np.ndarray, "h w"], truth: Bool[np.ndarray, "h w"]) -> dict[str, float]:
    """iou, intersection and union in pixels; two empty masks agree: iou 1. Raises ArrayError."""
    check_masks(predicted, truth, "referring")
    intersection, union = int((predicted & truth).sum()), int((predicted | truth).sum())
    iou = intersection / union if union else 1.0
    return {"iou": iou, "intersection": float(intersection), "union": float(union)}


def referring_summary(scores: Sequence[dict[str, float]]) -> dict[str, float]:
    """ciou: sum of intersections over sum of unions; giou: mean of the images' iou."""
    if not scores:
        return {"ciou": float("nan"), "giou": float("nan")}
    union = sum(score["union"] for score in scores)
    intersection = sum(score["intersection"] for score in scores)
    return {"ciou": intersection / union if union else 1.0, "giou": float(np.mean([s["iou"] for s in scores]))}
