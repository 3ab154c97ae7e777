"""Which ids a map holds, and each pixel's index among them; which ids of several maps meet."""

import numpy as np
from jaxtyping import Int64, Integer

from encode.lazy_import import import_lazily

__all__ = ["compact_ids", "count_ids", "joint_ids", "windows_of"]

# A table of this many entries is faster than sorting a small image.
_TABLE = 1 << 20


def compact_ids(id_map: Integer[np.ndarray, "h w"]) -> tuple[Int64[np.ndarray, " n"], Int64[np.ndarray, "h w"]]:
    """Return the sorted ids of a map of ids >= 0, and for each pixel the index of its id among them."""
    ids, positions, _ = count_ids(id_map)
    return ids, positions


def count_ids(
    id_map: Integer[np.ndarray, "h w"],
) -> tuple[Int64[np.ndarray, " n"], Int64[np.ndarray, "h w"], Int64[np.ndarray, " n"]]:
    """Return what `compact_ids` returns, and the pixels of each id.

    As np.unique with its inverse, but by a table instead of a sort: 20 times faster for ids under a million.
    """
    if int(id_map.max(initial=0)) >= _TABLE or int(id_map.min(initial=0)) < 0:
        values, positions, counts = np.unique(id_map, return_inverse=True, return_counts=True)
        return values.astype(np.int64), positions.reshape(id_map.shape), counts
    indices = id_map.astype(np.int64)
    counts = np.bincount(indices.ravel())
    ids = np.flatnonzero(counts)
    if len(ids) == len(counts):
        return ids, indices, counts
    table = np.zeros(len(counts), np.int64)
    table[ids] = np.arange(len(ids))
    return ids, table.take(indices), counts[ids]


def windows_of(ids: Int64[np.ndarray, " n"], positions: Int64[np.ndarray, "h w"]) -> dict[int, tuple[slice, slice]]:
    """Return the rows and columns of the box of each id that `compact_ids` found in a map, in one pass."""
    windows = import_lazily("scipy.ndimage").find_objects(positions + 1)
    return dict(zip(ids.tolist(), windows, strict=True))


def joint_ids(*maps: Integer[np.ndarray, "h w"]) -> Int64[np.ndarray, "n m"]:
    """Return the distinct combinations of ids that pixels of the m maps have, sorted; ids are >= 0."""
    combinations = np.zeros((1, 0), np.int64)
    positions = np.zeros(maps[0].shape, np.int64)
    for id_map in maps:
        ids, index = compact_ids(id_map)
        codes, positions = compact_ids(positions * len(ids) + index)
        combinations = np.column_stack([combinations[codes // len(ids)], ids[codes % len(ids)]])
    return combinations
