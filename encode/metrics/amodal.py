"""Amodal masks: IoU of the whole object, and of the hidden part alone.

Means over objects are what amodal completion reports as mIoU-full and mIoU-occ (Gao et al., ICCV 2023). The second is
the telling one: who paints the visible part and nothing more has a fair IoU of the whole, and 0 of the hidden part.
"""

import numpy as np
from jaxtyping import Bool

from encode.check import check_masks

__all__ = ["amodal_metrics"]


def amodal_metrics(
    predicted: Bool[np.ndarray, "h w"], whole: Bool[np.ndarray, "h w"], visible: Bool[np.ndarray, "h w"]
) -> dict[str, float]:
    """Iou of the whole; hidden_iou outside the visible part, NaN where nothing is hidden nor predicted there.

    visible_recall: share of the visible part that is covered. Raises ArrayError for masks of several shapes or types.
    """
    check_masks(predicted, whole, "amodal")
    check_masks(visible, whole, "amodal, visible part,")
    seen = int(visible.sum())
    hidden = ~visible
    return {
        "iou": _iou(predicted, whole, empty=1.0),
        "hidden_iou": _iou(predicted & hidden, whole & hidden, empty=float("nan")),
        "visible_recall": int((predicted & visible).sum()) / seen if seen else float("nan"),
    }


def _iou(a: Bool[np.ndarray, "h w"], b: Bool[np.ndarray, "h w"], *, empty: float) -> float:
    union = int((a | b).sum())
    return int((a & b).sum()) / union if union else empty
