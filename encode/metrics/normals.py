"""Angular errors of surface normals."""

import numpy as np
from jaxtyping import Float

from encode.check import check_normals, check_numbers
from encode.formulas.channels import any_channel
from encode.metrics.edges import soft_angular_edge_errors

__all__ = ["THRESHOLDS", "normal_metrics"]

#: Degrees under which a share of pixels is reported.
THRESHOLDS = (5.0, 7.5, 11.25, 22.5, 30.0)


def normal_metrics(predicted: Float[np.ndarray, "h w 3"], truth: Float[np.ndarray, "h w 3"]) -> dict[str, float]:
    """Return mean and median angle in degrees, the share under each of THRESHOLDS (`under_11.25`), and edge errors.

    predicted, truth: vectors in camera axes (x right, y up, z toward the viewer); the prediction's length does
    not matter. Pixels without a surface in truth are left out; a predicted 0 ("none") on a surface counts as 90
    degrees. Every value is NaN where there is no surface, the edge errors (`soft_angular_edge_errors`) also where there
    is no edge. Raises ArrayError for maps of different shapes, for NaN, and for truth that is neither of unit length
    nor 0.
    """
    check_numbers(predicted, truth, "normals")
    check_normals(truth, "normals truth")
    valid = any_channel(truth)
    p, t = predicted[valid].astype(np.float64), truth[valid].astype(np.float64)
    edges = soft_angular_edge_errors(predicted, truth)
    if not len(t):
        return {
            **dict.fromkeys(("mean", "median", *(f"under_{limit:g}" for limit in THRESHOLDS)), float("nan")),
            **edges,
        }
    # The angle from both sine and cosine: arccos alone loses half of its digits near 0 degrees.
    sine = np.linalg.norm(np.cross(p, t), axis=-1)
    angle = np.degrees(np.arctan2(sine, np.einsum("nc,nc->n", p, t)))
    angle[~any_channel(p)] = 90.0
    return {
        "mean": float(angle.mean()),
        "median": float(np.median(angle)),
        **{f"under_{limit:g}": float((angle < limit).mean()) for limit in THRESHOLDS},
        **edges,
    }
