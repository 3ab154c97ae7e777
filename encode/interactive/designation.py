"""Which object marks designate beyond doubt, and whether marks are what their kind says: from their pixels alone."""

from itertools import combinations

import numpy as np
from jaxtyping import Bool

from encode.formulas.boxes import PixelBox
from encode.frame import Frame, ObjectId
from encode.frame_cache import cached_per_frame
from encode.frame_ids import instance_index, instance_windows
from encode.interactive.marks import Marks
from encode.interactive.shapes import (
    Dot,
    dot_radii,
    is_stroke,
    line_widths,
    read_dots,
    read_outline,
)
from encode.lazy_import import import_lazily
from encode.pixel_shapes import box_of, clearance
from encode.referring.visible import visible_objects
from encode.segmentation.scorable import scorable_instance

__all__ = ["DEEP", "LEAST_BOX_IOU", "designated", "dots_apart", "form_problems", "is_askable"]

#: How deep a single point lies, as a share of the greatest distance to the object's border that any of its pixels has.
DEEP = 0.5

#: Least IoU of a box with that of the object's visible pixels, and by how much that of any other object is less.
LEAST_BOX_IOU, _BOX_MARGIN = 0.6, 0.15

# The same of a coarse mask and the visible masks themselves.
_LEAST_MASK_IOU, _MASK_MARGIN = 0.5, 0.25

# Pixels around a dot, and around a stroke, that belong to what it lies on.
_MARGIN = 1


def is_askable(frame: Frame, instance: ObjectId) -> bool:
    """Whether an object is a thing that is seen clearly, and large and thick enough to be scored."""
    clear = any(obj.id == instance and not obj.faint for obj in visible_objects(frame))
    return clear and scorable_instance(frame, instance)


def designated(frame: Frame, marks: Marks) -> ObjectId | None:
    """Return the object that the marks designate; None where they could mean another, or none.

    A dot or a stroke means the one object that it and the pixels around it lie on, if no excluded dot touches that; one
    point alone lies deep in it. A box means the object whose visible box it fits best, a coarse mask the one whose
    visible mask it fits best: by a margin over every other instance of the frame, of whatever category.
    """
    if not marks.wanted.any() or marks.wanted.shape != frame.truth.shape:
        return None
    if marks.kind == "box":
        return _by_box(frame, box_of(marks.wanted))
    if marks.kind == "coarse_mask":
        return _by_mask(frame, marks.wanted)
    return _by_touch(frame, marks)


def form_problems(marks: Marks) -> list[str]:
    """Return why marks are not of their kind: a point that is no dot, a box that is not an outline."""
    shape = marks.wanted.shape
    height, width = shape[0], shape[1]
    match marks.kind:
        case "point" | "points":
            return _dot_problems(marks, (height, width))
        case "box":
            outline = read_outline(marks.wanted)
            least, most = line_widths((height, width))
            if outline is None or not least <= outline[1] <= most:
                return [f"the box is not the outline of one box, {least} to {most} pixels wide"]
        case "scribble" if not is_stroke(marks.wanted):
            return ["the scribble is not one stroke of a pen"]
        case _ if not marks.wanted.any():
            return ["there is no mark"]
    return []


def dots_apart(dots: list[Dot]) -> bool:
    """Whether at least two pixels lie between any two dots."""
    return all(np.hypot(a.x - b.x, a.y - b.y) >= a.radius + b.radius + 3 for a, b in combinations(dots, 2))


def _dot_problems(marks: Marks, shape: tuple[int, int]) -> list[str]:
    wanted, excluded = read_dots(marks.wanted), read_dots(marks.excluded)
    least, most = dot_radii(shape)
    if wanted is None or excluded is None:
        return ["the marks are not all dots"]
    dots = [*wanted, *excluded]
    if not all(least <= dot.radius <= most for dot in dots) or not dots_apart(dots):
        return [f"the dots are not {least} to {most} pixels in radius and apart"]
    if (len(dots) == 1) != (marks.kind == "point") or not wanted:
        return [f"{len(wanted)} points and {len(excluded)} excluded ones are not of the kind {marks.kind!r}"]
    return []


def _by_touch(frame: Frame, marks: Marks) -> ObjectId | None:
    ids = frame.truth.instance
    touched = np.unique(ids[_grown(marks.wanted)])
    if len(touched) != 1 or not touched[0] or touched[0] in ids[_grown(marks.excluded)]:
        return None
    if marks.kind == "point":
        depth = clearance(ids == touched[0])
        if depth[marks.wanted].max() < DEEP * depth.max():
            return None
    return ObjectId(int(touched[0]))


def _by_box(frame: Frame, box: PixelBox) -> ObjectId | None:
    ids, boxes = _visible_boxes(frame)
    return _best(ids, np.array([_box_iou(box, other) for other in boxes]), LEAST_BOX_IOU, _BOX_MARGIN)


def _by_mask(frame: Frame, mask: Bool[np.ndarray, "h w"]) -> ObjectId | None:
    index = instance_index(frame)
    shared = np.bincount(index.positions[mask], minlength=len(index.ids))
    ious = shared / (index.counts + int(mask.sum()) - shared)
    return _best(index.ids.tolist(), ious, _LEAST_MASK_IOU, _MASK_MARGIN)


def _best(ids: list[int], ious: np.ndarray, least: float, margin: float) -> ObjectId | None:
    """The id of the greatest IoU, if that is at least `least` and `margin` over the next; None for the id 0."""
    best = int(ious.argmax())
    others = np.delete(ious, best)
    if not ids[best] or ious[best] < least or ious[best] - others.max(initial=0) < margin:
        return None
    return ObjectId(ids[best])


@cached_per_frame
def _visible_boxes(frame: Frame) -> tuple[list[int], list[PixelBox]]:
    """Every id of the frame, 0 too, with the box of its pixels."""
    windows = instance_windows(frame)
    return list(windows), [PixelBox(x.start, y.start, x.stop, y.stop) for y, x in windows.values()]


def _box_iou(a: PixelBox, b: PixelBox) -> float:
    width, height = min(a.right, b.right) - max(a.left, b.left), min(a.bottom, b.bottom) - max(a.top, b.top)
    shared = max(width, 0) * max(height, 0)
    return shared / (a.area + b.area - shared)


def _grown(mask: Bool[np.ndarray, "h w"]) -> Bool[np.ndarray, "h w"]:
    """A mask and the pixels around it."""
    maximum_filter = import_lazily("scipy.ndimage").maximum_filter

    grown: Bool[np.ndarray, "h w"] = maximum_filter(mask, 2 * _MARGIN + 1)
    return grown
