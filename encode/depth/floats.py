"""The cube walk without 8 bits: metres to colours in [0, 1] and back, for models that return floats.

The same numbers as hilbertmap 0.1.3 (`depth_to_rgb`, `rgb_to_depth`), as tests check. Rounded to 8 bits the
colours are those of the codec `cube-walk`.
"""

from itertools import pairwise

import numpy as np
from jaxtyping import Float, Float64

from encode.check import check_depth, check_float_rgb
from encode.depth.cube_walk import VERTICES
from encode.depth.transform import DepthTransform

__all__ = ["decode_depth_floats", "encode_depth_floats"]

_CORNERS = np.array(VERTICES, np.float64)
_EDGES = len(_CORNERS) - 1
_PLACES = np.arange(len(_CORNERS)) / _EDGES

_DEFAULT = DepthTransform()


def encode_depth_floats(
    depth: Float[np.ndarray, "*n"], transform: DepthTransform = _DEFAULT
) -> Float64[np.ndarray, "*n 3"]:
    """Colours in [0, 1] of planar depth in metres; +inf is white. Raises ArrayError for NaN or negative depth."""
    check_depth(depth, "cube-walk encoding")
    f = transform.forward(depth)
    return np.stack([np.interp(f, _PLACES, _CORNERS[:, channel]) for channel in range(3)], -1)


def decode_depth_floats(
    rgb: Float[np.ndarray, "*n 3"], transform: DepthTransform = _DEFAULT
) -> Float64[np.ndarray, "*n"]:
    """Metres of the point of the walk nearest to each colour; of equally near edges, the earlier. White is +inf.

    Values outside [0, 1] are projected like all others. Raises ArrayError for NaN, for other types and for what can
    only be 8-bit colours in floats.
    """
    check_float_rgb(rgb, "cube-walk decoding")
    colors = rgb.astype(np.float64)
    best = np.zeros(colors.shape[:-1])
    least = np.full(best.shape, np.inf)
    for edge, (start, end) in enumerate(pairwise(_CORNERS)):
        along = np.clip((colors - start) @ (end - start), 0, 1)  # edges are 1 long
        offset = colors - (start + along[..., None] * (end - start))
        squared = np.einsum("...c,...c->...", offset, offset)
        nearer = squared < least
        best[nearer] = (edge + along[nearer]) / _EDGES
        least[nearer] = squared[nearer]
    return transform.inverse(best)
