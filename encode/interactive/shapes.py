"""The shapes of marks in pixels: dots, outlines of boxes and strokes, drawn and recognised."""

from itertools import pairwise
from typing import NamedTuple

import numpy as np
from jaxtyping import Bool, Float64

from encode.formulas.boxes import PixelBox
from encode.lazy_import import import_lazily
from encode.pixel_shapes import box_of, clearance, disc, outline

__all__ = [
    "Dot",
    "dot_radii",
    "draw_dots",
    "draw_outline",
    "draw_stroke",
    "is_stroke",
    "line_widths",
    "read_dots",
    "read_outline",
    "stroke_radii",
]

# Sizes as shares of the image's shorter side, and least sizes in pixels: smaller marks do not survive a trainer's VAE.
_DOT_RADII, _LEAST_DOT = (0.008, 0.016), (2, 3)
_LINE_WIDTHS, _LEAST_LINE = (0.004, 0.01), (2, 3)
_STROKE_RADII, _LEAST_STROKE = (0.003, 0.008), (1, 1)

# More pieces than this are not read one by one: they are no marks of ours, and a stranger's image may hold millions.
_MOST_DOTS = 16

# A stroke is at least so many times as long as it is wide.
_LENGTH = 3.0


class Dot(NamedTuple):
    """A disc of the pixels within `radius` + 0.5 of its centre, which is in column `x` and row `y`."""

    x: int
    y: int
    radius: int


def dot_radii(shape: tuple[int, int]) -> tuple[int, int]:
    """Least and greatest radius of a dot in an image of `shape` (height, width), pixels."""
    return _sizes(shape, _DOT_RADII, _LEAST_DOT)


def line_widths(shape: tuple[int, int]) -> tuple[int, int]:
    """Least and greatest width of a box's outline, pixels."""
    return _sizes(shape, _LINE_WIDTHS, _LEAST_LINE)


def stroke_radii(shape: tuple[int, int]) -> tuple[int, int]:
    """Least and greatest radius of the pen of a stroke, pixels."""
    return _sizes(shape, _STROKE_RADII, _LEAST_STROKE)


def draw_dots(shape: tuple[int, int], dots: list[Dot]) -> Bool[np.ndarray, "h w"]:
    """Return the pixels of dots, which must lie inside the image."""
    mask = np.zeros(shape, bool)
    for dot in dots:
        window = slice(dot.y - dot.radius, dot.y + dot.radius + 1), slice(dot.x - dot.radius, dot.x + dot.radius + 1)
        mask[window] |= disc(dot.radius)
    return mask


def read_dots(mask: Bool[np.ndarray, "h w"]) -> list[Dot] | None:
    """Return the dots that a mask consists of, row by row; None where it holds anything else, or more than 16."""
    ndimage = import_lazily("scipy.ndimage")

    labels, count = ndimage.label(mask, np.ones((3, 3)))
    if count > _MOST_DOTS:
        return None
    dots = []
    for label, (rows, columns) in enumerate(ndimage.find_objects(labels), start=1):
        side = rows.stop - rows.start
        if not np.array_equal(labels[rows, columns] == label, disc(side // 2)):
            return None
        dots.append(Dot(columns.start + side // 2, rows.start + side // 2, side // 2))
    return sorted(dots, key=lambda dot: (dot.y, dot.x))


def draw_outline(shape: tuple[int, int], box: PixelBox, width: int) -> Bool[np.ndarray, "h w"]:
    """Return the outline of a box: its pixels that are nearer than `width` to its border, from inside."""
    mask = np.zeros(shape, bool)
    mask[box.top : box.bottom, box.left : box.right] = outline((box.bottom - box.top, box.right - box.left), width)
    return mask


def read_outline(mask: Bool[np.ndarray, "h w"]) -> tuple[PixelBox, int] | None:
    """Return the box and the line's width of an outline; None where the mask is anything else, a filled box too."""
    box = box_of(mask)
    if not box.area:
        return None
    column = mask[box.top : box.bottom, (box.left + box.right) // 2]
    width = len(column) if column.all() else int(column.argmin())
    hollow = 2 * width < min(box.right - box.left, box.bottom - box.top)
    return (box, width) if hollow and np.array_equal(mask, draw_outline(mask.shape, box, width)) else None


def draw_stroke(shape: tuple[int, int], points: Float64[np.ndarray, "n 2"], radius: int) -> Bool[np.ndarray, "h w"]:
    """Return the pixels within `radius` + 0.5 of the line through `points` (row, column)."""
    edt = import_lazily("scipy.ndimage").distance_transform_edt

    line = np.ones(shape, bool)
    for first, last in pairwise(points):
        steps = 1 + int(np.ceil(np.abs(last - first).max() * 2))
        rows, columns = np.rint(np.linspace(first, last, steps + 1)).astype(np.int64).T
        line[rows, columns] = False
    stroke: Bool[np.ndarray, "h w"] = edt(line) <= radius + 0.5
    return stroke


def is_stroke(mask: Bool[np.ndarray, "h w"]) -> bool:
    """Whether a mask is one line of a pen that the image's size allows, and long for its width."""
    ndimage = import_lazily("scipy.ndimage")

    if ndimage.label(mask, np.ones((3, 3)))[1] != 1:
        return False
    box = box_of(mask)
    window = mask[box.top : box.bottom, box.left : box.right]
    widest = float(clearance(window).max())
    least, most = stroke_radii(mask.shape)
    long = float(np.hypot(*window.shape)) >= _LENGTH * (2 * widest - 1)
    # Where the line turns, what it covers is up to twice as wide.
    return long and least <= widest <= 2 * most + 1


def _sizes(shape: tuple[int, int], shares: tuple[float, float], least: tuple[int, int]) -> tuple[int, int]:
    low, high = (max(pixels, round(share * min(shape))) for share, pixels in zip(shares, least, strict=True))
    return low, high
