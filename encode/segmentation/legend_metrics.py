"""Scores of an answer to a prompt with a legend."""

from collections.abc import Sequence

import numpy as np
from jaxtyping import Int32, UInt32

from encode.metrics.semantic import semantic_metrics
from encode.pair import BACKGROUND, PairMeta
from encode.segmentation.paint import mask_of

__all__ = ["legend_metrics"]


def legend_metrics(
    index: Int32[np.ndarray, "h w"], id_map: UInt32[np.ndarray, "h w"], meta: PairMeta, labels: Sequence[str]
) -> dict[str, float]:
    """Return `semantic_metrics` over the entries of `meta.colors`, the background among them.

    index: the answer, decoded by `decode_entries`. id_map: the truth, in the ids of the entries. labels: by which
    entries are summed over many answers.
    """
    truth = _truth_index(id_map, meta)
    indices = range(len(meta.colors))
    return semantic_metrics([index == i for i in indices], [truth == i for i in indices], labels)


def _truth_index(id_map: UInt32[np.ndarray, "h w"], meta: PairMeta) -> Int32[np.ndarray, "h w"]:
    names = [entry.label for entry in meta.colors]
    index = np.full(id_map.shape, names.index(BACKGROUND) if BACKGROUND in names else -1, np.int32)
    for i, entry in enumerate(meta.colors):
        index[mask_of(id_map, entry.ids)] = i
    return index
