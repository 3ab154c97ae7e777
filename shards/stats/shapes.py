"""Where the things of frames are, how large, and how far from convex."""

from collections.abc import Iterable
from dataclasses import dataclass, field

import numpy as np
from jaxtyping import Bool, Int64

from encode import Frame
from encode.formulas.boxes import PixelBox
from encode.frame import ObjectRecord
from encode.lazy_import import import_lazily
from shards.stats.histogram import Histogram

__all__ = ["CENTER_CELLS", "ShapeStatistics", "concavity"]

#: Cells of the centre map along each side.
CENTER_CELLS = 9

# Things of fewer visible pixels have no outline to speak of.
_LEAST_PIXELS = 64


def _shares() -> Histogram:
    return Histogram(np.linspace(0, 1, 51))


def _cells() -> Int64[np.ndarray, "9 9"]:
    return np.zeros((CENTER_CELLS, CENTER_CELLS), np.int64)


@dataclass(slots=True)
class ShapeStatistics:
    """Counts over visible things.

    centers: of the visible box, rows from the top and columns from the left of the image. relative_size: the square
    root of the share of the image (as LVIS has it). concavity: of the visible mask.
    """

    centers: Int64[np.ndarray, "9 9"] = field(default_factory=_cells)
    relative_size: Histogram = field(default_factory=_shares)
    concavity: Histogram = field(default_factory=_shares)

    def add(self, frame: Frame, things: Iterable[ObjectRecord]) -> None:
        """Count the things of a frame, which are visible in it."""
        height, width = frame.truth.shape
        for record in things:
            box = record.box_2d
            row = min(int((box.top + box.bottom) / 2 / height * CENTER_CELLS), CENTER_CELLS - 1)
            column = min(int((box.left + box.right) / 2 / width * CENTER_CELLS), CENTER_CELLS - 1)
            self.centers[row, column] += 1
            self.relative_size.add(np.array([np.sqrt(record.visible_pixels / (height * width))]))
            if record.visible_pixels >= _LEAST_PIXELS:
                self.concavity.add(np.array([concavity(_window(frame, box) == record.id)]))

    def merge(self, other: "ShapeStatistics") -> None:
        """Add another's counts."""
        self.centers += other.centers
        self.relative_size.merge(other.relative_size)
        self.concavity.merge(other.concavity)

    @property
    def middle_ninth(self) -> float:
        """The share of the things whose centre is in the middle third of both sides; NaN where there are none."""
        total = int(self.centers.sum())
        third = CENTER_CELLS // 3
        return float(self.centers[third : 2 * third, third : 2 * third].sum() / total) if total else float("nan")


def concavity(mask: Bool[np.ndarray, "h w"]) -> float:
    """Return the share of the convex hull of a mask's pixels, as squares, that the mask leaves; 0: it is convex."""
    rows, columns = np.nonzero(mask)
    if not len(rows):
        return 0.0
    first, last = (np.full(mask.shape[0], end) for end in (mask.shape[1], -1))
    np.minimum.at(first, rows, columns)
    np.maximum.at(last, rows, columns)
    used = np.unique(rows)
    sides = np.concatenate([first[used], last[used] + 1])
    corners = np.stack([np.concatenate([np.tile(used, 2), np.tile(used, 2) + 1]), np.tile(sides, 2)], axis=1)
    hull = import_lazily("scipy.spatial").ConvexHull(corners)
    return float(1 - len(rows) / hull.volume)


def _window(frame: Frame, box: PixelBox) -> np.ndarray:
    return frame.truth.instance[box.top : box.bottom, box.left : box.right]
