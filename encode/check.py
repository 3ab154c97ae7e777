"""Checks of arrays where they enter the package, so that an error is reported early."""

from typing import Any

import numpy as np

from encode.errors import ArrayError
from encode.formulas.channels import dots
from encode.frame import Frame
from encode.frame.silhouettes import Silhouettes

__all__ = [
    "check_depth",
    "check_float_rgb",
    "check_frame",
    "check_labels",
    "check_masks",
    "check_normals",
    "check_numbers",
    "check_rgb",
]

#: Shading normals come from a float32 render; their length is off by rounding only.
UNIT_TOLERANCE = 1e-3


def check_rgb(rgb: Any, where: str, shape: tuple[int, int] | None = None) -> None:
    """Raise ArrayError unless `rgb` is UInt8 (h, w, 3), of the given (h, w) if one is given."""
    _array(rgb, where)
    if rgb.dtype != np.uint8:
        raise ArrayError(where, "dtype uint8", f"dtype {rgb.dtype}")
    if rgb.ndim != 3 or rgb.shape[2] != 3:
        raise ArrayError(where, "shape (h, w, 3)", f"shape {rgb.shape}")
    if shape is not None and rgb.shape[:2] != shape:
        raise ArrayError(where, f"height and width {shape}", f"{rgb.shape[:2]}")


def check_float_rgb(rgb: Any, where: str) -> None:
    """Raise ArrayError unless `rgb` is a floating (..., 3) array of colours in about [0, 1], with no NaN.

    A model may overshoot; a value over 2 means that a division by 255 was forgotten.
    """
    _array(rgb, where)
    if rgb.dtype not in (np.float32, np.float64):
        raise ArrayError(where, "dtype float32 or float64", f"dtype {rgb.dtype}")
    if rgb.ndim == 0 or rgb.shape[-1] != 3:
        raise ArrayError(where, "shape (..., 3)", f"shape {rgb.shape}")
    fine = np.abs(rgb) <= 2
    if not fine.all():
        _bad_value(rgb, ~fine, where, "colours in [0, 1]")


def check_depth(depth: Any, where: str) -> None:
    """Raise ArrayError unless `depth` is a floating array of metres >= 0 or +inf, with no NaN."""
    _array(depth, where)
    if depth.dtype not in (np.float32, np.float64):
        raise ArrayError(where, "dtype float32 or float64", f"dtype {depth.dtype}")
    # One minimum finds both errors: NaN propagates through it, and any comparison with NaN is false.
    least = depth.min() if depth.size else 0.0
    if not least >= 0:
        _bad_value(depth, ~(depth >= 0), where, "metres >= 0 or +inf")


def check_normals(normal: Any, where: str) -> None:
    """Raise ArrayError unless `normal` is Float32 (h, w, 3) of unit vectors and exact zeros."""
    _array(normal, where)
    if normal.dtype not in (np.float32, np.float64):
        raise ArrayError(where, "dtype float32 or float64", f"dtype {normal.dtype}")
    if normal.ndim != 3 or normal.shape[2] != 3:
        raise ArrayError(where, "shape (h, w, 3)", f"shape {normal.shape}")
    squared = dots(normal, normal)
    fine = (np.abs(squared - 1) <= 2 * UNIT_TOLERANCE) | (squared == 0)
    if not fine.all():
        y, x = np.argwhere(~fine)[0]
        raise ArrayError(where, "unit vectors, or 0 where no surface", f"{normal[y, x]} at row {y}, column {x}")


def check_masks(predicted: Any, truth: Any, where: str) -> None:
    """Raise ArrayError unless both are Bool (h, w) of one shape."""
    for mask, name in ((truth, "truth"), (predicted, "prediction")):
        _array(mask, f"{where} {name}")
        if mask.dtype != np.bool_ or mask.ndim != 2:
            raise ArrayError(f"{where} {name}", "bool of shape (h, w)", f"{mask.dtype} of shape {mask.shape}")
    if predicted.shape != truth.shape:
        raise ArrayError(f"{where} prediction", f"shape {truth.shape}", f"shape {predicted.shape}")


def check_labels(predicted: Any, truth: Any, where: str) -> None:
    """Raise ArrayError unless both are integer label maps (h, w) of one shape, with no label under 0."""
    for labels, name in ((truth, "truth"), (predicted, "prediction")):
        _array(labels, f"{where} {name}")
        if not np.issubdtype(labels.dtype, np.integer) or labels.ndim != 2:
            raise ArrayError(f"{where} {name}", "integers of shape (h, w)", f"{labels.dtype} of shape {labels.shape}")
        if labels.min(initial=0) < 0:
            _bad_value(labels, labels < 0, f"{where} {name}", "labels >= 0")
    if predicted.shape != truth.shape:
        raise ArrayError(f"{where} prediction", f"shape {truth.shape}", f"shape {predicted.shape}")


def check_numbers(predicted: Any, truth: Any, where: str) -> None:
    """Raise ArrayError unless both are floating arrays of one shape and the prediction has no NaN."""
    for values, name in ((truth, "truth"), (predicted, "prediction")):
        _array(values, f"{where} {name}")
        if not np.issubdtype(values.dtype, np.floating):
            raise ArrayError(f"{where} {name}", "a floating dtype", f"dtype {values.dtype}")
    if predicted.shape != truth.shape:
        raise ArrayError(f"{where} prediction", f"shape {truth.shape}", f"shape {predicted.shape}")
    if np.isnan(predicted).any():
        _bad_value(predicted, np.isnan(predicted), f"{where} prediction", "numbers")


def check_frame(frame: Frame) -> None:
    """Raise ArrayError unless image and all truth maps of `frame` have one size and the contract's types."""
    truth = frame.truth
    where = f"frame {frame.key}"
    check_depth(truth.depth, f"{where}, depth")
    if truth.depth.ndim != 2:
        raise ArrayError(f"{where}, depth", "shape (h, w)", f"shape {truth.depth.shape}")
    check_rgb(frame.image, f"{where}, image", truth.shape)
    for name, ids in (("instance", truth.instance), ("category", truth.category)):
        _check_ids(ids, f"{where}, {name}", truth.shape)
    check_normals(truth.normal, f"{where}, normal")
    if truth.normal.shape[:2] != truth.shape:
        raise ArrayError(f"{where}, normal", f"height and width {truth.shape}", f"{truth.normal.shape[:2]}")
    if frame.albedo is not None:
        check_rgb(frame.albedo, f"{where}, albedo", truth.shape)
    for name in ("part", "material") if frame.surface is not None else ():
        _check_ids(getattr(frame.surface, name), f"{where}, {name}", truth.shape)
    if isinstance(frame.amodal, Silhouettes):
        _check_silhouettes(frame.amodal, where, truth.shape)
        return
    for instance, mask in (frame.amodal or {}).items():
        _array(mask, f"{where}, amodal mask of object {instance}")
        if mask.dtype != np.bool_ or mask.shape != truth.shape:
            got = f"{mask.dtype} of shape {mask.shape}"
            raise ArrayError(f"{where}, amodal mask of object {instance}", f"bool of shape {truth.shape}", got)


def _check_ids(ids: Any, where: str, shape: tuple[int, int]) -> None:
    _array(ids, where)
    if ids.dtype != np.uint32:
        raise ArrayError(where, "dtype uint32", f"dtype {ids.dtype}")
    if ids.shape != shape:
        raise ArrayError(where, f"shape {shape}", f"shape {ids.shape}")


def _check_silhouettes(masks: Silhouettes, where: str, shape: tuple[int, int]) -> None:
    """Those of a scene.json are masks by construction; their size alone may be another frame's."""
    if masks.shape != shape:
        raise ArrayError(f"{where}, amodal masks", f"shape {shape}", f"shape {masks.shape}")


def _array(value: Any, where: str) -> None:
    if not isinstance(value, np.ndarray):
        raise ArrayError(where, "a numpy array", type(value).__name__)


def _bad_value(values: Any, bad: Any, where: str, expected: str) -> None:
    position = tuple(int(i) for i in np.argwhere(bad)[0])
    raise ArrayError(where, expected, f"{values[position]} at {position}")
