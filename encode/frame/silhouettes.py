"""Silhouettes as COCO's uncompressed run lengths: `{"size": [h, w], "counts": [...]}`, by columns, zeros first."""

from collections.abc import Iterator, Mapping
from typing import Any

import numpy as np
from jaxtyping import Bool, Int32

from encode.errors import ArrayError
from encode.formulas.indices import ObjectId
from encode.formulas.rle import mask_of_runs, runs_of_mask
from encode.reading.limits import MOST_PIXELS, MOST_SIDE
from encode.reading.short_text import short_repr

__all__ = ["Silhouettes", "decode_rle", "encode_rle"]


def encode_rle(mask: Bool[np.ndarray, "h w"]) -> dict[str, list[int]]:
    """Return the run lengths of a mask; the first run is of zeros and may be 0 long."""
    return {"size": list(mask.shape), "counts": runs_of_mask(mask)}


def decode_rle(rle: Mapping[str, Any], where: str, shape: tuple[int, int] | None = None) -> Bool[np.ndarray, "h w"]:
    """Return the mask of run lengths, of the given (height, width) if one is given.

    Raises ArrayError unless they are integers >= 0 that fill the size exactly. They are summed before any array is
    made, as Python's integers, which do not overflow.
    """
    size = _size(rle, where, shape)
    return mask_of_runs(_runs(rle, where, size), size)


class Silhouettes(Mapping[ObjectId, Bool[np.ndarray, "h w"]]):
    """Masks of one size by object id, checked when they are added and decoded when they are asked for.

    A frame may have thousands of objects: at most 128 MB of decoded masks are kept.
    """

    _KEPT_PIXELS = 1 << 27

    def __init__(self, shape: tuple[int, int]) -> None:
        self.shape = shape
        self._encoded: dict[ObjectId, Int32[np.ndarray, " n"]] = {}
        self._kept: dict[ObjectId, Bool[np.ndarray, "h w"]] = {}

    def add(self, object_id: ObjectId, rle: Mapping[str, Any], where: str) -> None:
        """Add the run lengths of an object; raises ArrayError as `decode_rle` does."""
        self._encoded[object_id] = _runs(rle, where, _size(rle, where, self.shape))

    def put(self, object_id: ObjectId, mask: Bool[np.ndarray, "h w"]) -> None:
        """Add the mask of an object; it must have this size."""
        self._encoded[object_id] = np.array(runs_of_mask(mask), np.int32)

    def __getitem__(self, object_id: ObjectId) -> Bool[np.ndarray, "h w"]:
        if object_id in self._kept:
            return self._kept[object_id]
        mask = mask_of_runs(self._encoded[object_id], self.shape)
        if (len(self._kept) + 1) * mask.size <= self._KEPT_PIXELS:
            self._kept[object_id] = mask
        return mask

    def __iter__(self) -> Iterator[ObjectId]:
        return iter(self._encoded)

    def __len__(self) -> int:
        return len(self._encoded)


def _size(rle: Any, where: str, shape: tuple[int, int] | None) -> tuple[int, int]:
    if not isinstance(rle, Mapping) or not {"size", "counts"} <= set(rle):
        raise ArrayError(where, "size [h, w] and counts", short_repr(rle))
    size = rle["size"]
    if not isinstance(size, list | tuple) or len(size) != 2 or not all(_is_count(side, MOST_SIDE) for side in size):
        raise ArrayError(where, f"a size [h, w] of integers from 0 to {MOST_SIDE}", short_repr(size))
    if shape is not None and tuple(size) != shape:
        raise ArrayError(where, f"the size {list(shape)} of its frame", short_repr(list(size)))
    return size[0], size[1]


def _runs(rle: Mapping[str, Any], where: str, size: tuple[int, int]) -> Int32[np.ndarray, " n"]:
    counts, pixels = rle["counts"], size[0] * size[1]
    if not isinstance(counts, list | tuple) or not _are_counts(counts, MOST_PIXELS):
        raise ArrayError(where, "counts that are integers >= 0 and at most the pixels", short_repr(counts))
    if len(counts) > pixels + 1 or sum(counts) != pixels:
        got = f"{sum(counts)} in {len(counts)} runs"
        raise ArrayError(where, f"counts that sum to {size[0]} x {size[1]} = {pixels}", got)
    return np.array(counts, np.int32)


def _is_count(value: Any, most: int) -> bool:
    return type(value) is int and 0 <= value <= most


def _are_counts(values: list[Any] | tuple[Any, ...], most: int) -> bool:
    """Whether all of thousands are counts: without a call for each."""
    return set(map(type, values)) <= {int} and min(values, default=0) >= 0 and max(values, default=0) <= most
