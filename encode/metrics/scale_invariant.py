"""Errors that a scale of the answer does not change, by the practice of intrinsic image decomposition.

Base colour and shading are known up to a factor, so the error that methods are compared by is taken after the best
scale: one for the image (si_mse), or one for each window (si_lmse). Grosse et al., ICCV 2009; as here on MPI Sintel:
Chen and Koltun, ICCV 2013.
"""

import numpy as np
from jaxtyping import Bool, Float

__all__ = ["local_error", "scaled_error"]

# A window's side as a share of the image's longer one; windows overlap by half.
_WINDOW_SHARE = 0.1


def scaled_error(p: Float[np.ndarray, "n 3"], t: Float[np.ndarray, "n 3"]) -> float:
    """Mean squared error of `p` from `t` after the least-squares scale of `p`, one for all channels."""
    energy = float((p * p).sum())
    scale = float((p * t).sum()) / energy if energy else 0.0
    return float(((scale * p - t) ** 2).mean())


def local_error(p: Float[np.ndarray, "h w 3"], t: Float[np.ndarray, "h w 3"], known: Bool[np.ndarray, "h w"]) -> float:
    """Mean of `scaled_error` over windows, each weighted by its pixels of `known`, of which there is one at least."""
    side = max(2, round(_WINDOW_SHARE * max(known.shape)))
    total, weight = 0.0, 0
    for y in range(0, max(1, known.shape[0] - side // 2), side // 2):
        for x in range(0, max(1, known.shape[1] - side // 2), side // 2):
            window = (slice(y, y + side), slice(x, x + side))
            inside = known[window]
            count = int(inside.sum())
            if count:
                total += count * scaled_error(p[window][inside], t[window][inside])
                weight += count
    return total / weight
