"""Run lengths of masks, in COCO's uncompressed form: column by column, the first run counts zeros and may be 0 long."""

import numpy as np
from jaxtyping import Bool, Int32

__all__ = ["mask_of_runs", "runs_of_mask"]


def runs_of_mask(mask: Bool[np.ndarray, "h w"]) -> list[int]:
    """The lengths of a mask's runs, which add up to its pixels."""
    held = np.flatnonzero(mask.any(axis=0))
    if not len(held):
        return [mask.size]
    flat = np.asarray(mask[:, held[0] : held[-1] + 1], bool).ravel(order="F")  # most masks hold few columns
    starts = np.flatnonzero(np.diff(flat, prepend=False, append=False)) + held[0] * len(mask)
    runs: list[int] = np.diff(np.concatenate([[0], starts, [mask.size]])).tolist()
    return runs if runs[-1] else runs[:-1]


def mask_of_runs(runs: Int32[np.ndarray, " n"], size: tuple[int, int]) -> Bool[np.ndarray, "h w"]:
    """The mask, of `size` (height, width), that these runs describe; they must add up to its pixels."""
    mask = np.zeros(size, bool)
    ones = runs[: len(runs) // 2 * 2]  # with the zeros before each run of them
    ends = np.cumsum(ones, dtype=np.int64)
    if not mask.size or not len(ones):
        return mask
    # Only the columns from the first one to the last are decoded: most objects are small.
    start, stop = int(ends[0]) // size[0], -(-int(ends[-1]) // size[0])
    held = np.append(ones, stop * size[0] - ends[-1])
    held[0] -= start * size[0]
    columns = np.repeat(np.arange(len(held)) % 2 == 1, held)
    mask[:, start:stop] = columns.reshape(stop - start, size[0]).T
    return mask
