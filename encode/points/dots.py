"""Dots: where each instance gets one, and how it is painted."""

from collections.abc import Mapping, Sequence
from typing import NamedTuple

import numpy as np
from jaxtyping import UInt8

from encode.frame import Frame, ObjectId
from encode.frame_cache import cached_per_frame
from encode.frame_ids import instance_windows
from encode.pair import RGB
from encode.pixel_shapes import disc, most_interior
from encode.referring.visible import visible_objects

__all__ = ["Pixel", "dots_of", "largest_radius", "paint_dots"]


class Pixel(NamedTuple):
    """Column and row of a pixel."""

    x: int
    y: int


@cached_per_frame
def dots_of(frame: Frame) -> Mapping[ObjectId, Pixel]:
    """The most interior visible pixel of each thing of which a viewer sees anything, by id.

    It is the farthest from all pixels that are not the object's, those outside the image among them; the first of
    equals, row by row.
    """
    windows, dots = instance_windows(frame), {}
    for obj in visible_objects(frame):
        rows, columns = windows[obj.id]
        y, x = most_interior(frame.truth.instance[rows, columns] == np.uint32(obj.id))
        dots[obj.id] = Pixel(columns.start + x, rows.start + y)
    return dots


def largest_radius(dots: Sequence[Pixel], most: int) -> int:
    """The largest radius up to `most` with which no two dots touch, 0 for none: two pixels or more are between them."""
    if len(dots) < 2:
        return most
    places = np.array(dots, np.int64)
    squared = ((places[:, None] - places) ** 2).sum(-1)[np.triu_indices(len(dots), 1)]
    return max((radius for radius in range(1, most + 1) if squared.min() >= (2 * radius + 3) ** 2), default=0)


def paint_dots(
    shape: tuple[int, int], dots: Sequence[Pixel], color: RGB, background: RGB, radius: int
) -> UInt8[np.ndarray, "h w 3"]:
    """Return dots in one colour on the background, cut where they reach over the border."""
    mask = np.zeros((shape[0] + 2 * radius, shape[1] + 2 * radius), bool)
    for x, y in dots:
        mask[y : y + 2 * radius + 1, x : x + 2 * radius + 1] |= disc(radius)
    inside = mask[radius : radius + shape[0], radius : radius + shape[1], None]
    painted: UInt8[np.ndarray, "h w 3"] = np.where(inside, np.array(color, np.uint8), np.array(background, np.uint8))
    return painted
