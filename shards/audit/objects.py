"""Do the records of the objects agree with the id map and the silhouettes?"""

from collections.abc import Iterator, Mapping

import numpy as np
from jaxtyping import Bool

from encode import Frame, ObjectId, ObjectRecord
from encode.formulas.boxes import PixelBox
from encode.frame import located_keypoints, located_texts
from encode.frame_ids import instance_index, instance_windows

__all__ = ["object_problems"]

#: Fractions are written with four digits.
_FRACTION_DIGITS = 4

#: Pixel positions are written with four digits; the last may differ between machines.
_PIXEL_ROUNDING = 1.5e-4

#: Of the 256 points of a text, one may fall on the border of two pixels.
_TEXT_POINT = 1.1 / 256

_NOWHERE = PixelBox(0, 0, 0, 0)


def object_problems(frame: Frame) -> Iterator[str]:
    """Yield what is wrong with `objects`; every id of the instance map must have a record."""
    ids = {record.id for record in frame.objects}
    names = [record.name for record in frame.objects]
    if len(set(names)) != len(names):
        yield "expected distinct object names"
    pixels, boxes = _masks(frame)
    amodal = frame.amodal or {}
    for record in frame.objects:
        count, box = pixels.get(record.id, 0), boxes.get(record.id, _NOWHERE)
        problems = [*_visible_problems(frame, record, count, box)]
        problems += _amodal_problems(frame, record, amodal.get(record.id), box, count)
        problems += _keypoint_problems(frame, record) if record.keypoints else ()
        problems += _text_problems(frame, record) if record.texts else ()
        if record.supported_by not in {0, *ids} or record.supported_by == record.id:
            problems.append(f"it stands on object {record.supported_by}, which is not another object of the scene")
        yield from (f"{record.name}: {detail}" for detail in problems)


def _masks(frame: Frame) -> tuple[Mapping[ObjectId, int], Mapping[ObjectId, PixelBox]]:
    """Pixels and half-open box of every object that is seen."""
    index, windows = instance_index(frame), instance_windows(frame)
    pixels = dict(zip(windows, index.counts.tolist(), strict=True))
    boxes = {id_: PixelBox(x.start, y.start, x.stop, y.stop) for id_, (y, x) in windows.items()}
    return pixels, boxes


def _visible_problems(frame: Frame, record: ObjectRecord, count: int, box: PixelBox) -> Iterator[str]:
    height, width = frame.truth.shape
    if record.visible_pixels != count:
        yield f"expected visible_pixels {count} by its mask, got {record.visible_pixels}"
    if record.box_2d != box:
        yield f"expected box_2d {tuple(box)} by its mask, got {tuple(record.box_2d)}"
    touches = bool(count) and (box.left == 0 or box.top == 0 or box.right == width or box.bottom == height)
    if record.truncated != touches:
        yield f"expected truncated {touches} by its mask, got {record.truncated}"


def _amodal_problems(
    frame: Frame, record: ObjectRecord, amodal_mask: Bool[np.ndarray, "h w"] | None, box: PixelBox, count: int
) -> Iterator[str]:
    """Whether there is an amodal mask if anything is visible, it holds the visible mask, and visible_fraction fits."""
    if (amodal_mask is not None) != (count > 0):
        yield f"expected {'an' if count else 'no'} amodal_rle for {count} visible pixels, got {_described(amodal_mask)}"
        return
    if amodal_mask is None:
        expected = 0.0
    elif amodal_mask.shape != frame.truth.shape:
        yield f"expected amodal_rle of the size {frame.truth.shape}, got {amodal_mask.shape}"
        return
    else:
        window = slice(box.top, box.bottom), slice(box.left, box.right)
        seen = frame.truth.instance[window] == record.id
        outside = int(np.count_nonzero(seen > amodal_mask[window]))
        if outside:
            yield f"expected amodal_rle to hold its visible mask, {outside} visible pixels are outside"
            return
        expected = round(count / int(np.count_nonzero(amodal_mask)), _FRACTION_DIGITS)
    if abs(record.visible_fraction - expected) > 1e-9:
        yield f"expected visible_fraction {expected} by mask and amodal_rle, got {record.visible_fraction}"


def _keypoint_problems(frame: Frame, record: ObjectRecord) -> Iterator[str]:
    """Whether pixel and visibility of each keypoint are those of its position, by the camera and the truth."""
    positions = np.array([keypoint.position for keypoint in record.keypoints], np.float64).reshape(-1, 3)
    expected = located_keypoints(
        [keypoint.name for keypoint in record.keypoints],
        positions,
        np.array([keypoint.radius for keypoint in record.keypoints], np.float64),
        record.id,
        frame.truth.depth,
        frame.truth.instance,
        frame.intrinsics,
        frame.camera_to_world,
        frame.lens,
    )
    for due, got in zip(expected, record.keypoints, strict=True):
        if due.visibility != got.visibility:
            yield f"{got.name}: expected the visibility {due.visibility} by the truth, got {got.visibility}"
        if max(abs(a - b) for a, b in zip(due.pixel, got.pixel, strict=True)) > _PIXEL_ROUNDING:
            yield f"{got.name}: expected the pixel {due.pixel} by its position, got {got.pixel}"


def _text_problems(frame: Frame, record: ObjectRecord) -> Iterator[str]:
    """Whether pixels and visibility of each text are those of its corners, by the camera and the truth."""
    expected = located_texts(
        [text.text for text in record.texts],
        np.array([text.corners for text in record.texts], np.float64).reshape(-1, 4, 3),
        record.id,
        frame.truth.depth,
        frame.truth.instance,
        frame.intrinsics,
        frame.camera_to_world,
        frame.lens,
    )
    for due, got in zip(expected, record.texts, strict=True):
        if abs(due.visible_fraction - got.visible_fraction) > _TEXT_POINT:
            yield f"text {got.text!r}: expected visible_fraction {due.visible_fraction}, got {got.visible_fraction}"
        elif np.abs(np.subtract(due.pixels, got.pixels)).max() > _PIXEL_ROUNDING:
            yield f"text {got.text!r}: expected the pixels {due.pixels} by its corners, got {got.pixels}"


def _described(amodal_mask: Bool[np.ndarray, "h w"] | None) -> str:
    return "none" if amodal_mask is None else f"one of {int(amodal_mask.sum())} pixels"
