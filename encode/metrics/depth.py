"""Depth metrics (Eigen et al. 2014): of metres, and separately after alignment.

Pixels whose truth is infinite or 0 are left out. Predictions are clipped to [0.001, 1000] m, so that one pixel of "sky"
where there is a wall is a large error and not an infinite one.
"""

from typing import Literal

import numpy as np
from jaxtyping import Bool, Float, Float64

from encode.check import check_depth, check_numbers
from encode.depth.transform import LOG_QUANTILES
from encode.metrics.edges import depth_edges, soft_edge_errors

__all__ = ["Alignment", "align_affine", "align_scale", "depth_errors", "depth_metrics"]

#: What of depth is aligned by scale and shift: 1/d or log d.
Alignment = Literal["inverse", "log"]

_NEAREST, _FARTHEST = 1e-3, 1e3


def depth_metrics(
    predicted: Float[np.ndarray, "h w"], truth: Float[np.ndarray, "h w"], *, relative: Alignment | None = None
) -> dict[str, float]:
    """Return `depth_errors` and edge errors of metres; with `scaled_` after a scale, `aligned_` after scale and shift.

    predicted, truth: planar depth, metres; +inf for no surface. The scale is the ratio of the medians (Zhou et al.
    2017); scale and shift are the least-squares fit (Ranftl et al. 2020). Edge errors are `soft_edge_errors`. Those
    named `aligned_log_` are as Marigold V2 reports them: after the best scale and shift of log depth, over the pixels
    between the 2 % and the 98 % quantile of the truth.
    relative: the prediction knows depth up to a scale and a shift of 1/d (`inverse`) or of log d (`log`); it is aligned
    in that, and has the scores `aligned_` alone.

    Every value is NaN where no pixel has a finite truth over 0, edge errors also where there is no edge. Raises
    ArrayError for maps of different shapes, for NaN, and for negative truth.
    """
    check_numbers(predicted, truth, "depth")
    check_depth(truth, "depth truth")
    valid = np.isfinite(truth) & (truth > 0)
    edges = depth_edges(truth, valid)
    p = np.clip(predicted[valid].astype(np.float64), _NEAREST, _FARTHEST)
    t = truth[valid].astype(np.float64)

    def errors(prefix: str, values: Float64[np.ndarray, " n"]) -> dict[str, float]:
        return _named(prefix, {**depth_errors(values, t), **_edge_errors(values, truth, valid, edges)})

    if relative == "inverse":
        inverse = align_affine(1 / p, 1 / t)
        return errors("aligned_", 1 / np.clip(inverse, 1 / _FARTHEST, 1 / _NEAREST))
    if relative == "log":
        logs = align_affine(np.log(p), np.log(t))
        return errors("aligned_", np.exp(np.clip(logs, np.log(_NEAREST), np.log(_FARTHEST))))
    return {
        **errors("", p),
        **errors("scaled_", align_scale(p, t)),
        **errors("aligned_", np.clip(align_affine(p, t), _NEAREST, _FARTHEST)),
        **_named("aligned_log_", _log_aligned_edge_errors(p, truth, valid)),
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


def _edge_errors(
    values: Float64[np.ndarray, " n"],
    truth: Float[np.ndarray, "h w"],
    valid: Bool[np.ndarray, "h w"],
    edges: Bool[np.ndarray, "h w"],
) -> dict[str, float]:
    predicted = np.zeros(truth.shape)
    predicted[valid] = values
    return soft_edge_errors(predicted, truth, valid, edges)


def _log_aligned_edge_errors(
    p: Float64[np.ndarray, " n"], truth: Float[np.ndarray, "h w"], valid: Bool[np.ndarray, "h w"]
) -> dict[str, float]:
    t = truth[valid].astype(np.float64)
    near, far = np.quantile(t, LOG_QUANTILES) if t.size else (0.0, 0.0)
    between = (t >= near) & (t <= far)
    inside = valid.copy()
    inside[valid] = between
    aligned = np.exp(align_affine(np.log(p[between]), np.log(t[between])))
    return _edge_errors(np.clip(aligned, _NEAREST, _FARTHEST), truth, inside, depth_edges(truth, inside))
