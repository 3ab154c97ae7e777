"""Lines of a stated width along edges, each on the surface that it belongs to.

A band of width n is the pixel at the edge and up to n - 1 more behind it, in the row or column that crosses the edge.
It ends where another object or another edge begins. What is on a near and on a far side belongs to the near one.
"""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from jaxtyping import Bool, UInt32

from encode.edges.kinds import CONTOURS, FAR_SIDE, checked_width
from encode.edges.occlusion import occlusions
from encode.frame import Frame

__all__ = ["EdgeBand", "edge_bands"]


@dataclass(frozen=True, slots=True, eq=False)
class EdgeBand:
    """The line of one label, and the ids of the objects that it lies on; 0, no surface, is not among them."""

    mask: Bool[np.ndarray, "h w"]
    ids: tuple[int, ...]


@dataclass(frozen=True, slots=True, eq=False)
class _Links:
    """For each pixel and the next one of its row: on which of the two a line begins, and whether both are one surface.

    first, second: the pixel, the next one.
    """

    first: Bool[np.ndarray, "h w_1"]
    second: Bool[np.ndarray, "h w_1"]
    joined: Bool[np.ndarray, "h w_1"]


def edge_bands(frame: Frame, labels: Sequence[str], width: float) -> dict[str, EdgeBand]:
    """Return the line of each label, all False where there is none.

    labels: one of `EDGE_LABELS`. width: one of `WIDTHS`, pixels. Raises MetaError for others.
    """
    pixels = checked_width(width, labels)
    if CONTOURS in labels:
        return {CONTOURS: _band(frame, _contour_links(frame), pixels // 2)}
    near = _band(frame, _occlusion_links(frame, near=True), pixels)
    bands = {labels[0]: near}
    if FAR_SIDE in labels:
        bands[FAR_SIDE] = _band(frame, _occlusion_links(frame, near=False), pixels, taken=near.mask)
    return bands


def _band(
    frame: Frame, links: tuple[_Links, _Links], width: int, taken: Bool[np.ndarray, "h w"] | None = None
) -> EdgeBand:
    """The line that begins at these links: those of the rows, and those of the columns with the axes swapped."""
    rows, columns = links
    mask = _runs(rows, width) | _runs(columns, width).T
    if taken is not None:
        mask &= ~taken
    return EdgeBand(mask, tuple(int(i) for i in np.unique(frame.truth.instance[mask]) if i))


def _runs(links: _Links, width: int) -> Bool[np.ndarray, "h w"]:
    """The pixels of the lines along rows: `first` ones run to the left, `second` ones to the right."""
    height, others = links.joined.shape
    mask = np.zeros((height, others + 1), bool)
    left, right = np.zeros_like(mask), np.zeros_like(mask)
    left[:, :-1], right[:, 1:] = links.first, links.second
    for _ in range(width):
        mask |= left | right
        left[:, :-1], left[:, -1] = left[:, 1:] & links.joined, False
        right[:, 1:], right[:, 0] = right[:, :-1] & links.joined, False
    return mask


def _occlusion_links(frame: Frame, *, near: bool) -> tuple[_Links, _Links]:
    found, ids = occlusions(frame), frame.truth.instance
    side = 1 if near else -1
    rows, columns = (
        _Links(edge == side, edge == -side, (edge == 0) & _same(axis_ids))
        for edge, axis_ids in ((found.across, ids), (found.down.T, ids.T))
    )
    return rows, columns


def _contour_links(frame: Frame) -> tuple[_Links, _Links]:
    same = _same(frame.truth.instance), _same(frame.truth.instance.T)
    rows, columns = (_Links(~joined, ~joined, joined) for joined in same)
    return rows, columns


def _same(ids: UInt32[np.ndarray, "h w"]) -> Bool[np.ndarray, "h w_1"]:
    same: Bool[np.ndarray, "h w_1"] = ids[:, 1:] == ids[:, :-1]
    return same
