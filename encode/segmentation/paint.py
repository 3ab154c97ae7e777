"""Flat colours on masks."""

from collections.abc import Mapping, Sequence

import numpy as np
from jaxtyping import Bool, UInt8, UInt32

from encode.id_map import compact_ids
from encode.pair import RGB, ColorEntry

__all__ = ["mask_of", "paint_entries", "paint_ids"]


def mask_of(id_map: UInt32[np.ndarray, "h w"], ids: Sequence[int]) -> Bool[np.ndarray, "h w"]:
    """Pixels of `id_map` that hold one of `ids`."""
    if len(ids) == 1:
        mask: Bool[np.ndarray, "h w"] = id_map == np.uint32(ids[0])
        return mask
    return np.isin(id_map, np.asarray(ids, np.uint32))


def paint_ids(
    id_map: UInt32[np.ndarray, "h w"], colors: Mapping[int, RGB], background: RGB
) -> UInt8[np.ndarray, "h w 3"]:
    """Paint each id in its colour and every other pixel in `background`; no anti-aliasing."""
    ids, positions = compact_ids(id_map)
    palette = np.array([colors.get(int(i), background) for i in ids], np.uint8)
    painted: UInt8[np.ndarray, "h w 3"] = np.take(palette, positions, axis=0)
    return painted


def paint_entries(
    id_map: UInt32[np.ndarray, "h w"], entries: Sequence[ColorEntry], background: RGB
) -> UInt8[np.ndarray, "h w 3"]:
    """Paint the ids of each entry in its colour and every other pixel in `background`."""
    return paint_ids(id_map, {id_: entry.rgb for entry in entries for id_ in entry.ids}, background)
