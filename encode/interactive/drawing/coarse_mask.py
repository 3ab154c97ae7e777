"""A coarse mask: the visible mask eroded or dilated, its border displaced, as by a brush or a weak model."""

import numpy as np
from jaxtyping import Bool, Float64

from encode.frame import Frame, ObjectId
from encode.interactive.designation import designated
from encode.interactive.drawing.window import window_around
from encode.interactive.marks import Marks
from encode.lazy_import import import_lazily
from encode.pixel_shapes import box_of, clearance
from encode.segmentation.paint import mask_of

__all__ = ["draw_coarse_mask"]

# All in shares of the radius of a disc of the object's area: how far the border moves out or in, by how much it is
# displaced, and over what distance the displacement changes. Inwards no farther than a share of the deepest pixel.
_SHIFT = 0.25
_INWARDS = 0.4
_AMPLITUDES = (0.04, 0.2)
_WAVES = (0.15, 0.5)

# Share of the masks that are made of square cells, as a model's output at low resolution, and the cells' sides.
_CELLS_SHARE = 0.3
_CELLS = (0.08, 0.25)

# How much around the object's box may be covered.
_REACH = 0.3

# The mask that is drawn differs from the true one in at least this share of it: else nothing is left to do.
_LEAST_WRONG = 0.03

_TRIES = 4


def draw_coarse_mask(rng: np.random.Generator, frame: Frame, instance: ObjectId) -> Marks | None:
    """Draw a coarse mask of an object; None where it would mean another."""
    mask = mask_of(frame.truth.instance, [instance])
    window = window_around(frame, box_of(mask), _REACH)
    for _ in range(_TRIES):
        coarse = np.zeros(mask.shape, bool)
        coarse[window] = _coarse(rng, mask[window])
        marks = Marks("coarse_mask", coarse, np.zeros(mask.shape, bool))
        wrong = int((coarse != mask).sum())
        if wrong >= _LEAST_WRONG * int(mask.sum()) and designated(frame, marks) == instance:
            return marks
    return None


def _coarse(rng: np.random.Generator, mask: Bool[np.ndarray, "a b"]) -> Bool[np.ndarray, "a b"]:
    radius = float(np.sqrt(mask.sum() / np.pi))
    inwards, outwards = clearance(mask), import_lazily("scipy.ndimage").distance_transform_edt(~mask)
    shift = float(rng.uniform(-_SHIFT * radius, min(_SHIFT * radius, _INWARDS * float(inwards.max()))))
    waves = _waves(rng, mask.shape, radius * float(rng.uniform(*_WAVES)))
    coarse: Bool[np.ndarray, "a b"] = inwards - outwards + radius * float(rng.uniform(*_AMPLITUDES)) * waves > shift
    return _in_cells(coarse, radius * float(rng.uniform(*_CELLS))) if rng.random() < _CELLS_SHARE else coarse


def _waves(rng: np.random.Generator, shape: tuple[int, ...], length: float) -> Float64[np.ndarray, "a b"]:
    """Smooth noise of mean 0 and deviation 1."""
    noise = import_lazily("scipy.ndimage").gaussian_filter(rng.standard_normal(shape), length)
    waves: Float64[np.ndarray, "a b"] = (noise - noise.mean()) / max(float(noise.std()), 1e-9)
    return waves


def _in_cells(mask: Bool[np.ndarray, "a b"], side: float) -> Bool[np.ndarray, "a b"]:
    """The mask in square cells, each as its middle pixel is."""
    cell = max(round(side), 2)
    rows, columns = (np.minimum(np.arange(n) // cell * cell + cell // 2, n - 1) for n in mask.shape)
    cells: Bool[np.ndarray, "a b"] = mask[np.ix_(rows, columns)]
    return cells
