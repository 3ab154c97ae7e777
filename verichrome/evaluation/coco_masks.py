"""Masks in the forms of COCO's annotation files: polygons, and run lengths as text or numbers."""

import math
from typing import Any

import numpy as np
from jaxtyping import Bool

from encode import FormatError
from encode.formulas.rle import mask_of_runs
from encode.reading.limits import MOST_SIDE
from verichrome.errors import UsageError

__all__ = ["mask_of_segmentation"]

_MOST_RUN_TEXT = 16 << 20


def mask_of_segmentation(segmentation: Any, where: str, shape: tuple[int, int]) -> Bool[np.ndarray, "h w"]:
    """The mask of `shape` (height, width) of an annotation's `segmentation`; raises FormatError.

    Polygons are drawn by pycocotools, whose way defines COCO's masks; raises UsageError where it is not installed.
    """
    if max(shape) > MOST_SIDE or min(shape) < 1:
        raise FormatError(where, f"sides of 1 to {MOST_SIDE} pixels", str(shape))
    if isinstance(segmentation, list):
        return _mask_of_polygons(segmentation, where, shape)
    if not isinstance(segmentation, dict) or segmentation.get("size") != list(shape):
        raise FormatError(where, f"polygons or run lengths of size {list(shape)}", repr(segmentation)[:100])
    counts = segmentation.get("counts")
    runs = _runs_of_text(counts, where) if isinstance(counts, str) else counts
    if not isinstance(runs, list) or not all(isinstance(run, int) and run >= 0 for run in runs):
        raise FormatError(where, "run lengths >= 0", repr(counts)[:100])
    if sum(runs) != shape[0] * shape[1]:
        raise FormatError(where, f"run lengths that add up to {shape[0] * shape[1]:,} pixels", f"{sum(runs):,}")
    return mask_of_runs(np.array(runs, np.int32), shape)


def _runs_of_text(text: str, where: str) -> list[int]:
    """COCO's compressed run lengths: groups of five bits, from the third run on as differences to the last but one."""
    if len(text) > _MOST_RUN_TEXT:
        raise FormatError(where, f"run lengths of at most {_MOST_RUN_TEXT:,} characters", f"{len(text):,}")
    runs: list[int] = []
    value, shift = 0, 0
    for character in text:
        bits = ord(character) - 48
        if not 0 <= bits < 64 or shift > 30:
            raise FormatError(where, "COCO's compressed run lengths", repr(text)[:100])
        value |= (bits & 0x1F) << shift
        shift += 5
        if bits & 0x20:
            continue
        if bits & 0x10:
            value -= 1 << shift
        runs.append(value + (runs[-2] if len(runs) > 2 else 0))
        value, shift = 0, 0
    return runs


def _mask_of_polygons(polygons: list[Any], where: str, shape: tuple[int, int]) -> Bool[np.ndarray, "h w"]:
    try:
        from pycocotools import mask as coco
    except ImportError as error:
        raise UsageError("Polygons of COCO need pycocotools: pip install 'verichrome[benchmarks]'.") from error
    for polygon in polygons:
        fine = isinstance(polygon, list) and len(polygon) >= 6 and len(polygon) % 2 == 0
        if not fine or not all(_is_coordinate(value) for value in polygon):
            raise FormatError(
                where, f"polygons of three or more points within {2 * MOST_SIDE} pixels", repr(polygon)[:100]
            )
    mask = np.zeros(shape, bool)
    for polygon in polygons:
        (drawn,) = coco.frPyObjects([[float(value) for value in polygon]], *shape)
        mask |= mask_of_runs(np.array(_runs_of_text(drawn["counts"].decode(), where), np.int32), shape)
    return mask


def _is_coordinate(value: Any) -> bool:
    return isinstance(value, (int, float)) and math.isfinite(value) and abs(value) <= 2 * MOST_SIDE
