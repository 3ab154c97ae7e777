"""Depth metrics (Eigen et al. 2014): of metres, and separately after alignment.

Pixels whose truth is infinite or 0 are left out. Predictions are clipped to [0.001, 1000] m, so that one pixel of "sky"
where there is a wall is a large error and not an infinite one.
"""

import numpy as np
from jaxtyping import Float, Float64

from encode.check import check_depth, check_numbers

__all__ = ["align_affine", "align_scale", "depth_errors", "depth_metrics"]

_NEAREST, _FARTHEST = 1e-3, 1e3


def depth_metrics(
    predicted: Float[np.ndarray, "h w"], truth: Float[np.ndarray, "h w"], *, relative: bool = False
) -> dict[str, float]:
    """Return `depth_errors` of metres, with `scaled_` after a scale, with `aligned_` after scale and shift.

    predicted, truth: planar depth, metres; +inf for no surface. The scale is the ratio of the medians (Zhou et al.
    2017); scale and shift are the least-squares fit (Ranftl et al. 2020).
    relative: the prediction knows depth up to an affine map of 1/d; it is aligned in 1/d, and only `aligned_` is there.

    Every value is NaN where no pixel has a finite truth over 0. Raises ArrayError for maps of different shapes, for
    NaN, and for negative truth.
    """
    check_numbers(predicted, truth, "depth")
    check_depth(truth, "depth truth")
    valid = np.isfinite(truth) & (truth > 0)
    p = np.clip(predicted[valid].astype(np.float64), _NEAREST, _FARTHEST)
    t = truth[valid].astype(np.float64)
    if relative:
        inverse = align_affine(1 / p, 1 / t)
        return _named("aligned_", depth_errors(1 / np.clip(inverse, 1 / _FARTHEST, 1 / _NEAREST), t))
    return {
        **depth_errors(p, t),
        **_named("scaled_", depth_errors(align_scale(p, t), t)),
        **_named("aligned_", depth_errors(np.clip(align_affine(p, t), _NEAREST, _FARTHEST), t)),
    }


def depth_errors(p: Float64[np.ndarray, " n"], t: Float64[np.ndarray, " n"]) -> dict[str, float]:
    """delta1..3 (shares with max(p/t, t/p) < 1.25^k), abs_rel, rmse (m), log10, silog (x100); NaN for no pixels."""
    if t.size == 0:
        return dict.fromkeys(("delta1", "delta2", "delta3", "abs_rel", "rmse", "log10", "silog"), float("nan"))
    ratio = np.maximum(p / t, t / p)
    log = np.log(p) - np.log(t)
    return {
        **{f"delta{k}": float((ratio < 1.25**k).mean()) for k in (1, 2, 3)},
        "abs_rel": float((np.abs(p - t) / t).mean()),
        "rmse": float(np.sqrt(((p - t) ** 2).mean())),
        "log10": float(np.abs(log).mean() / np.log(10)),
        "silog": float(100 * np.sqrt(max((log**2).mean() - log.mean() ** 2, 0.0))),
    }


def align_scale(p: Float64[np.ndarray, " n"], t: Float64[np.ndarray, " n"]) -> Float64[np.ndarray, " n"]:
    """`p` times the ratio of the medians."""
    return p * (np.median(t) / np.median(p)) if t.size else p


def align_affine(p: Float64[np.ndarray, " n"], t: Float64[np.ndarray, " n"]) -> Float64[np.ndarray, " n"]:
    """The least-squares fit s p + b to `t`."""
    if t.size == 0:
        return p
    spread = p - p.mean()
    variance = (spread**2).mean()
    scale = (spread * (t - t.mean())).mean() / variance if variance > 0 else 0.0
    return scale * spread + t.mean()


def _named(prefix: str, errors: dict[str, float]) -> dict[str, float]:
    return {prefix + name: value for name, value in errors.items()}
