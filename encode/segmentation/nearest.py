"""Decoder for targets whose colours the prompt gives: the nearest prompted colour."""

import numpy as np
from jaxtyping import Bool, Float, Int32, UInt8

from encode.check import check_rgb
from encode.pair import BACKGROUND, PairMeta

__all__ = ["decode_entries", "entry_masks"]


def decode_entries(rgb: UInt8[np.ndarray, "h w 3"], meta: PairMeta) -> Int32[np.ndarray, "h w"]:
    """Index into `meta.colors` of the colour nearest to each pixel; -1 for a background without an entry.

    The background competes like every other colour and also takes the pixels that are farther than the parameter
    `tolerance` from all of them: smears between two colours that belong to neither.
    """
    check_rgb(rgb, f"{meta.task} decoding", None)
    colors = [entry.rgb for entry in meta.colors]
    labels = [entry.label for entry in meta.colors]
    rest = labels.index(BACKGROUND) if BACKGROUND in labels else -1
    if rest < 0:
        colors.append(meta.background)
    unique, place = _unique(rgb)
    squared = ((unique[:, None, :] - np.array(colors, np.float32)) ** 2).sum(-1)
    index: Int32[np.ndarray, " n"] = squared.argmin(-1).astype(np.int32)
    index[index == len(meta.colors)] = -1
    index[squared.min(-1) > meta.parameter("tolerance") ** 2] = rest
    decoded: Int32[np.ndarray, "h w"] = index[place].reshape(rgb.shape[:2])
    return decoded


def entry_masks(index: Int32[np.ndarray, "h w"], meta: PairMeta) -> dict[str, Bool[np.ndarray, "h w"]]:
    """Mask of every label but the background's."""
    return {entry.label: index == i for i, entry in enumerate(meta.colors) if entry.label != BACKGROUND}


def _unique(rgb: UInt8[np.ndarray, "h w 3"]) -> tuple[Float[np.ndarray, "n 3"], Int32[np.ndarray, " m"]]:
    packed = rgb.reshape(-1, 3).astype(np.uint32) @ np.array([1 << 16, 1 << 8, 1], np.uint32)
    values, place = np.unique(packed, return_inverse=True)
    return np.stack([values >> 16, values >> 8 & 255, values & 255], -1).astype(np.float32), place
