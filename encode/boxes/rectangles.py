"""Finds the rectangles whose outlines a mask of lines shows, overlapping ones of one colour too.

A group of lines that one outline or one filled rectangle explains is that one. Else all rectangles between the group's
edges are tried whose four sides are lines, and the fewest that explain the lines are taken greedily: by how much of
the lines nothing else explains. One that the others explain is dropped in the end: two boxes side by side show the
sides of a third around both.
"""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from jaxtyping import Bool, Float64, Int64

from encode.formulas.boxes import PixelBox, box_2d
from encode.lazy_import import import_lazily

__all__ = ["find_rectangles"]

# Least share of each side that must be lines where one outline is all of a group: a model's outlines have gaps.
_LEAST_ALONE = 0.6

# The same where several outlines cross.
_LEAST_SIDE = 0.75

# Least share of an outline in its own colour, where lines of others may hide it.
_LEAST_OWN = 0.3

# Least share of a group's lines that one outline must explain to be all of it, and of its box to be filled.
_MOSTLY = 0.9
_NEARLY_ALL = 0.98
_FILLED = 0.7

# Share of an outline that no other explains, under which a rectangle is not taken.
_LEAST_NEW = 0.08


@dataclass(frozen=True, slots=True)
class _Strictness:
    """How much of each side must be lines, and of an outline nothing else explain; `margin`: see `_outline`."""

    least_side: float
    least_new: float
    margin: int


# Crisp lines first, since gaps let chance make up rectangles of parts of others; then, where those do not explain the
# lines, soft ones with gaps, which are wider than they should be.
_CRISP = _Strictness(0.99, 0.0, 0)
_SOFT = _Strictness(_LEAST_SIDE, _LEAST_NEW, 1)

# Edges of a group in each direction that are tried; more make a tangle that no one can read.
_MOST_EDGES = 20
_MOST_RECTANGLES = 20_000

Mask = Bool[np.ndarray, "h w"]


def find_rectangles(lines: Mask, others: Mask, line_width: int) -> list[PixelBox]:
    """Return the boxes whose outlines `lines` shows, of lines about `line_width` pixels wide.

    others: lines of other colours, under which these may go on.
    """
    ndimage = import_lazily("scipy.ndimage")

    eight = np.ones((3, 3), bool)
    joined = ndimage.binary_dilation(lines, eight, iterations=line_width) | others
    groups = np.where(lines, ndimage.label(joined, eight)[0], 0)
    boxes, unread = [], []
    for number, window in enumerate(ndimage.find_objects(groups), start=1):
        if window is not None:
            own = groups[window] == number
            left, top = window[1].start, window[0].start
            found = _read_group(_LineGroup.of(own, others[window], line_width))
            boxes += [PixelBox(x0 + left, y0 + top, x1 + left, y1 + top) for x0, y0, x1, y1 in found]
            if not found and own.sum() >= line_width**2:
                unread.append(number)
    if len(unread) > 1:  # pieces of outlines with wide gaps
        boxes += _read_group(_LineGroup.of(np.isin(groups, unread), others, line_width))
    return boxes


@dataclass(frozen=True, slots=True)
class _LineGroup:
    """Lines that hang together, cut out of the image.

    own: pixels of the lines. own_sum, seen_sum: integral images of them, and of them with what may hide them.
    """

    own: Mask
    own_sum: Int64[np.ndarray, "h1 w1"]
    seen_sum: Int64[np.ndarray, "h1 w1"]
    width: int

    @classmethod
    def of(cls, own: Mask, others: Mask, width: int) -> "_LineGroup":
        return cls(own, _integral(own), _integral(own | others), width)


def _read_group(group: _LineGroup) -> list[PixelBox]:
    pixels = int(group.own.sum())
    if pixels < group.width**2:
        return []
    rows, columns = group.own.any(1), group.own.any(0)
    box = box_2d(rows, columns)
    if _is_all_of(group, box, pixels):
        return [box]
    boxes: list[PixelBox] = []
    for strictness in (_CRISP, _SOFT):
        candidates = _candidates(group, strictness.least_side)
        boxes = [PixelBox(*candidates[i].tolist()) for i in _cover(group, candidates, strictness)]
        if _explained(group, boxes) >= _NEARLY_ALL:
            break
    return boxes


def _is_all_of(group: _LineGroup, box: PixelBox, pixels: int) -> bool:
    """Whether one box explains the group: its outline, or its filled rectangle."""
    if min(box.right - box.left, box.bottom - box.top) < 2 * group.width:
        return False
    if pixels >= _FILLED * box.area:
        return True
    corners = np.array([box], np.int64)
    sides = _side_shares(group, corners)[0]
    explained = _outline_sums(group.own_sum, corners, group.width + 1)[0]
    own = _outline_shares(group.own_sum, corners, group.width)[0]
    return bool(sides.min() >= _LEAST_ALONE and explained >= _MOSTLY * pixels and own >= _LEAST_OWN)


def _explained(group: _LineGroup, boxes: Sequence[PixelBox]) -> float:
    """Share of the lines that the outlines cover."""
    rest = group.own.copy()
    for box in boxes:
        rest &= ~_outline(rest.shape, np.array(box, np.int64), group.width, 0)
    return 1 - float(rest.sum() / group.own.sum())


def _candidates(group: _LineGroup, least_side: float) -> Int64[np.ndarray, "n 4"]:
    """Rectangles (left, top, right, bottom) between the edges of a group whose four sides are lines."""
    lefts, rights = _edges(group.own, 1, group.width)
    tops, bottoms = _edges(group.own, 0, group.width)
    if not all(map(len, (lefts, rights, tops, bottoms))):
        return np.zeros((0, 4), np.int64)
    width, seen = group.width, group.seen_sum
    y0, y1 = tops[None, :, None], bottoms[None, None, :]
    x0, x1 = lefts[None, :, None], rights[None, None, :]
    left = _share(seen, lefts[:, None, None], y0, lefts[:, None, None] + width, y1)
    right = _share(seen, rights[:, None, None] - width, y0, rights[:, None, None], y1)
    top = _share(seen, x0, tops[:, None, None], x1, tops[:, None, None] + width)
    bottom = _share(seen, x0, bottoms[:, None, None] - width, x1, bottoms[:, None, None])
    # Axes: left, right, top, bottom.
    fits = (left >= least_side)[:, None] & (right >= least_side)[None]
    fits &= np.moveaxis(top >= least_side, 0, 2)[..., None]
    fits &= np.moveaxis(bottom >= least_side, 0, 2)[:, :, None]
    i, j, k, m = np.nonzero(fits)
    found: Int64[np.ndarray, "n 4"] = np.stack([lefts[i], tops[k], rights[j], bottoms[m]], -1)
    # What is thinner than two lines is a line.
    found = found[(found[:, 2:] - found[:, :2]).min(-1, initial=group.own.size) >= 2 * width]
    found = found[_outline_shares(group.own_sum, found, width) >= _LEAST_OWN]
    if len(found) > _MOST_RECTANGLES:
        largest = np.argsort(-_outline_sums(group.own_sum, found, width), kind="stable")
        found = found[largest[:_MOST_RECTANGLES]]
    return found


def _edges(own: Mask, axis: int, width: int) -> tuple[Int64[np.ndarray, " a"], Int64[np.ndarray, " b"]]:
    """Positions along an axis where lines begin, and where they end (half-open), of which the longest are kept.

    Where two lines lie side by side, one ends inside: so each beginning also gives an end, a width farther, and each
    end a beginning.
    """
    padded = np.pad(own, [(1, 1) if i == axis else (0, 0) for i in range(2)])
    step = np.diff(padded.astype(np.int8), axis=axis)
    ends = []
    for change in (1, -1):
        counts = (step == change).sum(1 - axis)
        positions = np.flatnonzero(counts > width)
        longest = positions[np.argsort(-counts[positions], kind="stable")[:_MOST_EDGES]]
        ends.append(longest)
    return np.union1d(ends[0], ends[1] - width), np.union1d(ends[1], ends[0] + width)


def _cover(group: _LineGroup, candidates: Int64[np.ndarray, "n 4"], strictness: _Strictness) -> list[int]:
    """The candidates that explain the lines: each time the one that adds most, then without those that add nothing."""
    width = group.width
    rest, chosen = group.own.copy(), []
    sides = candidates[:, 2:] - candidates[:, :2]
    areas = sides.prod(-1)
    # Those without a hole come last: two lines side by side look like one.
    solid = sides.min(-1, initial=group.own.size) <= 2 * width
    only_hollow = True
    while len(candidates):
        new = np.where(solid & only_hollow, 0, _outline_sums(_integral(rest), candidates, width))
        best = int(np.lexsort((areas, -new))[0])
        size = _outline_size(candidates[best : best + 1], width)[0]
        if new[best] < max(1, strictness.least_new * size):
            if not only_hollow:
                break
            only_hollow = False
            continue
        chosen.append(best)
        rest &= ~_outline(group.own.shape, candidates[best], width, strictness.margin)
    return _without_idle(group, candidates, chosen, strictness.least_new / 2)


def _without_idle(
    group: _LineGroup, candidates: Int64[np.ndarray, "n 4"], chosen: list[int], least_alone: float
) -> list[int]:
    """Without the rectangles of which the others explain all but that share, the first taken looked at first."""
    masks = {i: _outline(group.own.shape, candidates[i], group.width, 0) & group.own for i in chosen}
    times = sum((mask.astype(np.int64) for mask in masks.values()), np.zeros(group.own.shape, np.int64))
    kept = []
    for i in chosen:
        alone = int((masks[i] & (times == 1)).sum())
        if alone < max(1, least_alone * int(masks[i].sum())):
            times -= masks[i]
        else:
            kept.append(i)
    return kept


def _outline(shape: tuple[int, ...], corners: Int64[np.ndarray, " 4"], width: int, margin: int) -> Mask:
    """Mask of an outline, `margin` pixels wider on either side of its line."""
    x0, y0, x1, y1 = corners.tolist()
    mask = np.zeros(shape, bool)
    mask[max(y0 - margin, 0) : y1 + margin, max(x0 - margin, 0) : x1 + margin] = True
    inset = width + margin
    if x1 - x0 > 2 * inset and y1 - y0 > 2 * inset:
        mask[y0 + inset : y1 - inset, x0 + inset : x1 - inset] = False
    return mask


def _side_shares(group: _LineGroup, corners: Int64[np.ndarray, "n 4"]) -> Float64[np.ndarray, "n 4"]:
    x0, y0, x1, y1 = corners.T
    width, seen = group.width, group.seen_sum
    sides = ((x0, y0, x0 + width, y1), (x1 - width, y0, x1, y1), (x0, y0, x1, y0 + width), (x0, y1 - width, x1, y1))
    return np.stack([_share(seen, *side) for side in sides], -1)


def _outline_shares(
    sums: Int64[np.ndarray, "h1 w1"], corners: Int64[np.ndarray, "n 4"], width: int
) -> Float64[np.ndarray, " n"]:
    return np.asarray(_outline_sums(sums, corners, width) / np.maximum(_outline_size(corners, width), 1))


def _outline_sums(
    sums: Int64[np.ndarray, "h1 w1"], corners: Int64[np.ndarray, "n 4"], width: int
) -> Int64[np.ndarray, " n"]:
    """Pixels that an integral image counts on each outline."""
    x0, y0, x1, y1 = corners.T
    hollow = (x1 - x0 > 2 * width) & (y1 - y0 > 2 * width)
    inner = _sum(sums, x0 + width, y0 + width, x1 - width, y1 - width)
    return np.asarray(_sum(sums, x0, y0, x1, y1) - np.where(hollow, inner, 0))


def _outline_size(corners: Int64[np.ndarray, "n 4"], width: int) -> Int64[np.ndarray, " n"]:
    x0, y0, x1, y1 = corners.T
    inner = np.maximum(x1 - x0 - 2 * width, 0) * np.maximum(y1 - y0 - 2 * width, 0)
    return np.asarray((x1 - x0) * (y1 - y0) - inner)


def _share(
    sums: Int64[np.ndarray, "h1 w1"],
    x0: Int64[np.ndarray, "*a"],
    y0: Int64[np.ndarray, "*b"],
    x1: Int64[np.ndarray, "*c"],
    y1: Int64[np.ndarray, "*d"],
) -> Float64[np.ndarray, "*e"]:
    """Share of the pixels of half-open boxes that an integral image counts; 0 for boxes without pixels."""
    size = np.maximum(x1 - x0, 0) * np.maximum(y1 - y0, 0)
    return np.asarray(np.where(size > 0, _sum(sums, x0, y0, x1, y1) / np.maximum(size, 1), 0.0))


def _sum(
    sums: Int64[np.ndarray, "h1 w1"],
    x0: Int64[np.ndarray, "*a"],
    y0: Int64[np.ndarray, "*b"],
    x1: Int64[np.ndarray, "*c"],
    y1: Int64[np.ndarray, "*d"],
) -> Int64[np.ndarray, "*e"]:
    height, width = sums.shape[0] - 1, sums.shape[1] - 1
    x0, x1, y0, y1 = (np.clip(v, 0, most) for v, most in ((x0, width), (x1, width), (y0, height), (y1, height)))
    return np.asarray(sums[y1, x1] - sums[y0, x1] - sums[y1, x0] + sums[y0, x0])


def _integral(mask: Mask) -> Int64[np.ndarray, "h1 w1"]:
    sums = np.zeros((mask.shape[0] + 1, mask.shape[1] + 1), np.int64)
    np.cumsum(np.cumsum(mask, 0, dtype=np.int64), 1, out=sums[1:, 1:])
    return sums
