"""The ids that a frame's maps hold and where they are, measured once for all tasks and checks."""

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np
from jaxtyping import Int64, Integer

from encode.formulas.id_map import count_ids, windows_of
from encode.frame import Frame, ObjectId
from encode.frame_cache import cached_per_frame

__all__ = ["IdIndex", "category_index", "instance_index", "instance_windows"]


@dataclass(frozen=True, slots=True, eq=False)
class IdIndex:
    """The ids of a map, ascending, for each pixel the index of its id among them, and the pixels of each id."""

    ids: Int64[np.ndarray, " n"]
    positions: Int64[np.ndarray, "h w"]
    counts: Int64[np.ndarray, " n"]

    @classmethod
    def of(cls, id_map: Integer[np.ndarray, "h w"]) -> "IdIndex":
        """The index of a map of ids >= 0; its arrays are not writable."""
        ids, positions, counts = count_ids(id_map)
        for values in (ids, positions, counts):
            values.flags.writeable = False
        return cls(ids, positions, counts)


@cached_per_frame
def instance_index(frame: Frame) -> IdIndex:
    """The index of the instance map; id 0 is no surface."""
    return IdIndex.of(frame.truth.instance)


@cached_per_frame
def category_index(frame: Frame) -> IdIndex:
    """The index of the category map; id 0 is unlabelled."""
    return IdIndex.of(frame.truth.category)


@cached_per_frame
def instance_windows(frame: Frame) -> Mapping[ObjectId, tuple[slice, slice]]:
    """Rows and columns of the box of each id of the instance map, id 0 too."""
    index = instance_index(frame)
    return {ObjectId(id_): window for id_, window in windows_of(index.ids, index.positions).items()}
