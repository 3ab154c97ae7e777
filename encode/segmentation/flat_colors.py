"""Decoder for targets whose colours the prompt gives: the nearest prompted colour."""

import numpy as np
from jaxtyping import Bool, Float32, Float64, Int32, UInt8

from encode.check import check_rgb
from encode.errors import ColorError
from encode.pair import BACKGROUND, CodecParameter, PairMeta
from encode.segmentation.repair import nearest_colors, repair_labels, squared_distance

__all__ = ["FLAT_PARAMETERS", "decode_entries", "entry_confidence", "entry_masks"]

#: Distance (Euclidean, 0-255) over which a pixel belongs to no prompted colour: a model's red is rarely 100 from red.
FLAT_PARAMETERS = (CodecParameter("tolerance", 100.0),)


def decode_entries(rgb: UInt8[np.ndarray, "h w 3"], meta: PairMeta, *, repair: bool = True) -> Int32[np.ndarray, "h w"]:
    """Index into `meta.colors` of the colour nearest to each pixel; -1 for a background without an entry.

    The background competes like every other colour and also takes the pixels that are farther than the parameter
    `tolerance` from all of them: areas in a colour that was not asked for.

    repair: give smears and specks between two colours, which may be near a third one, the dominant colour around
    them (encode.segmentation.repair); without it each pixel is decoded alone.

    Raises ArrayError unless `rgb` is UInt8 (h, w, 3), ColorError where two labels share a colour.
    """
    check_rgb(rgb, f"{meta.task} decoding")
    colors = _palette(meta)
    rest = _background_index(meta)
    index, squared = nearest_colors(rgb, colors)
    index[squared >= meta.parameter("tolerance") ** 2] = rest
    if repair:
        index = repair_labels(rgb, index, colors)
    if rest == len(meta.colors):
        index[index == rest] = -1
    return index


def entry_confidence(rgb: UInt8[np.ndarray, "h w 3"], meta: PairMeta) -> Float32[np.ndarray, "h w"]:
    """How clearly each pixel is of one of the prompted colours, in [0, 1].

    1 - d1/d2, of the distances to the nearest and the second nearest colour: 1 on a colour, 0 half way between two. 0
    beyond the tolerance, where `decode_entries` can only give the background.
    """
    check_rgb(rgb, f"{meta.task} decoding")
    first = np.full(rgb.shape[:2], np.inf, np.float32)
    second = first.copy()
    for color in _palette(meta):
        squared = squared_distance(rgb, color)
        np.minimum(second, np.maximum(first, squared), out=second)
        np.minimum(first, squared, out=first)
    confidence: Float32[np.ndarray, "h w"] = 1 - np.sqrt(first / np.maximum(second, np.float32(1e-6)))
    confidence[first >= meta.parameter("tolerance") ** 2] = 0
    return confidence


def entry_masks(index: Int32[np.ndarray, "h w"], meta: PairMeta) -> dict[str, Bool[np.ndarray, "h w"]]:
    """Mask of every label but the background's."""
    return {entry.label: index == i for i, entry in enumerate(meta.colors) if entry.label != BACKGROUND}


def _background_index(meta: PairMeta) -> int:
    """Index of the background in the palette: that of its entry, or after all entries."""
    labels = [entry.label for entry in meta.colors]
    return labels.index(BACKGROUND) if BACKGROUND in labels else len(labels)


def _palette(meta: PairMeta) -> Float64[np.ndarray, "k 3"]:
    """Colours of the entries, and the background's last where it has no entry; raises ColorError for one used twice."""
    labels, colors = [entry.label for entry in meta.colors], [entry.rgb for entry in meta.colors]
    if BACKGROUND not in labels:
        labels.append(BACKGROUND)
        colors.append(meta.background)
    for i, rgb in enumerate(colors):
        if rgb in colors[:i]:
            both = f"{labels[colors.index(rgb)]!r} and {labels[i]!r} both in {rgb}"
            raise ColorError(f"colours of {meta.frame_key}, {meta.task}", "a colour of its own for each label", both)
    return np.array(colors, np.float64)
