"""IoU of amodal masks, and of their hidden part alone.

Means over objects are what amodal completion reports as mIoU-full and mIoU-occ (Gao et al., ICCV 2023). The second is
stricter: an answer that paints the modal mask alone has a fair IoU of the amodal mask, and 0 of the hidden part.
"""

import numpy as np
from jaxtyping import Bool

from encode.check import check_masks

__all__ = ["amodal_metrics"]


def amodal_metrics(
    predicted: Bool[np.ndarray, "h w"], amodal: Bool[np.ndarray, "h w"], modal: Bool[np.ndarray, "h w"]
) -> dict[str, float]:
    """Return `iou`, `hidden_iou` and `visible_recall` of a predicted amodal mask.

    hidden_iou: outside the modal mask; NaN where nothing is hidden or predicted there. visible_recall: share of the
    modal mask that is covered; NaN where it is empty. Raises ArrayError for masks of several shapes or types.
    """
    check_masks(predicted, amodal, "amodal")
    check_masks(modal, amodal, "amodal, visible part,")
    seen = int(modal.sum())
    hidden = ~modal
    return {
        "iou": _iou(predicted, amodal, empty=1.0),
        "hidden_iou": _iou(predicted & hidden, amodal & hidden, empty=float("nan")),
        "visible_recall": int((predicted & modal).sum()) / seen if seen else float("nan"),
    }


def _iou(a: Bool[np.ndarray, "h w"], b: Bool[np.ndarray, "h w"], *, empty: float) -> float:
    union = int((a | b).sum())
    return int((a & b).sum()) / union if union else empty
