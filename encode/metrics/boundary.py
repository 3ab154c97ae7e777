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
from functools import cache

import numpy as np
from jaxtyping import Bool, Int32, Int64, UInt8

from encode.check import check_masks
from encode.errors import MetaError
from encode.lazy_import import import_lazily

__all__ = ["TOLERANCE", "boundary_metrics", "boundary_summary", "edge_scores", "thin"]

#: Largest distance of matched pixels, as a share of the image's diagonal.
TOLERANCE = 0.0075

_COUNTS = ("matched", "predicted", "truth")


def boundary_metrics(predicted: Bool[np.ndarray, "h w"], truth: Bool[np.ndarray, "h w"]) -> dict[str, float]:
    """Return precision, recall and f1 of lines of any width, and the counts of pixels `matched`, `predicted`, `truth`.

    Two empty maps agree: all three are 1. Raises ArrayError.
    """
    check_masks(predicted, truth, "boundary")
    lines = thin(predicted), thin(truth)
    reach = TOLERANCE * float(np.hypot(*truth.shape))
    counts = (float(_matched(*lines, reach)), float(lines[0].sum()), float(lines[1].sum()))
    return {**_ratios(*counts), **dict(zip(_COUNTS, counts, strict=True))}


def edge_scores(
    predicted: Mapping[str, Bool[np.ndarray, "h w"]], truth: Mapping[str, Bool[np.ndarray, "h w"]]
) -> dict[str, float]:
    """Return `boundary_metrics` of the first label's lines, and of the second's as `far_f1` and so on, if there is one.

    predicted, truth: lines by label, occluders before what is behind them. Raises ArrayError, and MetaError where truth
    has no label.
    """
    if not truth:
        raise MetaError("edges", "lines of at least one label", "none")
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
    """Thin lines to one pixel (8-connected), by Guo and Hall.

    A pixel is looked at again only where a pixel around it has gone, so that the work grows with the lines' pixels.
    """
    padded = np.pad(mask, 1)
    left, stride = padded.reshape(-1), padded.shape[1]
    around = np.array([dy * stride + dx for dy, dx in _AROUND])
    border = np.flatnonzero(left)
    border = border[~left[border[:, None] + around].all(1)]
    waiting = [border, border]
    last = np.zeros(len(left), np.int32)
    while len(waiting[0]) or len(waiting[1]):
        for number in (0, 1):
            looked = waiting[number][left[waiting[number]]]
            gone = looked[_peeling(number)[left[looked[:, None] + around] @ _BITS]]
            left[gone] = False
            near = (gone[:, None] + around).ravel()
            waiting[number] = _once(near[left[near]], last)
            waiting[1 - number] = _once(np.concatenate([waiting[1 - number], waiting[number]]), last)
    thinned: Bool[np.ndarray, "h w"] = padded[1:-1, 1:-1].copy()
    return thinned


def _once(places: Int64[np.ndarray, " n"], last: Int32[np.ndarray, " p"]) -> Int64[np.ndarray, " m"]:
    """Each of the places once; `last` is room for a number a place."""
    order = np.arange(len(places), dtype=np.int32)
    last[places] = order
    first: Int64[np.ndarray, " m"] = places[last[places] == order]
    return first


#: Row and column of the pixels around one, clockwise from that above (Guo and Hall's P2 to P9), and their bits.
_AROUND = ((-1, 0), (-1, 1), (0, 1), (1, 1), (1, 0), (1, -1), (0, -1), (-1, -1))
_BITS = 1 << np.arange(8)


@cache
def _peeling(number: int) -> Bool[np.ndarray, "256"]:
    """Whether pass `number` (0 or 1) of an iteration takes a pixel away, by the bits of those around it."""
    p2, p3, p4, p5, p6, p7, p8, p9 = (np.arange(256)[None] & _BITS[:, None]) > 0
    pieces = _count(~p2 & (p3 | p4), ~p4 & (p5 | p6), ~p6 & (p7 | p8), ~p8 & (p9 | p2))
    neighbours = np.minimum(_count(p9 | p2, p3 | p4, p5 | p6, p7 | p8), _count(p2 | p3, p4 | p5, p6 | p7, p8 | p9))
    stays = (p6 | p7 | ~p9) & p8 if number else (p2 | p3 | ~p5) & p4
    peeling: Bool[np.ndarray, 256] = (pieces == 1) & (neighbours >= 2) & (neighbours <= 3) & ~stays
    return peeling


def _count(*conditions: Bool[np.ndarray, " n"]) -> UInt8[np.ndarray, " n"]:
    count: UInt8[np.ndarray, " n"] = np.sum(conditions, axis=0, dtype=np.uint8)
    return count


def _matched(a: Bool[np.ndarray, "h w"], b: Bool[np.ndarray, "h w"], reach: float) -> int:
    """The largest number of one-to-one pairs of pixels of two maps that are at most `reach` apart."""
    rows, columns = _near_pairs(a, b, reach)
    if not len(rows):
        return 0
    graph = import_lazily("scipy.sparse").csr_matrix(
        (np.ones(len(rows), bool), (rows, columns)), shape=(int(a.sum()), int(b.sum()))
    )
    matching = import_lazily("scipy.sparse.csgraph").maximum_bipartite_matching(graph, perm_type="column")
    return int((matching >= 0).sum())


def _near_pairs(
    a: Bool[np.ndarray, "h w"], b: Bool[np.ndarray, "h w"], reach: float
) -> tuple[Int32[np.ndarray, " n"], Int32[np.ndarray, " n"]]:
    """Numbers, row by row, of the pixels of `a` and of `b` that are at most `reach` apart: one pair an entry."""
    steps = np.arange(-int(reach), int(reach) + 1)
    numbers = np.where(b, np.cumsum(b).reshape(b.shape) - 1, -1).astype(np.int32)
    numbers = np.pad(numbers, int(reach), constant_values=-1)
    v, u = (axis + int(reach) for axis in np.nonzero(a))
    pairs = []
    for dv in steps:
        for du in steps[steps**2 + dv**2 <= reach**2]:
            found = numbers[v + dv, u + du]
            near = np.flatnonzero(found >= 0).astype(np.int32)
            pairs.append((near, found[near]))
    rows, columns = (np.concatenate(part) for part in zip(*pairs, strict=True))
    return rows, columns


def _ratios(matched: float, predicted: float, truth: float) -> dict[str, float]:
    if not predicted and not truth:
        return {"precision": 1.0, "recall": 1.0, "f1": 1.0}
    precision = matched / predicted if predicted else 0.0
    recall = matched / truth if truth else 0.0
    return {"precision": precision, "recall": recall, "f1": 2 * matched / (predicted + truth)}
