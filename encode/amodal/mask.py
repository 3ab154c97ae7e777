"""The whole extent of an object in the image, and which objects are worth asking for."""

import numpy as np
from jaxtyping import Bool

from encode.frame import Frame
from encode.referring.visible import VisibleObject
from encode.segmentation.paint import mask_of

__all__ = ["amodal_mask", "is_partly_hidden", "modal_mask"]

# Under a fifth nobody knows what it is, over nine tenths there is nothing to complete.
_LEAST_VISIBLE, _MOST_VISIBLE = 0.2, 0.9

# Hidden pixels that a metric can hold on to, and their share of the image.
_LEAST_HIDDEN = 64
_LEAST_HIDDEN_SHARE = 2e-4


def modal_mask(frame: Frame, instance: int) -> Bool[np.ndarray, "h w"]:
    """Pixels in which the object is seen."""
    return mask_of(frame.truth.instance, [instance])


def amodal_mask(frame: Frame, instance: int) -> Bool[np.ndarray, "h w"] | None:
    """Pixels that the object would cover with nothing before it; None where the frame does not know.

    What is seen always belongs to it: a rasterised silhouette and the truth may disagree by a border pixel.
    """
    if frame.amodal is None or instance not in frame.amodal:
        return None
    whole: Bool[np.ndarray, "h w"] = frame.amodal[instance] | modal_mask(frame, instance)
    return whole


def is_partly_hidden(frame: Frame, obj: VisibleObject) -> bool:
    """Whether enough of an object is seen to know it, and enough hidden to ask for."""
    if obj.faint or obj.surrounding or not _LEAST_VISIBLE < obj.record.visible_fraction < _MOST_VISIBLE:
        return False
    whole = amodal_mask(frame, obj.id)
    if whole is None:
        return False
    hidden = int(whole.sum()) - obj.pixels
    return hidden >= max(_LEAST_HIDDEN, _LEAST_HIDDEN_SHARE * whole.size)
