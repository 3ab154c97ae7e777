"""Decoder for targets whose colours the prompt gives: the nearest prompted colour."""

import numpy as np
from jaxtyping import Bool, Int32, UInt8

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
    image = rgb.astype(np.float32)
    index = np.full(rgb.shape[:2], rest, np.int32)
    nearest = np.full(rgb.shape[:2], meta.parameter("tolerance") ** 2, np.float32)
    for i, color in enumerate(colors):
        difference = image - np.array(color, np.float32)
        squared = np.einsum("hwc,hwc->hw", difference, difference)
        nearer = squared < nearest
        index[nearer] = i if i < len(meta.colors) else -1
        nearest[nearer] = squared[nearer]
    return index


def entry_masks(index: Int32[np.ndarray, "h w"], meta: PairMeta) -> dict[str, Bool[np.ndarray, "h w"]]:
    """Mask of every label but the background's."""
    return {entry.label: index == i for i, entry in enumerate(meta.colors) if entry.label != BACKGROUND}
