"""Errors of diffuse shading, which is known up to a factor: the light's strength is not in the image."""

import numpy as np
from jaxtyping import Float32

from encode.errors import ArrayError
from encode.metrics.scale_invariant import local_error, scaled_error

__all__ = ["shading_metrics"]

# The least ratio that counts, so that black in an answer is an error of so many stops and not of infinitely many.
_LEAST = 2.0**-10


def shading_metrics(predicted: Float32[np.ndarray, "h w 3"], truth: Float32[np.ndarray, "h w 3"]) -> dict[str, float]:
    """stops, si_mse and si_lmse over the pixels where `truth` is not 0 in all channels; NaN where there are none.

    predicted, truth: linear, relative. stops: mean absolute error of the binary logarithm after the best factor for all
    pixels and channels, which is the median of the ratios. Raises ArrayError for two sizes.
    """
    if predicted.shape != truth.shape:
        raise ArrayError("shading", f"shape {truth.shape}", f"shape {predicted.shape}")
    known = truth.any(axis=-1)
    if not known.any():
        return dict.fromkeys(("stops", "si_mse", "si_lmse"), float("nan"))
    p, t = (np.maximum(values, _LEAST).astype(np.float64) for values in (predicted, truth))
    ratio = np.log2(p[known] / t[known])
    return {
        "stops": float(np.abs(ratio - np.median(ratio)).mean()),
        "si_mse": scaled_error(p[known], t[known]),
        "si_lmse": local_error(p, t, known),
    }
