"""What an image decodes to, in a form that files can hold: numbers, or ids with their labels."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

import numpy as np
from jaxtyping import Float32, Int32, Num, UInt8

from encode import PairMeta, get_task
from encode.formulas.keypoints import KEYPOINT_NAMES
from encode.pair import RGB
from shards.decoded_map import ENTRY_TASKS, MAP_KINDS
from verichrome.errors import UsageError

__all__ = ["LISTED", "DecodedImage", "decode_image"]

_Listed = tuple[Num[np.ndarray, "n c"], tuple[str, ...], tuple[RGB, ...]]


@dataclass(frozen=True, slots=True)
class DecodedImage:
    """The map that an image decodes to, or its list of boxes or points.

    kind: `metres`, `directions` (unit vectors in camera axes: x right, y up, z toward the viewer; 0 for no surface),
    `reflectance` (linear), `light` (linear, relative to the median), `ids` (0 for the background, then the labels from
    1), `boxes` (a row each: left, top, right, bottom in half-open pixels, red, green, blue), `points` (x, y),
    `keypoints` (x, y, person, 0: not told, and place among COCO's seventeen, from 0), or `numbers` of a third party's
    task.
    labels, colors: of the ids from 1, or of the boxes, points or keypoints; instances have no colours of their own.
    confidence: 0 to 1, if asked for. size: height and width of the image, where `values` is no map of it.
    """

    task: str
    kind: str
    values: Num[np.ndarray, "*shape"]
    labels: tuple[str, ...] = ()
    colors: tuple[RGB, ...] = ()
    confidence: Float32[np.ndarray, "h w"] | None = None
    size: tuple[int, int] = (0, 0)


def decode_image(rgb: UInt8[np.ndarray, "h w 3"], meta: PairMeta, *, confidence: bool = False) -> DecodedImage:
    """Decode a painted image with its task's own decoder. Raises EncodeError, or UsageError where that gives no map."""
    task = get_task(meta.task)
    decoded = task.decode(rgb, meta)
    trust = task.confidence(rgb, meta) if confidence else None
    if meta.task in LISTED:
        values, names, colors = LISTED[meta.task](decoded, meta)
        return DecodedImage(meta.task, meta.task, values, names, colors, trust, size=meta.shape)
    if meta.task in MAP_KINDS:
        return DecodedImage(meta.task, MAP_KINDS[meta.task], decoded, confidence=trust)
    if meta.task == "instance":
        count = int(decoded.max(initial=0))
        return DecodedImage(meta.task, "ids", decoded, tuple(f"instance {n + 1}" for n in range(count)), (), trust)
    labels = tuple(entry.label for entry in meta.foreground)
    colors = tuple(entry.rgb for entry in meta.foreground)
    if meta.task in ENTRY_TASKS:
        place = {meta.colors.index(entry): number for number, entry in enumerate(meta.foreground, start=1)}
        table = np.array([place.get(index, 0) for index in range(-1, len(meta.colors))], np.int32)
        return DecodedImage(meta.task, "ids", table[decoded + 1], labels, colors, trust)
    if meta.task in ("referring", "amodal", "reasoning", "interactive", "edges"):
        masks = decoded if isinstance(decoded, dict) else {labels[0]: decoded}
        return DecodedImage(meta.task, "ids", _ids(masks, labels, rgb.shape[:2]), labels, colors, trust)
    if isinstance(decoded, np.ndarray) and decoded.shape[:2] == rgb.shape[:2]:
        return DecodedImage(meta.task, "numbers", decoded, confidence=trust)
    raise UsageError(f"The task {meta.task} decodes to {type(decoded).__name__} and not to a map, so no file holds it.")


def _boxes(decoded: Any, meta: PairMeta) -> _Listed:
    label_of = {entry.rgb: entry.label for entry in reversed(meta.foreground)}
    colors = tuple((red, green, blue) for red, green, blue in decoded[:, 4:].tolist())
    return decoded, tuple(label_of[color] for color in colors), colors


def _points(decoded: Any, meta: PairMeta) -> _Listed:
    return decoded, (meta.asked.label,) * len(decoded), ()


def _keypoints(decoded: Any, meta: PairMeta) -> _Listed:
    found = zip(decoded.positions, decoded.people, decoded.names, strict=True)
    rows = [(u, v, person, KEYPOINT_NAMES.index(name)) for (u, v), person, name in found]
    return np.array(rows, np.float64).reshape(-1, 4), decoded.names, ()


#: Tasks whose decoding is a list, and how its rows, their labels and their colours come from it.
LISTED: dict[str, Callable[[Any, PairMeta], _Listed]] = {"boxes": _boxes, "points": _points, "keypoints": _keypoints}


def _ids(masks: dict[str, np.ndarray], labels: tuple[str, ...], shape: tuple[int, ...]) -> Int32[np.ndarray, "h w"]:
    ids = np.zeros(shape, np.int32)
    for number, label in enumerate(labels, start=1):
        ids[masks[label]] = number
    return ids
