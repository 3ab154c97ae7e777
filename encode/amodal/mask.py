"""The amodal mask of an object, its modal mask, and which objects are worth asking for."""

import numpy as np
from jaxtyping import Bool

from encode.errors import MetaError
from encode.frame import Frame, ObjectId
from encode.pair import PairMeta
from encode.referring.visible import VisibleObject
from encode.segmentation.paint import mask_of

__all__ = ["amodal_mask", "asked_object", "is_partly_hidden", "modal_mask"]

# Visible fractions: under a fifth the object cannot be recognised, over nine tenths there is nothing to complete.
_LEAST_VISIBLE, _MOST_VISIBLE = 0.2, 0.9

# Least hidden part, as pixels and as a share of the image: smaller ones are within the noise of a metric.
_LEAST_HIDDEN = 64
_LEAST_HIDDEN_SHARE = 2e-4


def asked_object(meta: PairMeta) -> ObjectId:
    """Return the id of the object that an amodal pair asks for; raises MetaError where it asks for none."""
    if not meta.asked.ids:
        raise MetaError(f"meta of {meta.frame_key}", "the id of an object", "none")
    return ObjectId(meta.asked.ids[0])


def modal_mask(frame: Frame, object_id: ObjectId) -> Bool[np.ndarray, "h w"]:
    """Return the pixels in which the object is seen."""
    return mask_of(frame.truth.instance, [object_id])


def amodal_mask(frame: Frame, object_id: ObjectId) -> Bool[np.ndarray, "h w"] | None:
    """Return the pixels that the object would cover with nothing in front of it; None where it is not known.

    The modal mask is always part of it: a rasterised silhouette and the truth may disagree by a border pixel.
    """
    if frame.amodal is None or object_id not in frame.amodal:
        return None
    mask: Bool[np.ndarray, "h w"] = frame.amodal[object_id] | modal_mask(frame, object_id)
    return mask


def is_partly_hidden(frame: Frame, obj: VisibleObject) -> bool:
    """Return whether enough of an object is seen to recognise it, and enough hidden to ask for."""
    if obj.faint or obj.surrounding or not _LEAST_VISIBLE < obj.record.visible_fraction < _MOST_VISIBLE:
        return False
    mask = amodal_mask(frame, obj.id)
    if mask is None:
        return False
    hidden = int(mask.sum()) - obj.pixels
    return hidden >= max(_LEAST_HIDDEN, _LEAST_HIDDEN_SHARE * mask.size)
