"""The part of an image around an object."""

from encode.formulas.boxes import PixelBox
from encode.frame import Frame

__all__ = ["window_around"]


def window_around(frame: Frame, box: PixelBox, reach: float) -> tuple[slice, slice]:
    """Return rows and columns of a box and one pixel around it, and `reach` of its sides, within the image."""
    height, width = frame.truth.shape
    down = 1 + round(reach * (box.bottom - box.top))
    across = 1 + round(reach * (box.right - box.left))
    rows = slice(max(box.top - down, 0), min(box.bottom + down, height))
    return rows, slice(max(box.left - across, 0), min(box.right + across, width))
