"""Precision, recall and F1 of lines, as boundary benchmarks have them.

Both maps are thinned to lines one pixel wide, and their pixels matched one to one within a tolerance of 0.75 % of the
image's diagonal (Martin, Fowlkes and Malik, "Learning to Detect Natural Image Boundaries Using Local Brightness, Color,
and Texture Cues", TPAMI 2004; BSDS500's `maxDist`). As many pixels are matched as can be; BSDS500 minimises the
distances as well, which hardly changes the number. An answer is either on a line or not: there is one threshold, so
that F1 over all pixels is what soft maps call ODS, without a choice of the best threshold.

Thinning is that of Guo and Hall, "Parallel Thinning with Two-Subiteration Algorithms" (CACM 1989), which keeps
diagonal lines of two pixels.
"""

from collections.abc import Mapping, Sequence

import numpy as np
from jaxtyping import Bool, Float64, UInt8
from scipy.sparse import csr_matrix
from scipy.sparse.csgraph import maximum_bipartite_matching
from scipy.spatial import cKDTree

from encode.check import check_masks

__all__ = ["TOLERANCE", "boundary_metrics", "boundary_summary", "edge_scores", "thin"]

#: Largest distance of matched pixels, as a share of the image's diagonal.
TOLERANCE = 0.0075

_COUNTS = ("matched", "predicted", "truth")


def boundary_metrics(predicted: Bool[np.ndarray, "h w"], truth: Bool[np.ndarray, "h w"]) -> dict[str, float]:
    """Return precision, recall and f1 of lines of any width, and the counts of pixels `matched`, `predicted`, `truth`.

    Two empty maps agree: all three are 1. Raises ArrayError.
    """
    check_masks(predicted, truth, "boundary")
    lines = [np.argwhere(thin(mask)).astype(np.float64) for mask in (predicted, truth)]
    reach = TOLERANCE * float(np.hypot(*truth.shape))
    counts = (float(_matched(lines[0], lines[1], reach)), float(len(lines[0])), float(len(lines[1])))
    return {**_ratios(*counts), **dict(zip(_COUNTS, counts, strict=True))}


def edge_scores(
    predicted: Mapping[str, Bool[np.ndarray, "h w"]], truth: Mapping[str, Bool[np.ndarray, "h w"]]
) -> dict[str, float]:
    """Return `boundary_metrics` of the first label's lines, and of the second's as `far_f1` and so on, if there is one.

    predicted, truth: lines by label, occluders before what is behind them. Raises ArrayError.
    """
    near, *others = (boundary_metrics(predicted[label], lines) for label, lines in truth.items())
    return {**near, **{f"far_{name}": value for far in others for name, value in far.items()}}


def boundary_summary(scores: Sequence[dict[str, float]]) -> dict[str, float]:
    """Return precision, recall and f1 by the sums of the counts, and mean_f1 over images; of the far side too.

    NaN where there are no scores.
    """
    summary: dict[str, float] = {}
    for side in ("", "far_"):
        counted = [score for score in scores if f"{side}matched" in score]
        if counted or not side:
            sums = (sum(score[side + name] for score in counted) for name in _COUNTS)
            ratios = _ratios(*sums) if counted else dict.fromkeys(("precision", "recall", "f1"), float("nan"))
            summary |= {side + name: value for name, value in ratios.items()}
            mean = float(np.mean([score[f"{side}f1"] for score in counted])) if counted else float("nan")
            summary[f"{side}mean_f1"] = mean
    return summary


def thin(mask: Bool[np.ndarray, "h w"]) -> Bool[np.ndarray, "h w"]:
    """Thin lines to one pixel (8-connected), by Guo and Hall."""
    left = mask.copy()
    while True:
        before = int(left.sum())
        for first in (True, False):
            left &= ~_peeled(left, first=first)
        if int(left.sum()) == before:
            return left


def _peeled(mask: Bool[np.ndarray, "h w"], *, first: bool) -> Bool[np.ndarray, "h w"]:
    """The pixels that one of the two passes of an iteration takes away."""
    padded = np.pad(mask, 1)
    height, width = mask.shape
    # Clockwise from the pixel above: P2 to P9.
    offsets = ((-1, 0), (-1, 1), (0, 1), (1, 1), (1, 0), (1, -1), (0, -1), (-1, -1))
    p2, p3, p4, p5, p6, p7, p8, p9 = (padded[1 + dy : 1 + dy + height, 1 + dx : 1 + dx + width] for dy, dx in offsets)
    pieces = _count(~p2 & (p3 | p4), ~p4 & (p5 | p6), ~p6 & (p7 | p8), ~p8 & (p9 | p2))
    neighbours = np.minimum(_count(p9 | p2, p3 | p4, p5 | p6, p7 | p8), _count(p2 | p3, p4 | p5, p6 | p7, p8 | p9))
    kept = (p2 | p3 | ~p5) & p4 if first else (p6 | p7 | ~p9) & p8
    peeled: Bool[np.ndarray, "h w"] = mask & (pieces == 1) & (neighbours >= 2) & (neighbours <= 3) & ~kept
    return peeled


def _count(*conditions: Bool[np.ndarray, "h w"]) -> UInt8[np.ndarray, "h w"]:
    count: UInt8[np.ndarray, "h w"] = np.sum(conditions, axis=0, dtype=np.uint8)
    return count


def _matched(a: Float64[np.ndarray, "n 2"], b: Float64[np.ndarray, "m 2"], reach: float) -> int:
    """The largest number of one-to-one pairs of points (rows) of two sets that are at most `reach` apart."""
    if not len(a) or not len(b):
        return 0
    near = cKDTree(a).query_ball_tree(cKDTree(b), reach)
    ends = np.cumsum([0, *map(len, near)])
    columns = np.fromiter((j for row in near for j in row), np.int32, ends[-1])
    graph = csr_matrix((np.ones(len(columns), bool), columns, ends), shape=(len(a), len(b)))
    return int((maximum_bipartite_matching(graph, perm_type="column") >= 0).sum())


def _ratios(matched: float, predicted: float, truth: float) -> dict[str, float]:
    if not predicted and not truth:
        return {"precision": 1.0, "recall": 1.0, "f1": 1.0}
    precision = matched / predicted if predicted else 0.0
    recall = matched / truth if truth else 0.0
    return {"precision": precision, "recall": recall, "f1": 2 * matched / (predicted + truth)}
