"""Decoder for targets whose colours the prompt gives: the nearest prompted colour."""

import numpy as np
from jaxtyping import Bool, Float32, Int32, UInt8

from encode.check import check_rgb
from encode.pair import BACKGROUND, RGB, CodecParameter, PairMeta

__all__ = ["FLAT_PARAMETERS", "decode_entries", "entry_confidence", "entry_masks"]

#: Distance over which a pixel belongs to no prompted colour: a model's red is rarely 100 away from red.
FLAT_PARAMETERS = (CodecParameter("tolerance", 100.0),)


def decode_entries(rgb: UInt8[np.ndarray, "h w 3"], meta: PairMeta) -> Int32[np.ndarray, "h w"]:
    """Index into `meta.colors` of the colour nearest to each pixel; -1 for a background without an entry.

    The background competes like every other colour and also takes the pixels that are farther than the parameter
    `tolerance` from all of them: smears between two colours that belong to neither.
    """
    check_rgb(rgb, f"{meta.task} decoding", None)
    labels = [entry.label for entry in meta.colors]
    rest = labels.index(BACKGROUND) if BACKGROUND in labels else -1
    index = np.full(rgb.shape[:2], rest, np.int32)
    nearest = np.full(rgb.shape[:2], meta.parameter("tolerance") ** 2, np.float32)
    for i, squared in enumerate(_squared_distances(rgb, _palette(meta))):
        nearer = squared < nearest
        index[nearer] = i if i < len(meta.colors) else -1
        nearest[nearer] = squared[nearer]
    return index


def entry_confidence(rgb: UInt8[np.ndarray, "h w 3"], meta: PairMeta) -> Float32[np.ndarray, "h w"]:
    """How clearly each pixel is of one of the prompted colours, in [0, 1].

    1 - d1/d2, of the distances to the nearest and the second nearest colour: 1 on a colour, 0 half way between two. 0
    beyond the tolerance, where `decode_entries` can but say background.
    """
    check_rgb(rgb, f"{meta.task} decoding", None)
    first = np.full(rgb.shape[:2], np.inf, np.float32)
    second = first.copy()
    for squared in _squared_distances(rgb, _palette(meta)):
        np.minimum(second, np.maximum(first, squared), out=second)
        np.minimum(first, squared, out=first)
    confidence: Float32[np.ndarray, "h w"] = 1 - np.sqrt(first / np.maximum(second, np.float32(1e-6)))
    confidence[first >= meta.parameter("tolerance") ** 2] = 0
    return confidence


def entry_masks(index: Int32[np.ndarray, "h w"], meta: PairMeta) -> dict[str, Bool[np.ndarray, "h w"]]:
    """Mask of every label but the background's."""
    return {entry.label: index == i for i, entry in enumerate(meta.colors) if entry.label != BACKGROUND}


def _palette(meta: PairMeta) -> list[RGB]:
    """Colours of the entries, and the background's last where it has no entry."""
    colors = [entry.rgb for entry in meta.colors]
    return colors if any(entry.label == BACKGROUND for entry in meta.colors) else [*colors, meta.background]


def _squared_distances(rgb: UInt8[np.ndarray, "h w 3"], colors: list[RGB]) -> list[Float32[np.ndarray, "h w"]]:
    image = rgb.astype(np.float32)
    distances = []
    for color in colors:
        difference = image - np.array(color, np.float32)
        distances.append(np.einsum("hwc,hwc->hw", difference, difference))
    return distances
