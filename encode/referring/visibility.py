"""How well a viewer sees an object: well enough to name it, faintly, or not at all."""

from enum import Enum

import numpy as np
from jaxtyping import Bool

from encode.frame import Frame, ObjectRecord
from encode.segmentation.scorable import scorable_instance

__all__ = ["Visibility", "judge_visibility"]

# Pixels, and share of the image, under which a viewer may overlook an object.
_CLEAR_PIXELS = 64
_CLEAR_SHARE = 1e-3

# Least share of an object that must be seen, occlusion and the image's border taken together: a mug of which only the
# handle shows is not recognised. Large objects are recognised by less, and by any end of them if they fill the view.
_CLEAR_SHOWN = 0.45
_CLEAR_SHOWN_LARGE = 0.3
_LARGE_SHARE = 0.05
_CLEAR_SHOWN_HUGE = 0.2
_HUGE_SHARE = 0.15

# Objects cut by the border are seen from one end only.
_CLEAR_INSIDE = 0.55

# Below these an object is not seen at all.
_UNSEEN_PIXELS = 9
_UNSEEN_SHARE = 1e-4
_UNSEEN_SHOWN = 0.08


class Visibility(Enum):
    """How well a viewer sees an object."""

    CLEAR = "seen well enough to be named"
    FAINT = "seen by some viewers and not by others, so that nothing may depend on it"
    UNSEEN = "seen by no one, as if it were not there"


def judge_visibility(frame: Frame, record: ObjectRecord, mask: Bool[np.ndarray, "a b"]) -> Visibility:
    """How well a viewer sees an object. mask: its pixels, cut out of the image with a margin of one pixel."""
    pixels, size = int(np.count_nonzero(mask)), frame.truth.depth.size
    if pixels > _HUGE_SHARE * size:
        return Visibility.CLEAR if record.visible_fraction >= _CLEAR_SHOWN_HUGE else Visibility.FAINT
    inside = _share_inside(frame, record) if record.truncated else 1.0
    shown = record.visible_fraction * inside
    if pixels < max(_UNSEEN_PIXELS, _UNSEEN_SHARE * size):
        return Visibility.UNSEEN
    if pixels < max(_CLEAR_PIXELS, _CLEAR_SHARE * size):
        return Visibility.UNSEEN if shown < _UNSEEN_SHOWN else Visibility.FAINT
    if pixels > _LARGE_SHARE * size:
        return Visibility.CLEAR if shown >= _CLEAR_SHOWN_LARGE else Visibility.FAINT
    known = shown >= _CLEAR_SHOWN and inside >= _CLEAR_INSIDE and scorable_instance(frame, record.id)
    return Visibility.CLEAR if known else Visibility.FAINT


def _share_inside(frame: Frame, record: ObjectRecord) -> float:
    """Share of the rectangle around the projected 3D box that is inside the image; 0 where a part has no image."""
    pixels, depth = frame.project_box(record.box_3d)
    if depth.min() < 1e-3 or np.isnan(pixels).any():
        return 0.0
    u, v = pixels.T
    height, width = frame.truth.shape
    inside = max(min(u.max(), width) - max(u.min(), 0), 0) * max(min(v.max(), height) - max(v.min(), 0), 0)
    area = float((u.max() - u.min()) * (v.max() - v.min()))
    return float(inside) / area if area else 1.0
