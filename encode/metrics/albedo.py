"""Errors of base colour (albedo).

si_mse and si_lmse are those of `encode.metrics.scale_invariant`. Here the truth is also metric: rmse needs no scale,
and delta_e is the mean CIEDE2000 difference, which measures how different the colours look.
"""

import numpy as np
from jaxtyping import Bool, UInt8

from encode.check import check_rgb
from encode.colors.distance import ciede2000, srgb_to_lab
from encode.errors import ArrayError
from encode.formulas.srgb import to_linear
from encode.metrics.scale_invariant import local_error, scaled_error

__all__ = ["albedo_metrics"]


def albedo_metrics(
    predicted: UInt8[np.ndarray, "h w 3"], truth: UInt8[np.ndarray, "h w 3"], surface: Bool[np.ndarray, "h w"]
) -> dict[str, float]:
    """rmse, si_mse and si_lmse of linear reflectance, and delta_e, over the pixels of `surface`; NaN where none."""
    check_rgb(truth, "albedo truth")
    check_rgb(predicted, "albedo prediction", truth.shape[:2])
    if surface.shape != truth.shape[:2]:
        raise ArrayError("albedo surface mask", f"shape {truth.shape[:2]}", f"shape {surface.shape}")
    if not surface.any():
        return dict.fromkeys(("rmse", "si_mse", "si_lmse", "delta_e"), float("nan"))
    levels = to_linear(np.arange(256) / 255)
    p, t = levels[predicted], levels[truth]
    return {
        "rmse": float(np.sqrt(((p - t)[surface] ** 2).mean())),
        "si_mse": scaled_error(p[surface], t[surface]),
        "si_lmse": local_error(p, t, surface),
        "delta_e": _delta_e(predicted[surface], truth[surface]),
    }


def _delta_e(p: UInt8[np.ndarray, "n 3"], t: UInt8[np.ndarray, "n 3"]) -> float:
    """Mean CIEDE2000; every pair of colours that occurs is computed once."""
    shifts = np.array([1 << 40, 1 << 32, 1 << 24, 1 << 16, 1 << 8, 1], np.int64)
    pairs, counts = np.unique(np.concatenate([p, t], -1).astype(np.int64) @ shifts, return_counts=True)
    channels = (pairs[:, None] // shifts) % 256
    differences = ciede2000(srgb_to_lab(channels[:, :3]), srgb_to_lab(channels[:, 3:]))
    return float((differences * counts).sum() / counts.sum())
