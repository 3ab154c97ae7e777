"""Boxes of what is seen, and how their outlines are painted.

An outline lies inside its box: the pixels of the box that are nearer than the line's width to its border. A box of at
most two widths is filled. Where outlines cross, that of the smaller box is seen.
"""

from collections.abc import Mapping, Sequence

import numpy as np
from jaxtyping import Integer, UInt8

from encode.formulas.boxes import PixelBox
from encode.frame import Frame, ObjectId
from encode.frame_cache import cached_per_frame
from encode.frame_ids import instance_windows
from encode.pair import RGB
from encode.pixel_shapes import outline
from encode.referring.visible import faint_ids, visible_objects

__all__ = [
    "DIMMED_MOST",
    "OVER_IMAGE",
    "canvas_of",
    "is_large_enough",
    "paint_outlines",
    "unscored_boxes",
    "visible_boxes",
]

#: The codec of outlines over the dimmed source image.
OVER_IMAGE = "outlines-over-image"

# By what the source's 8-bit values are divided.
_DIMMING = 3

#: The largest value of a dimmed source.
DIMMED_MOST = 255 // _DIMMING


@cached_per_frame
def visible_boxes(frame: Frame) -> Mapping[ObjectId, PixelBox]:
    """Box of the visible pixels of each thing of which a viewer sees anything, by id."""
    windows = instance_windows(frame)
    boxes = {}
    for obj in visible_objects(frame):
        rows, columns = windows[obj.id]
        boxes[obj.id] = PixelBox(columns.start, rows.start, columns.stop, rows.stop)
    return boxes


def is_large_enough(box: PixelBox, line_width: int) -> bool:
    """Return whether a decoder can be expected to read the box: as a rectangle, not as a speck between lines."""
    return min(box.right - box.left, box.bottom - box.top) >= 2 * line_width


def unscored_boxes(frame: Frame, boxes: Mapping[ObjectId, PixelBox], line_width: int) -> frozenset[ObjectId]:
    """Return the objects whose box no answer is scored for: too small to be read, or easily overlooked."""
    small = {i for i, box in boxes.items() if not is_large_enough(box, line_width)}
    return faint_ids(frame) | small


def canvas_of(image: UInt8[np.ndarray, "h w 3"], codec: str) -> UInt8[np.ndarray, "h w 3"]:
    """What outlines are painted on: black, or the image with a third of its 8-bit values, rounded to nearest."""
    if codec != OVER_IMAGE:
        return np.zeros_like(image)
    dimmed: UInt8[np.ndarray, "h w 3"] = ((image.astype(np.uint16) + _DIMMING // 2) // _DIMMING).astype(np.uint8)
    return dimmed


def paint_outlines(
    canvas: Integer[np.ndarray, "h w 3"], boxes: Sequence[tuple[PixelBox, RGB]], line_width: int
) -> Integer[np.ndarray, "h w 3"]:
    """Return the canvas with the outline of each box, smaller boxes over larger ones, of equals the last on top."""
    painted = canvas.copy()
    for (left, top, right, bottom), rgb in sorted(boxes, key=lambda entry: -entry[0].area):
        box = painted[top:bottom, left:right]
        box[outline((box.shape[0], box.shape[1]), line_width)] = rgb
    return painted
