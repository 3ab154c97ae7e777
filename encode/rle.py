"""Masks as run lengths in COCO's uncompressed form: `{"size": [h, w], "counts": [...]}`, by columns, zeros first."""

from collections.abc import Mapping
from typing import Any

import numpy as np
from jaxtyping import Bool

from encode.errors import ArrayError

__all__ = ["decode_rle", "encode_rle"]


def encode_rle(mask: Bool[np.ndarray, "h w"]) -> dict[str, list[int]]:
    """Return the run lengths of a mask; the first run is of zeros and may be 0 long."""
    flat = np.asarray(mask, bool).ravel(order="F")
    starts = np.flatnonzero(np.diff(flat, prepend=False))
    counts = np.diff(np.concatenate([[0], starts, [flat.size]]))
    return {"size": list(mask.shape), "counts": counts.tolist()}


def decode_rle(rle: Mapping[str, Any], where: str) -> Bool[np.ndarray, "h w"]:
    """Return the mask of run lengths; raises ArrayError unless they are integers >= 0 that fill the size exactly."""
    try:
        height, width = (int(side) for side in rle["size"])
        counts = np.asarray(rle["counts"])
    except (KeyError, TypeError, ValueError) as error:
        raise ArrayError(where, "size [h, w] and counts", repr(rle)[:80]) from error
    if counts.ndim != 1 or not np.issubdtype(counts.dtype, np.integer) or (counts < 0).any():
        raise ArrayError(where, "counts that are integers >= 0", f"{counts.dtype} {counts.tolist()[:8]}")
    if counts.sum() != height * width:
        raise ArrayError(where, f"counts that sum to {height} x {width} = {height * width}", str(int(counts.sum())))
    mask: Bool[np.ndarray, "h w"] = np.repeat(np.arange(counts.size) % 2 == 1, counts).reshape(width, height).T
    return np.ascontiguousarray(mask)
