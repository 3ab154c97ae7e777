"""Flat colours on masks."""

from collections.abc import Mapping, Sequence

import numpy as np
from jaxtyping import Bool, UInt8, UInt32

from encode.formulas.id_map import compact_ids
from encode.pair import RGB, ColorEntry

__all__ = ["mask_of", "paint_entries", "paint_ids"]

#: A map of ids up to this is painted without looking for the ids that it holds.
_TABLE = 1 << 12


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
    if int(id_map.max(initial=0)) < _TABLE:
        ids, positions = np.arange(int(id_map.max(initial=0)) + 1), id_map
    else:
        ids, positions = compact_ids(id_map)
    # One 32-bit gather a pixel, then a copy of each channel: twice as fast as gathering rows of three bytes.
    palette = np.empty((len(ids), 4), np.uint8)
    palette[:] = (*background, 0)
    for id_, rgb in colors.items():
        palette[ids == id_, :3] = rgb
    words = palette.view(np.uint32)[:, 0].take(positions).view(np.uint8).reshape(*id_map.shape, 4)
    painted = np.empty((*id_map.shape, 3), np.uint8)
    for channel in range(3):
        painted[..., channel] = words[..., channel]
    return painted


def paint_entries(
    id_map: UInt32[np.ndarray, "h w"], entries: Sequence[ColorEntry], background: RGB
) -> UInt8[np.ndarray, "h w 3"]:
    """Paint the ids of each entry in its colour and every other pixel in `background`."""
    return paint_ids(id_map, {id_: entry.rgb for entry in entries for id_ in entry.ids}, background)
