"""Checks a painting of boxes by its prompt, its pixels and the frame."""

from collections.abc import Mapping, Sequence
from itertools import combinations

import numpy as np
from jaxtyping import Bool, Int64, UInt8

from encode.boxes.colors import line_color_distance
from encode.boxes.decoding import box_decoding
from encode.boxes.outlines import DIMMED_MOST, OVER_IMAGE, unscored_boxes
from encode.boxes.proof import read_back_problems
from encode.colors.legend import MINIMUM_RGB
from encode.formulas.boxes import PixelBox
from encode.formulas.channels import any_channel, has_color
from encode.formulas.id_map import compact_ids
from encode.frame import Frame, ObjectId
from encode.label_entries import label_entries
from encode.pair import LINE_WIDTH, RGB, ColorEntry, PairMeta
from encode.problems import meta_problems, pixel_problems
from encode.prompts.parser import ParsedPrompt
from encode.referring.language import write_expression
from encode.referring.phrases import is_readable
from encode.referring.targets import prove_targets
from encode.referring.visible import visible_objects
from encode.segmentation.named_instances import named_instances

__all__ = ["outline_problems"]


def outline_problems(
    frame: Frame, target: UInt8[np.ndarray, "h w 3"], parsed: ParsedPrompt, meta: PairMeta
) -> list[str]:
    """Return what is wrong with a target of outlines, and with its `meta`."""
    width = round(parsed.parameter(LINE_WIDTH))
    boxes = _boxes(frame)
    if parsed.colors:
        entries, problems = _own_entries(frame, target, parsed, boxes, width)
        expression = ""
    elif all(is_readable(label) for label, _ in parsed.legend):
        entries, problems, expression = _phrase_entries(frame, parsed, meta, boxes, width)
    else:
        entries, problems = _class_entries(frame, parsed, boxes, width)
        expression = ""
    decoding = box_decoding(entries, parsed.codec, width, by_color=not parsed.colors)
    problems += _color_problems({entry.rgb: entry.label for entry in entries})
    problems += _paint_problems(frame, target, parsed.codec, entries, boxes, width)
    wrong_meta = meta_problems(meta, decoding, expression=expression)
    # Only by a `meta` that is right is the target decoded.
    return [*problems, *(wrong_meta or read_back_problems(target, meta, boxes))]


def _boxes(frame: Frame) -> Mapping[ObjectId, PixelBox]:
    """The box of each thing that a viewer sees, measured by the rows and columns of its pixels."""
    ids, positions = compact_ids(frame.truth.instance)
    rows, columns = np.indices(positions.shape)
    least, most = np.full((2, len(ids)), positions.size), np.full((2, len(ids)), -1)
    for axis, places in enumerate((columns, rows)):
        np.minimum.at(least[axis], positions.ravel(), places.ravel())
        np.maximum.at(most[axis], positions.ravel(), places.ravel())
    of_id = dict(zip(ids.tolist(), np.concatenate([least, most + 1]).T.tolist(), strict=True))
    return {obj.id: PixelBox(*of_id[obj.id]) for obj in visible_objects(frame)}


def _class_entries(
    frame: Frame, parsed: ParsedPrompt, boxes: Mapping[ObjectId, PixelBox], width: int
) -> tuple[list[ColorEntry], list[str]]:
    entries: list[ColorEntry] = []
    problems, unscored = [], unscored_boxes(frame, boxes, width)
    for label, rgb in parsed.legend:
        ids, trouble = _of_class(frame, label, boxes)
        entries += label_entries(label, rgb, ids, unscored)
        problems += trouble
    return entries, problems


def _own_entries(
    frame: Frame,
    target: UInt8[np.ndarray, "h w 3"],
    parsed: ParsedPrompt,
    boxes: Mapping[ObjectId, PixelBox],
    width: int,
) -> tuple[list[ColorEntry], list[str]]:
    """The entries of the instances of a class, each in the colour that the target has where its outline is on top."""
    ids, problems = _of_class(frame, parsed.label, boxes)
    owner = _owners([(i, boxes[i]) for i in ids], target.shape[:2], width)
    names, unscored = {record.id: record.name for record in frame.objects}, unscored_boxes(frame, boxes, width)
    entries = []
    for position, i in enumerate(ids):
        first = int((owner == position).argmax())
        red, green, blue = target.reshape(-1, 3)[first].tolist()
        entries.append(ColorEntry(names[i], (red, green, blue), (i,), i not in unscored))
    colors = [entry.rgb for entry in entries]
    if sorted(colors) != sorted(parsed.colors):
        problems.append(f"the prompt allows {list(parsed.colors)}, painted are {colors}")
    return entries, problems


def _phrase_entries(
    frame: Frame, parsed: ParsedPrompt, meta: PairMeta, boxes: Mapping[ObjectId, PixelBox], width: int
) -> tuple[list[ColorEntry], list[str], str]:
    targets, problems = prove_targets(frame, parsed, meta.expression)
    if targets is None:
        return [], problems, meta.expression
    entries: list[ColorEntry] = []
    unscored = unscored_boxes(frame, boxes, width)
    for (phrase, rgb), picked in zip(parsed.legend, targets.ids, strict=True):
        entries += label_entries(phrase, rgb, picked, unscored)
    return entries, problems, write_expression(targets.expression)


def _of_class(frame: Frame, label: str, boxes: Mapping[ObjectId, PixelBox]) -> tuple[list[ObjectId], list[str]]:
    """The visible instances of the class that a label names, in order of the records."""
    records, problems = named_instances(frame, label, boxes)
    return [record.id for record in records], problems


def _color_problems(labels: Mapping[RGB, str]) -> list[str]:
    """Colours that a soft line in one of them could be mistaken for, and colours that an image could have."""
    problems = [
        f"{labels[rgb]!r} in {rgb} is too dark for a line" for rgb in labels if max(rgb) < DIMMED_MOST + MINIMUM_RGB
    ]
    for a, b in combinations(labels, 2):
        distance = line_color_distance(a, b)
        if distance < MINIMUM_RGB:
            both = f"{labels[a]!r} in {a} and {labels[b]!r} in {b}"
            problems.append(f"{both} are {distance:.1f} apart as lines, less than {MINIMUM_RGB:g}")
    return problems


def _paint_problems(
    frame: Frame,
    target: UInt8[np.ndarray, "h w 3"],
    codec: str,
    entries: Sequence[ColorEntry],
    boxes: Mapping[ObjectId, PixelBox],
    width: int,
) -> list[str]:
    painted = sorted((ObjectId(i), entry.rgb, entry.label) for entry in entries for i in entry.ids)
    owner = _owners([(i, boxes[i]) for i, _, _ in painted], target.shape[:2], width)
    problems = []
    for position, (i, rgb, label) in enumerate(painted):
        wrong = (owner == position) & ~has_color(target, rgb)
        problems += pixel_problems(wrong, target, f"pixels of the outline of {label!r}, object {i}, are not {rgb}")
    wrong = (owner < 0) & _off_canvas(frame, target, codec)
    return problems + pixel_problems(wrong, target, "pixels outside all outlines differ from what is under them")


def _off_canvas(frame: Frame, target: UInt8[np.ndarray, "h w 3"], codec: str) -> Bool[np.ndarray, "h w"]:
    """Pixels that are not black, or not within a half of a third of the image's values."""
    if codec != OVER_IMAGE:
        return any_channel(target)
    return any_channel(np.abs(3 * target.astype(np.int64) - frame.image) > 1)


def _owners(boxes: Sequence[tuple[ObjectId, PixelBox]], shape: tuple[int, ...], width: int) -> Int64[np.ndarray, "h w"]:
    """Which of `boxes` is on top at each pixel of an outline, by position; -1 elsewhere.

    A pixel is on an outline if it is in the box and less than `width` from its border; on top is the smallest box, of
    equal ones that of the greatest id.
    """
    rows, columns = np.arange(shape[0])[:, None], np.arange(shape[1])[None]
    owner = np.full(shape, -1, np.int64)
    least = np.full(shape, np.inf)
    for position, (_, (left, top, right, bottom)) in sorted(enumerate(boxes), key=lambda entry: entry[1][0]):
        across = np.minimum(columns - left, right - 1 - columns)
        down = np.minimum(rows - top, bottom - 1 - rows)
        inside = np.minimum(across, down)
        area = (right - left) * (bottom - top)
        on_top = (inside >= 0) & (inside < width) & (area <= least)
        owner[on_top], least[on_top] = position, area
    return owner
