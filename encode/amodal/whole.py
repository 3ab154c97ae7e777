"""The whole extent of an object in the image, and which objects are worth asking for."""

import numpy as np
from jaxtyping import Bool

from encode.frame import Frame
from encode.referring.things import Thing
from encode.segmentation.paint import mask_of

__all__ = ["is_partly_hidden", "visible_mask", "whole_mask"]

# Under a fifth nobody knows what it is, over nine tenths there is nothing to complete.
_LEAST_VISIBLE, _MOST_VISIBLE = 0.2, 0.9

# Hidden pixels that a metric can hold on to, and their share of the image.
_LEAST_HIDDEN = 64
_LEAST_HIDDEN_SHARE = 2e-4


def visible_mask(frame: Frame, instance: int) -> Bool[np.ndarray, "h w"]:
    """Pixels in which the object is seen."""
    return mask_of(frame.truth.instance, [instance])


def whole_mask(frame: Frame, instance: int) -> Bool[np.ndarray, "h w"] | None:
    """Pixels that the object would cover with nothing before it; None where the frame does not know.

    What is seen always belongs to it: a rasterised silhouette and the truth may disagree by a border pixel.
    """
    if frame.amodal is None or instance not in frame.amodal:
        return None
    whole: Bool[np.ndarray, "h w"] = frame.amodal[instance] | visible_mask(frame, instance)
    return whole


def is_partly_hidden(frame: Frame, thing: Thing) -> bool:
    """Whether enough of an object is seen to know it, and enough hidden to ask for."""
    if thing.faint or thing.scenery or not _LEAST_VISIBLE < thing.record.visible_fraction < _MOST_VISIBLE:
        return False
    whole = whole_mask(frame, thing.id)
    if whole is None:
        return False
    hidden = int(whole.sum()) - thing.pixels
    return hidden >= max(_LEAST_HIDDEN, _LEAST_HIDDEN_SHARE * whole.size)
