"""Stage 5 of the instance decoder: joins pieces of one instance that an object in front separates."""

from dataclasses import dataclass

import numpy as np
from jaxtyping import Float64, Int32, UInt8

from encode.formulas.boxes import PixelBox
from encode.lazy_import import import_lazily

__all__ = ["merge_pieces"]


def merge_pieces(
    rgb: UInt8[np.ndarray, "h w 3"], labels: Int32[np.ndarray, "h w"], tolerance: float, max_box_growth: float
) -> Int32[np.ndarray, "h w"]:
    """Join regions whose mean colours are nearer than `tolerance`, the nearest first.

    Their joint bounding box must be at most `max_box_growth` times the sum of the boxes joined.
    """
    pieces = _pieces(rgb, labels)
    groups = [[i + 1] for i in range(len(pieces))]
    while (best := _closest_pair(pieces, tolerance, max_box_growth)) is not None:
        i, j = best
        pieces[i] = pieces[i].joined(pieces.pop(j))
        groups[i] += groups.pop(j)
    table = np.zeros(labels.max(initial=0) + 1, np.int32)
    for label, group in enumerate(groups, start=1):
        table[group] = label
    renumbered: Int32[np.ndarray, "h w"] = table[labels]
    return renumbered


@dataclass(frozen=True, slots=True)
class _MaskPiece:
    area: int
    color: Float64[np.ndarray, " 3"]
    box: PixelBox
    box_area: int  # summed over the parts joined so far

    def joined(self, other: "_MaskPiece") -> "_MaskPiece":
        area = self.area + other.area
        color = (self.color * self.area + other.color * other.area) / area
        return _MaskPiece(area, color, self.box.joined(other.box), self.box_area + other.box_area)


def _pieces(rgb: UInt8[np.ndarray, "h w 3"], labels: Int32[np.ndarray, "h w"]) -> list[_MaskPiece]:
    ndimage = import_lazily("scipy.ndimage")

    pieces = []
    for label, window in enumerate(ndimage.find_objects(labels), start=1):
        y, x = window
        colors = rgb[window][labels[window] == label]
        box = PixelBox(x.start, y.start, x.stop, y.stop)
        pieces.append(_MaskPiece(len(colors), colors.mean(0, np.float64), box, box.area))
    return pieces


def _closest_pair(pieces: list[_MaskPiece], tolerance: float, max_box_growth: float) -> tuple[int, int] | None:
    if len(pieces) < 2:
        return None
    colors = np.array([piece.color for piece in pieces])
    distance = np.sqrt(((colors[:, None] - colors[None]) ** 2).sum(-1))
    rows, columns = np.nonzero(np.triu(distance < tolerance, 1))
    order = np.argsort(distance[rows, columns], kind="stable")
    for i, j in zip(rows[order].tolist(), columns[order].tolist(), strict=True):
        limit = max_box_growth * (pieces[i].box_area + pieces[j].box_area)
        if pieces[i].box.joined(pieces[j].box).area <= limit:
            return i, j
    return None
