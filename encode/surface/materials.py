"""Which materials a frame shows, and which it certainly does not."""

from collections.abc import Mapping

import numpy as np

from encode.formulas.id_map import compact_ids, joint_ids
from encode.frame import Frame, MaterialRecord
from encode.frame_cache import cached_per_frame
from encode.segmentation.label_sets import shows_anything
from encode.segmentation.legends import LEAST_SHARE

__all__ = ["absent_materials", "material_shares", "visible_materials"]

#: What the small things that have no named material may be of: lamps, prints, buttons, stalks.
_UNNAMED_MAY_BE = frozenset({"fabric", "foliage", "food", "glass", "metal", "paper", "plastic"})


@cached_per_frame
def material_shares(frame: Frame) -> Mapping[int, float]:
    """Return the share of the image of each material id that has a pixel; none where the frame keeps no materials."""
    if frame.surface is None:
        return {}
    ids, positions = compact_ids(frame.surface.material)
    counts = np.bincount(positions.ravel())
    return {int(i): count / positions.size for i, count in zip(ids, counts.tolist(), strict=True) if i}


def visible_materials(frame: Frame) -> tuple[MaterialRecord, ...]:
    """Return the materials that cover enough of the image to be asked for."""
    shares = material_shares(frame)
    return tuple(m for m in _records(frame) if shares.get(m.id, 0.0) >= LEAST_SHARE)


def absent_materials(frame: Frame) -> tuple[MaterialRecord, ...]:
    """Return the materials of which nothing is in view; none where something is photographed or of unknown parts."""
    if frame.surface is None or shows_anything(frame):
        return ()
    shown = joint_ids(frame.truth.instance, frame.surface.part, frame.surface.material)
    if ((shown[:, 0] > 0) & (shown[:, 1] == 0)).any():
        return ()
    unnamed = bool(((shown[:, 0] > 0) & (shown[:, 2] == 0)).any())
    unsure = _UNNAMED_MAY_BE if unnamed else frozenset[str]()
    return tuple(m for m in _records(frame) if m.id not in material_shares(frame) and m.name not in unsure)


def _records(frame: Frame) -> tuple[MaterialRecord, ...]:
    return frame.surface.record.materials if frame.surface is not None else ()
