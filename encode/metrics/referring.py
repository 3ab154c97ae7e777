"""cIoU and gIoU of referring segmentation, and the accuracy of empty answers.

gIoU counts an empty answer to a phrase without a referent as 1 and any other as 0, and N-acc and T-acc are the shares
of the phrases without and with a referent whose answer is rightly empty or not, as in gRefCOCO (Liu, Ding and Jiang,
"GRES: Generalized Referring Expression Segmentation", CVPR 2023).
"""

from collections.abc import Sequence

import numpy as np
from jaxtyping import Bool

from encode.check import check_masks

__all__ = ["no_target_accuracy", "no_target_counts", "referring_metrics", "referring_summary"]


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


def no_target_counts(*, found: bool, target: bool) -> dict[str, float]:
    """Counts of one prompt for `no_target_accuracy`: n and n_right without a referent, t and t_right with one.

    found: whether the answer paints any pixel. target: whether there is a referent.
    """
    counts = {"n": not target, "n_right": not target and not found, "t": target, "t_right": target and found}
    return {name: float(count) for name, count in counts.items()}


def no_target_accuracy(scores: Sequence[dict[str, float]]) -> dict[str, float]:
    """n_acc and t_acc of the prompts with `no_target_counts`; NaN where there are none without, or with, a referent.

    Empty where no prompt has them: benchmarks whose phrases all have a referent do not count.
    """
    counted = [score for score in scores if "n" in score]
    if not counted:
        return {}
    sums = {name: sum(score[name] for score in counted) for name in ("n", "n_right", "t", "t_right")}
    return {f"{kind}_acc": sums[f"{kind}_right"] / sums[kind] if sums[kind] else float("nan") for kind in "nt"}
