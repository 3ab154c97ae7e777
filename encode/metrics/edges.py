"""Errors at edges that forgive a small shift: SEE of depth and SAEE of normals.

The soft edge error SEE_k (Chen, Chen and Cheng, ICCV 2019) is taken at the edges of the truth: the least absolute
difference between the prediction at a pixel and the truth anywhere in the k x k pixels around it, averaged over the
edge pixels. An edge that is sharp and off by a pixel costs nothing; one that is smeared costs what lies between. The
soft angular edge error SAEE_k is the same of normals, in degrees.

Edges, windows and thresholds are those of Marigold V2 (2026): `soft_edge_error` of marigoldv2/validation/metric.py and
`soft_edge_angular_error` of evaluation/normals_saee in github.com/huawei-bayerlab/marigold-v2. A pixel is on an edge
where inverse depth jumps by more than 0.05 1/m to one of its four neighbours (the edges of SMD-Nets, CVPR 2021, there
in disparity), or the normal by 5 degrees or more. Pixels without a surface are neither edges nor neighbours.
"""

from collections.abc import Iterator

import numpy as np
from jaxtyping import Bool, Float, Float64, Int

__all__ = ["WINDOWS", "depth_edges", "normal_edges", "soft_angular_edge_errors", "soft_edge_errors"]

#: Sides k of the windows, pixels.
WINDOWS = (3, 5, 7)

_INVERSE_DEPTH_JUMP = 0.05
_ANGLE_JUMP = 5.0


def soft_edge_errors(
    predicted: Float[np.ndarray, "h w"],
    truth: Float[np.ndarray, "h w"],
    valid: Bool[np.ndarray, "h w"],
    edges: Bool[np.ndarray, "h w"],
) -> dict[str, float]:
    """Return `see_3`, `see_5` and `see_7` in metres; NaN where there is no edge.

    predicted, truth: depth in metres, finite where `valid`. edges: what `depth_edges` gave, pixels of `valid`.
    """
    known = predicted[edges].astype(np.float64)
    around = _padded(np.where(valid, truth, np.inf).astype(np.float64), np.inf)
    least = np.full(known.shape, np.inf)
    errors = {}
    for side, last, neighbours in _windows(edges):
        np.minimum(least, np.abs(around[neighbours] - known), out=least)
        if last:
            errors[f"see_{side}"] = float(least.mean()) if known.size else float("nan")
    return errors


def soft_angular_edge_errors(
    predicted: Float[np.ndarray, "h w 3"], truth: Float[np.ndarray, "h w 3"]
) -> dict[str, float]:
    """Return `saee_3`, `saee_5` and `saee_7` in degrees; NaN where there is no edge.

    predicted, truth: vectors in the same axes, 0 where there is no surface; a predicted 0 at an edge counts as 90
    degrees.
    """
    edges = normal_edges(truth)
    known = _directions(predicted[edges])
    around = _padded(np.where(truth.any(-1)[..., None], _directions(truth), np.nan), np.nan)
    cosine = np.full(len(known), -1.0)
    errors = {}
    for side, last, neighbours in _windows(edges):
        np.fmax(cosine, np.einsum("nc,nc->n", around[neighbours], known), out=cosine)  # which leaves NaN out
        if last:
            angles = np.degrees(np.arccos(np.minimum(cosine, 1)))
            errors[f"saee_{side}"] = float(angles.mean()) if len(known) else float("nan")
    return errors


def depth_edges(depth: Float[np.ndarray, "h w"], valid: Bool[np.ndarray, "h w"]) -> Bool[np.ndarray, "h w"]:
    """Both pixels of each pair of valid 4-neighbours whose inverse depths differ by more than 0.05 1/m."""
    inverse = np.where(valid, 1 / np.where(valid, depth, 1).astype(np.float64), 0.0)
    down, right = (np.abs(np.diff(inverse, axis=axis)) > _INVERSE_DEPTH_JUMP for axis in (0, 1))
    return _both_sides(down, right, valid)


def normal_edges(normal: Float[np.ndarray, "h w 3"]) -> Bool[np.ndarray, "h w"]:
    """Both pixels of each pair of 4-neighbours with a surface whose normals are 5 degrees apart or more."""
    n = _directions(normal)
    most = np.cos(np.radians(_ANGLE_JUMP))
    down = np.einsum("hwc,hwc->hw", n[1:], n[:-1]) <= most
    right = np.einsum("hwc,hwc->hw", n[:, 1:], n[:, :-1]) <= most
    return _both_sides(down, right, normal.any(-1))


def _both_sides(
    down: Bool[np.ndarray, "h_1 w"], right: Bool[np.ndarray, "h w_1"], valid: Bool[np.ndarray, "h w"]
) -> Bool[np.ndarray, "h w"]:
    """Pixels at either side of a jump to the pixel below or to the right, if both pixels are valid."""
    edges = np.zeros(valid.shape, bool)
    down = down & valid[1:] & valid[:-1]
    right = right & valid[:, 1:] & valid[:, :-1]
    edges[1:] |= down
    edges[:-1] |= down
    edges[:, 1:] |= right
    edges[:, :-1] |= right
    return edges


def _padded(values: Float64[np.ndarray, "h w *c"], border: float) -> Float64[np.ndarray, "n *c"]:
    """The pixels row by row, with a border as wide as the largest window reaches."""
    reach = WINDOWS[-1] // 2
    padded = np.pad(values, [(reach, reach), (reach, reach), (0, 0)][: values.ndim], constant_values=border)
    return padded.reshape(-1, *values.shape[2:])


def _windows(edges: Bool[np.ndarray, "h w"]) -> Iterator[tuple[int, bool, Int[np.ndarray, " n"]]]:
    """For each offset in the largest window: the smallest one with it, its last offset or not, and the neighbours.

    Offsets come from the middle outwards, so that a running minimum is each window's after its last offset. Neighbours
    are indices into what `_padded` gave.
    """
    reach = WINDOWS[-1] // 2
    stride = edges.shape[1] + 2 * reach
    y, x = np.nonzero(edges)
    at = (y + reach) * stride + x + reach
    offsets = [(dy, dx) for dy in range(-reach, reach + 1) for dx in range(-reach, reach + 1)]
    offsets.sort(key=lambda offset: max(map(abs, offset)))
    for number, (dy, dx) in enumerate(offsets, start=1):
        side = max(WINDOWS[0], 2 * max(abs(dy), abs(dx)) + 1)
        yield side, number == side * side, at + dy * stride + dx


def _directions(vectors: Float[np.ndarray, "*n 3"]) -> Float64[np.ndarray, "*n 3"]:
    """Unit vectors, 0 where the vector is."""
    wide = vectors.astype(np.float64)
    length = np.linalg.norm(wide, axis=-1, keepdims=True)
    return np.divide(wide, length, out=np.zeros_like(wide), where=length > 0)
