"""Errors of base colour (albedo), by the practice of intrinsic image decomposition.

Reflectance is known up to the light's strength, so the error that methods are compared by is taken after the best
scale: si_mse with one scale for the image, si_lmse with one for each window (Grosse et al., ICCV 2009; as here on MPI
Sintel: Chen and Koltun, ICCV 2013). Here the truth is also metric: rmse needs no scale, and delta_e is the mean
CIEDE2000 difference, which measures how different the colours look.
"""

import numpy as np
from jaxtyping import Bool, Float64, UInt8

from encode.check import check_rgb
from encode.colors.distance import ciede2000, srgb_to_lab
from encode.errors import ArrayError
from encode.formulas.srgb import to_linear

__all__ = ["albedo_metrics"]

# A window's side as a share of the image's longer one; windows overlap by half.
_WINDOW_SHARE = 0.1


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
        "si_mse": _scaled_error(p[surface], t[surface]),
        "si_lmse": _local_error(p, t, surface),
        "delta_e": _delta_e(predicted[surface], truth[surface]),
    }


def _scaled_error(p: Float64[np.ndarray, "n 3"], t: Float64[np.ndarray, "n 3"]) -> float:
    """Mean squared error after the least-squares scale of `p`, one for all channels."""
    energy = float((p * p).sum())
    scale = float((p * t).sum()) / energy if energy else 0.0
    return float(((scale * p - t) ** 2).mean())


def _local_error(
    p: Float64[np.ndarray, "h w 3"], t: Float64[np.ndarray, "h w 3"], surface: Bool[np.ndarray, "h w"]
) -> float:
    """Mean of `_scaled_error` over windows, each weighted by its pixels of `surface`."""
    side = max(2, round(_WINDOW_SHARE * max(surface.shape)))
    total, weight = 0.0, 0
    for y in range(0, max(1, surface.shape[0] - side // 2), side // 2):
        for x in range(0, max(1, surface.shape[1] - side // 2), side // 2):
            window = (slice(y, y + side), slice(x, x + side))
            inside = surface[window]
            count = int(inside.sum())
            if count:
                total += count * _scaled_error(p[window][inside], t[window][inside])
                weight += count
    return total / weight


def _delta_e(p: UInt8[np.ndarray, "n 3"], t: UInt8[np.ndarray, "n 3"]) -> float:
    """Mean CIEDE2000; every pair of colours that occurs is computed once."""
    shifts = np.array([1 << 40, 1 << 32, 1 << 24, 1 << 16, 1 << 8, 1], np.int64)
    pairs, counts = np.unique(np.concatenate([p, t], -1).astype(np.int64) @ shifts, return_counts=True)
    channels = (pairs[:, None] // shifts) % 256
    differences = ciede2000(srgb_to_lab(channels[:, :3]), srgb_to_lab(channels[:, 3:]))
    return float((differences * counts).sum() / counts.sum())
