"""Pictures of where an answer is wrong."""

import numpy as np
from jaxtyping import Float64, Int, UInt8

from encode import Frame, Pair, asks_for_text, get_task
from encode.depth.scale import get_scale
from encode.lazy_import import import_lazily
from encode.metrics.instance import mask_ious
from shards.decoded_map import DecodedMap, decode_target, expected_map

__all__ = ["error_picture"]

#: Errors that are painted brightest: share of the depth, degrees, reflectance.
_MOST = {"metres": 0.5, "directions": 45.0, "reflectance": 0.25}
_WRONG = (220, 40, 40)
_NO_TRUTH = (70, 70, 78)


def error_picture(answer: Pair, target: Pair, frame: Frame | None) -> UInt8[np.ndarray, "h w 3"] | None:
    """Paint the error of each pixel: dark for none, bright for depth off by 50 %, normals by 45 degrees and more.

    answer: the pair with the answer in place of its target, in the answer's colours. Segmentation is red where the
    label is wrong. Where there is no truth (no surface) it is grey. None for a task whose answers do not decode to a
    known kind of map.
    """
    decoded = decode_target(answer)
    truth = (expected_map(frame, target.meta) if frame is not None else None) or decode_target(target)
    if decoded is None or truth is None or decoded.kind != truth.kind:
        return None
    if target.meta.task == "instance":
        found = get_task("instance").decode(answer.target, answer.meta)
        return _wrong_labels(_matched(found, truth.values), truth.values)
    if decoded.kind == "labels" and asks_for_text(target.meta):
        return _wrong_labels(_matched(decoded.values, truth.values), truth.values)
    if decoded.kind == "labels":
        return _wrong_labels(decoded.values, truth.values)
    if decoded.kind not in _MOST:
        return None
    known = np.isfinite(truth.values) & (truth.values > 0) if decoded.kind == "metres" else truth.values.any(-1)
    errors = np.where(known, _errors(decoded, truth), 0) / _MOST[decoded.kind]
    scale = get_scale("inferno").colors
    picture = scale[np.rint(np.clip(errors, 0, 1) * (len(scale) - 1)).astype(np.int64)].astype(np.uint8)
    picture[~known] = _NO_TRUTH
    return picture


def _errors(decoded: DecodedMap, truth: DecodedMap) -> Float64[np.ndarray, "h w"]:
    p, t = decoded.values.astype(np.float64), truth.values.astype(np.float64)
    if decoded.kind == "metres":
        with np.errstate(invalid="ignore", divide="ignore"):
            return np.nan_to_num(np.abs(p - t) / t, nan=0.0, posinf=1.0)
    if decoded.kind == "directions":
        return np.degrees(np.arccos(np.clip((p * t).sum(-1), -1, 1)))
    return np.abs(p - t).max(-1)


def _matched(found: Int[np.ndarray, "h w"], truth: Int[np.ndarray, "h w"]) -> Int[np.ndarray, "h w"]:
    """The true label of each found instance under the best matching, whose colours are the model's choice."""
    labels, wanted = np.unique(found).tolist(), np.unique(truth).tolist()
    assign = import_lazily("scipy.optimize").linear_sum_assignment
    rows, columns = assign(-mask_ious(found, labels, truth - wanted[0], [w - wanted[0] for w in wanted]))
    matched = np.full(truth.shape, wanted[0] - 1)
    for row, column in zip(rows, columns, strict=True):
        matched[found == labels[row]] = wanted[column]
    return matched


def _wrong_labels(labels: Int[np.ndarray, "h w"], truth: Int[np.ndarray, "h w"]) -> UInt8[np.ndarray, "h w 3"]:
    picture = np.zeros((*truth.shape, 3), np.uint8)
    picture[labels != truth] = _WRONG
    return picture
