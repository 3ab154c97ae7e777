"""Points: one deep in the object, or several, with points on what does not belong to it."""

import numpy as np
from jaxtyping import Bool, Float64, UInt32

from encode.draw import choice
from encode.frame import Frame, ObjectId
from encode.interactive.designation import DEEP, dots_apart
from encode.interactive.drawing.window import window_around
from encode.interactive.marks import Marks
from encode.interactive.shapes import Dot, dot_radii, draw_dots
from encode.pixel_shapes import box_of, clearance
from encode.segmentation.paint import mask_of

__all__ = ["draw_point", "draw_points"]

# A dot's centre is so much farther than its radius from the border of what it lies on, pixels.
_MARGIN = 2.0

_MOST_WANTED, _MOST_EXCLUDED = 4, 3

# Share of the prompts of several points that have excluded ones.
_EXCLUDED_SHARE = 0.7

# Excluded points lie within this share of the object's box around it: farther off nobody is in doubt.
_REACH = 0.3

# Places drawn for a further point, of which that farthest from the others is taken (Mitchell's best candidate).
_PLACES = 8


def draw_point(rng: np.random.Generator, frame: Frame, instance: ObjectId) -> Marks | None:
    """Draw one point deep in an object; None where no dot fits."""
    dots = _wanted(rng, frame, instance, 1)
    shape = frame.truth.shape
    return Marks("point", draw_dots(shape, dots), np.zeros(shape, bool)) if dots else None


def draw_points(rng: np.random.Generator, frame: Frame, instance: ObjectId) -> Marks | None:
    """Draw several points, most of them with some that are excluded; None where there is no place for two."""
    excludes = rng.random() < _EXCLUDED_SHARE
    wanted = _wanted(rng, frame, instance, int(rng.integers(1 if excludes else 2, _MOST_WANTED + 1)))
    excluded = _excluded(rng, frame, instance, wanted) if wanted and excludes else []
    if not wanted or len(wanted) + len(excluded) < 2:
        return None
    shape = frame.truth.shape
    return Marks("points", draw_dots(shape, wanted), draw_dots(shape, excluded))


def _wanted(rng: np.random.Generator, frame: Frame, instance: ObjectId, count: int) -> list[Dot]:
    mask = mask_of(frame.truth.instance, [instance])
    window = window_around(frame, box_of(mask), 0.0)
    depth = clearance(mask[window])
    least, most = dot_radii(frame.truth.shape)
    radius = min(int(rng.integers(least, most + 1)), int(depth.max() - _MARGIN))
    if radius < least:
        return []
    deep = depth >= max(radius + _MARGIN, DEEP * depth.max())
    dots = [_place(rng, deep, window, radius)]
    free = depth >= radius + _MARGIN
    while len(dots) < count:
        dot = _farthest(rng, free, window, radius, dots)
        if not dots_apart([*dots, dot]):
            break
        dots.append(dot)
    return dots


def _excluded(rng: np.random.Generator, frame: Frame, instance: ObjectId, wanted: list[Dot]) -> list[Dot]:
    """Points near the object on what is not it, each on one thing drawn among those around it."""
    box = box_of(mask_of(frame.truth.instance, [instance]))
    window = window_around(frame, box, _REACH)
    ids = frame.truth.instance[window]
    radius = wanted[0].radius
    places = _inside(ids) >= radius + _MARGIN
    places &= ids != instance
    dots: list[Dot] = []
    for _ in range(int(rng.integers(1, _MOST_EXCLUDED + 1))):
        if not places.any():
            break
        other = choice(rng, np.unique(ids[places]).tolist())
        dot = _place(rng, places & (ids == other), window, radius)
        if dots_apart([*wanted, *dots, dot]):
            dots.append(dot)
    return dots


def _inside(ids: UInt32[np.ndarray, "h w"]) -> Float64[np.ndarray, "h w"]:
    """Distance of each pixel to the nearest one next to another id, at least 1."""
    same = np.ones(ids.shape, bool)
    across, down = ids[:, 1:] == ids[:, :-1], ids[1:] == ids[:-1]
    same[:, 1:] &= across
    same[:, :-1] &= across
    same[1:] &= down
    same[:-1] &= down
    return clearance(same)


def _farthest(
    rng: np.random.Generator, free: Bool[np.ndarray, "a b"], window: tuple[slice, slice], radius: int, dots: list[Dot]
) -> Dot:
    places = [_place(rng, free, window, radius) for _ in range(_PLACES)]
    return max(places, key=lambda place: min(np.hypot(place.x - dot.x, place.y - dot.y) for dot in dots))


def _place(rng: np.random.Generator, free: Bool[np.ndarray, "a b"], window: tuple[slice, slice], radius: int) -> Dot:
    """A dot with its centre on a pixel of `free`, all equally likely."""
    rows, columns = np.nonzero(free)
    place = int(rng.integers(len(rows)))
    return Dot(window[1].start + int(columns[place]), window[0].start + int(rows[place]), radius)
