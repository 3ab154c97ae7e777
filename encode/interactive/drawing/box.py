"""A box around the visible object, off by as much as users' boxes are."""

import numpy as np

from encode.formulas.boxes import PixelBox
from encode.frame import Frame, ObjectId
from encode.interactive.designation import designated
from encode.interactive.marks import Marks
from encode.interactive.shapes import draw_outline, line_widths
from encode.pixel_shapes import box_of
from encode.segmentation.paint import mask_of

__all__ = ["draw_box"]

# Noise of each side, uniform in both directions, and its bound as a share of the image's longer side: SAM trains with
# 0.1 and 20 pixels of 1024 (`sample_box_points` of sam2/modeling/sam2_utils.py, github.com/facebookresearch/sam2).
_NOISE, _MOST_NOISE = 0.1, 20 / 1024

# Boxes drawn until one means the object; the last is the exact box.
_TRIES = 4


def draw_box(rng: np.random.Generator, frame: Frame, instance: ObjectId) -> Marks | None:
    """Draw the outline of a box around an object; None where it would mean another, or nothing is in the outline."""
    shape = frame.truth.shape
    exact = box_of(mask_of(frame.truth.instance, [instance]))
    width = int(rng.integers(line_widths(shape)[0], line_widths(shape)[1] + 1))
    for box in (*(_noisy(rng, exact, shape) for _ in range(_TRIES)), exact):
        if min(box.right - box.left, box.bottom - box.top) > 2 * width:
            marks = Marks("box", draw_outline(shape, box, width), np.zeros(shape, bool))
            if designated(frame, marks) == instance:
                return marks
    return None


def _noisy(rng: np.random.Generator, box: PixelBox, shape: tuple[int, int]) -> PixelBox:
    sides = np.array([box.right - box.left, box.bottom - box.top] * 2)
    noise = rng.uniform(-1, 1, 4) * np.minimum(_NOISE * sides, _MOST_NOISE * max(shape))
    ends = np.rint(np.array(box) + noise).astype(int)
    height, width = shape
    left, top, right, bottom = np.clip(ends, 0, [width, height, width, height]).tolist()
    return PixelBox(left, top, right, bottom)
