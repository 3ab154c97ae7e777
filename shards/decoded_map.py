"""What a target decodes to, and what it should decode to by its frame: two maps of one kind, for comparison."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
from jaxtyping import Int32, Num, UInt8

from encode import Frame, ObjectId, Pair, PairMeta, get_task
from encode.albedo.codec import SRGB_PARAMETERS, decode_albedo
from encode.amodal.mask import amodal_mask, asked_object
from encode.boxes.outlines import paint_outlines
from encode.edges.bands import edge_bands
from encode.formulas.boxes import PixelBox
from encode.pair import BACKGROUND, LINE_WIDTH, RADIUS, RGB
from encode.points.dots import Pixel, dots_of, paint_dots
from encode.segmentation.paint import mask_of
from encode.shading.codec import relative_shading
from encode.surface.parts import parts_map
from encode.surface.parts_expression import read_parts_expression

__all__ = ["ENTRY_TASKS", "MAP_KINDS", "DecodedMap", "decode_target", "expected_map"]

#: Tasks whose decoding is a map of numbers, and what the numbers are.
MAP_KINDS = {"depth": "metres", "normals": "directions", "albedo": "reflectance", "shading": "light"}

#: Tasks that decode to the places of their legends' entries.
ENTRY_TASKS = ("semantic", "parts", "materials", "panoptic")


@dataclass(frozen=True, slots=True)
class DecodedMap:
    """A map and what its numbers are.

    kind: `metres`, `directions` (unit vectors in camera axes, 0 for none), `reflectance` (linear), `light` (linear,
    relative to the median), `labels` (indices
    into the pair's `colors`, -1 for none of them), or `numbers` of a third party's task.
    """

    kind: str
    values: Num[np.ndarray, "h w *c"]


def decode_target(pair: Pair) -> DecodedMap | None:
    """Decode a target with its task's own decoder; None where that gives no map. Raises EncodeError."""
    meta = pair.meta
    decoded = get_task(meta.task).decode(pair.target, meta)
    if meta.task in MAP_KINDS:
        return DecodedMap(MAP_KINDS[meta.task], decoded)
    if meta.task == "boxes":
        return DecodedMap("labels", _by_box([(row[:4], row[4:]) for row in decoded.tolist()], meta))
    if meta.task == "points":
        return DecodedMap("labels", _by_dot([Pixel(int(x), int(y)) for x, y in decoded.tolist()], meta))
    if meta.task == "instance":
        return DecodedMap("labels", _by_color(decoded, pair.target, meta))
    if isinstance(decoded, dict):
        return DecodedMap("labels", _by_mask(decoded, meta))
    if not isinstance(decoded, np.ndarray) or decoded.shape[:2] != meta.shape or decoded.ndim > 3:
        return None
    if decoded.dtype == np.bool_:
        return DecodedMap("labels", _by_mask({meta.asked.label: decoded}, meta))
    if np.issubdtype(decoded.dtype, np.integer):
        return DecodedMap("labels" if meta.task in ENTRY_TASKS else "numbers", decoded.astype(np.int32))
    return DecodedMap("numbers", decoded.astype(np.float32))


def expected_map(frame: Frame, meta: PairMeta) -> DecodedMap | None:
    """The frame's truth in the same form; None where it is unknown, or for tasks of third parties.

    Raises EncodeError for a `meta` that asks for nothing, or whose marks have no size.
    """
    truth = frame.truth
    match meta.task:
        case "depth":
            return DecodedMap("metres", truth.depth)
        case "normals":
            return DecodedMap("directions", truth.normal)
        case "albedo" if frame.albedo is not None:
            parameters = (meta.parameter(parameter.name) for parameter in SRGB_PARAMETERS)
            return DecodedMap("reflectance", decode_albedo(frame.albedo, *parameters))
        case "shading" if frame.shading is not None:
            return DecodedMap("light", relative_shading(frame.shading.shading))
        case "semantic":
            return DecodedMap("labels", _by_ids(truth.category, meta))
        case "instance" | "referring" | "reasoning" | "interactive" | "panoptic":
            return DecodedMap("labels", _by_ids(truth.instance, meta))
        case "parts" if frame.surface is not None:
            _, objects = read_parts_expression(meta.expression)
            return DecodedMap("labels", _by_ids(parts_map(frame, objects), meta))
        case "materials" if frame.surface is not None:
            return DecodedMap("labels", _by_ids(frame.surface.material, meta))
        case "boxes":
            boxes = {record.id: record.box_2d for record in frame.objects}
            painted = sorted((ObjectId(i), entry.rgb) for entry in meta.foreground for i in entry.ids)
            return DecodedMap("labels", _by_box([(boxes[i], rgb) for i, rgb in painted if i in boxes], meta))
        case "points":
            dots = dots_of(frame)
            asked = [ObjectId(i) for entry in meta.foreground for i in entry.ids]
            return DecodedMap("labels", _by_dot([dots[i] for i in asked if i in dots], meta))
        case "amodal":
            amodal = amodal_mask(frame, asked_object(meta))
            return None if amodal is None else DecodedMap("labels", _by_mask({meta.asked.label: amodal}, meta))
        case "edges":
            bands = edge_bands(frame, [entry.label for entry in meta.foreground], meta.parameter(LINE_WIDTH))
            return DecodedMap("labels", _by_mask({label: band.mask for label, band in bands.items()}, meta))
    return None


def _background(meta: PairMeta) -> int:
    return next((index for index, color in enumerate(meta.colors) if color.label == BACKGROUND), -1)


def _by_ids(ids: Any, meta: PairMeta) -> Int32[np.ndarray, "h w"]:
    indices = np.full(ids.shape, _background(meta), np.int32)
    for index, color in enumerate(meta.colors):
        indices[mask_of(ids, color.ids)] = index
    return indices


def _by_mask(masks: dict[str, Any], meta: PairMeta) -> Int32[np.ndarray, "h w"]:
    indices = np.full(meta.shape, _background(meta), np.int32)
    for index, color in enumerate(meta.colors):
        if color.label in masks:
            indices[masks[color.label]] = index
    return indices


def _by_box(boxes: Sequence[tuple[Sequence[int], Sequence[int]]], meta: PairMeta) -> Int32[np.ndarray, "h w"]:
    """Outlines of boxes, painted as targets are, by the first entry of each box's colour."""
    first = {entry.rgb: index for index, entry in reversed(list(enumerate(meta.colors)))}
    indices = np.full((*meta.shape, 3), _background(meta), np.int32)
    painted = [(PixelBox(*box), (first[_rgb(rgb)],) * 3) for box, rgb in boxes]
    return paint_outlines(indices, painted, meta.mark_size(LINE_WIDTH))[..., 0]


def _rgb(color: Sequence[int]) -> RGB:
    red, green, blue = color
    return red, green, blue


def _by_dot(dots: Sequence[Pixel], meta: PairMeta) -> Int32[np.ndarray, "h w"]:
    """Dots of the stated radius, as the first entry."""
    rest = _background(meta)
    radius = meta.mark_size(RADIUS)
    painted = paint_dots(meta.shape, dots, (1, 1, 1), (0, 0, 0), radius)[..., 0]
    return np.where(painted == 1, np.int32(0), np.int32(rest))


def _by_color(
    labels: Int32[np.ndarray, "h w"], target: UInt8[np.ndarray, "h w 3"], meta: PairMeta
) -> Int32[np.ndarray, "h w"]:
    """Map instances, which the decoder numbers in the order found, to the entries of the nearest colour."""
    indices = np.full(labels.shape, _background(meta), np.int32)
    known = [index for index, color in enumerate(meta.colors) if color.label != BACKGROUND]
    palette = np.array([meta.colors[index].rgb for index in known], np.float64)
    for label in range(1, int(labels.max(initial=0)) + 1 if known else 1):
        region = labels == label
        color = np.median(target[region], axis=0)
        indices[region] = known[int(np.square(palette - color).sum(1).argmin())]
    return indices
