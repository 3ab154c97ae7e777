"""Draws the object that a pair asks for, and the marks that designate it."""

from collections.abc import Callable, Mapping
from itertools import islice

import numpy as np

from encode.draw import shuffled
from encode.frame import Frame, ObjectId
from encode.interactive.designation import designated, form_problems, is_askable
from encode.interactive.drawing.box import draw_box
from encode.interactive.drawing.coarse_mask import draw_coarse_mask
from encode.interactive.drawing.points import draw_point, draw_points
from encode.interactive.drawing.scribble import draw_scribble
from encode.interactive.marks import Marks
from encode.prompts.marks import MARK_KINDS
from encode.referring.forms import ObjectPool
from encode.referring.visible import visible_objects
from encode.referring.wish import Wish, draw_wish
from encode.shares import PairShares

__all__ = ["sample_marks"]

_DRAW: Mapping[str, Callable[[np.random.Generator, Frame, ObjectId], Marks | None]] = {
    "point": draw_point,
    "points": draw_points,
    "box": draw_box,
    "scribble": draw_scribble,
    "coarse_mask": draw_coarse_mask,
}

# Objects that are tried with one kind of mark before the next kind gets its turn.
_TRIED = 8

# The weight of an object that fits a wish.
_FITS = 1.0


def sample_marks(rng: np.random.Generator, frame: Frame, shares: PairShares) -> tuple[ObjectId, Marks] | None:
    """Draw an object and marks that designate it beyond doubt; None where the frame has no such object.

    Every kind of mark comes first equally often. Each prompt wishes for some least area of its object, as referring
    expressions do (`encode.referring.wish`); those that have it come first, the others more often as they are larger.
    Whether others of its class are in view does not matter, since no class is named.
    """
    pool = ObjectPool.of(rng, visible_objects(frame), Wish(draw_wish(rng, shares).least_area))
    ordered = sorted(pool.ordered(pool.objects), key=lambda obj: pool.weights[obj.id] < _FITS)
    askable = (obj.id for obj in ordered if is_askable(frame, obj.id))
    objects = list(islice(askable, _TRIED))
    for kind in shuffled(rng, MARK_KINDS):
        for instance in objects:
            marks = _DRAW[kind](rng, frame, instance)
            if marks is not None and not form_problems(marks) and designated(frame, marks) == instance:
                return instance, marks
    return None
