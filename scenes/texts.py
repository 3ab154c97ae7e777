"""The texts of a model: what its lettering reads, and where."""

from dataclasses import dataclass
from functools import lru_cache

import numpy as np
from jaxtyping import Float64

from encode.formulas.rotation import euler_matrix
from scenes.mesh import turned
from scenes.model import ObjectSpec, Part
from scenes.shapes import Lettering
from scenes.tessellation.lettering import lettering_box

__all__ = ["ModelText", "model_texts"]


@dataclass(frozen=True, eq=False)
class ModelText:
    """A line of lettering: what it reads, and the corners of the box round it.

    corners: in the object's axes, metres, in the plane of the letters' fronts: the top left one as one reads, then
        clockwise.
    """

    text: str
    corners: Float64[np.ndarray, "4 3"]


def model_texts(model: ObjectSpec) -> tuple[ModelText, ...]:
    """The texts of all parts that are `Lettering`, in order."""
    return tuple(
        ModelText(part.shape.text, _corners(part, part.shape))
        for part in model.parts
        if isinstance(part.shape, Lettering)
    )


def _corners(part: Part, shape: Lettering) -> Float64[np.ndarray, "4 3"]:
    left, right, front, bottom, top = _front(shape)
    own = np.array([(left, front, top), (right, front, top), (right, front, bottom), (left, front, bottom)])
    return np.asarray(turned(own, euler_matrix(part.rotation) @ np.diag(part.scale)) + np.array(part.location))


@lru_cache(maxsize=4096)
def _front(shape: Lettering) -> tuple[float, float, float, float, float]:
    """Left, right, front, bottom and top of the letters: words come again on other goods and in the other views."""
    (left, front, bottom), (right, _, top) = (corner.tolist() for corner in lettering_box(shape))
    return left, right, front, bottom, top
