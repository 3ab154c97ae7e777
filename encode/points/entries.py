"""What `meta` says of dots, and whether a painting reads back as its instances."""

from collections.abc import Sequence

import numpy as np
from jaxtyping import UInt8

from encode.frame import Frame, ObjectId
from encode.label_entries import label_entries
from encode.pair import RGB, ColorEntry, PairMeta
from encode.points.decoder import decode_dots
from encode.referring.visible import faint_ids

__all__ = ["dot_entries", "read_back_problems"]


def dot_entries(frame: Frame, label: str, rgb: RGB, ids: Sequence[ObjectId]) -> tuple[ColorEntry, ...]:
    """The instances that surely count, then those that some viewers would overlook, which are not scored."""
    return label_entries(label, rgb, ids, faint_ids(frame))


def read_back_problems(frame: Frame, target: UInt8[np.ndarray, "h w 3"], meta: PairMeta) -> list[str]:
    """Which instances of `meta` have no dot of their own in their mask when the target is decoded."""
    ids = sorted(i for entry in meta.foreground for i in entry.ids)
    centers = decode_dots(target, meta).astype(np.int64)
    found = sorted(frame.truth.instance[centers[:, 1], centers[:, 0]].tolist())
    return [] if found == ids else [f"the dots read back as those of the objects {found}, not of {ids}"]
