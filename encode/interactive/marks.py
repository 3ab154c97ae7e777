"""Marks in a second source image: painted on a canvas, and read back from it."""

from dataclasses import dataclass

import numpy as np
from jaxtyping import Bool, UInt8

from encode.colors.legend import MINIMUM_RGB, draw_colors
from encode.formulas.channels import any_channel, has_color
from encode.frame import Frame
from encode.pair import RGB

__all__ = ["Marks", "canvas_image", "draw_mark_colors", "is_free", "paint_marks", "read_marks"]

# Colours from which those of the marks are taken: so many always fit, named ones too.
_CANDIDATES = 8


@dataclass(frozen=True, slots=True, eq=False)
class Marks:
    """The marks of one object.

    kind: one of MARK_KINDS. wanted: pixels of the mark. excluded: pixels of the points on what does not belong to the
    object; none but for the kind `points`.
    """

    kind: str
    wanted: Bool[np.ndarray, "h w"]
    excluded: Bool[np.ndarray, "h w"]


def canvas_image(frame: Frame, canvas: str) -> UInt8[np.ndarray, "h w 3"]:
    """Return what marks are drawn on: the frame's image for `image`, black for `black`."""
    return frame.image if canvas == "image" else np.zeros_like(frame.image)


def is_free(image: UInt8[np.ndarray, "h w 3"], rgb: RGB) -> bool:
    """Whether no pixel of an image is nearer to a colour than MINIMUM_RGB, so that a mark in it cannot be missed."""
    difference = image.astype(np.int32) - np.array(rgb, np.int32)
    return int(np.einsum("hwc,hwc->hw", difference, difference).min()) >= MINIMUM_RGB**2


def draw_mark_colors(
    rng: np.random.Generator, image: UInt8[np.ndarray, "h w 3"], count: int, *, named: bool
) -> tuple[RGB, ...] | None:
    """Draw `count` colours that are apart, and free in the image; None where too few are."""
    drawn: list[RGB] = []
    for rgb in draw_colors(rng, _CANDIDATES, named=named) or []:
        if is_free(image, rgb):
            drawn.append(rgb)
        if len(drawn) == count:
            return tuple(drawn)
    return None


def paint_marks(image: UInt8[np.ndarray, "h w 3"], marks: Marks, colors: tuple[RGB, ...]) -> UInt8[np.ndarray, "h w 3"]:
    """Return the image with the marks painted over it in `colors`: the mark's, that of excluded points."""
    painted = image.copy()
    for mask, rgb in zip((marks.wanted, marks.excluded), colors, strict=False):
        painted[mask] = rgb
    return painted


def read_marks(
    painted: UInt8[np.ndarray, "h w 3"], image: UInt8[np.ndarray, "h w 3"], kind: str, colors: tuple[RGB, ...]
) -> tuple[Marks, Bool[np.ndarray, "h w"]]:
    """Return the marks that are painted in `colors` (the mark's, that of excluded points), and stray pixels.

    Stray are those that differ from the image and have none of the colours.
    """
    found = [has_color(painted, rgb) for rgb in colors]
    none = np.zeros(painted.shape[:2], bool)
    stray = any_channel(painted != image) & ~np.logical_or.reduce(found)
    return Marks(kind, found[0], found[1] if len(found) > 1 else none), stray
