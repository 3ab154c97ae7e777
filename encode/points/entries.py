"""What `meta` says of dots, and whether a painting reads back as its instances."""

from collections.abc import Sequence

import numpy as np
from jaxtyping import UInt8

from encode.frame import Frame, ObjectId
from encode.pair import RGB, ColorEntry, PairMeta
from encode.points.decoder import decode_dots
from encode.referring.visible import visible_objects

__all__ = ["dot_entries", "read_back_problems"]


def dot_entries(frame: Frame, label: str, rgb: RGB, ids: Sequence[ObjectId]) -> tuple[ColorEntry, ...]:
    """The instances that surely count, then those that some viewers would overlook, which are not scored.

    The first has no ids where nothing is there; it is left out where all may be overlooked.
    """
    faint = {obj.id for obj in visible_objects(frame) if obj.faint}
    sure, unsure = (tuple(i for i in ids if (i in faint) is wanted) for wanted in (False, True))
    entries = [ColorEntry(label, rgb, sure)] if sure or not unsure else []
    return (*entries, *([ColorEntry(label, rgb, unsure, scored=False)] if unsure else []))


def read_back_problems(frame: Frame, target: UInt8[np.ndarray, "h w 3"], meta: PairMeta) -> list[str]:
    """Which instances of `meta` have no dot of their own in their mask when the target is decoded."""
    ids = sorted(i for entry in meta.foreground for i in entry.ids)
    centers = decode_dots(target, meta).astype(np.int64)
    found = sorted(frame.truth.instance[centers[:, 1], centers[:, 0]].tolist())
    return [] if found == ids else [f"the dots read back as those of the objects {found}, not of {ids}"]
