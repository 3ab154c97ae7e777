"""What a `boxes` prompt asks for: every instance of one class in its own colour, classes, or what phrases pick."""

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np

from encode.draw import choice
from encode.formulas.boxes import PixelBox
from encode.frame import CategoryRecord, Frame, ObjectId
from encode.referring.language import write_expression
from encode.referring.targets import draw_targets
from encode.segmentation.absent import draw_absent_category
from encode.segmentation.class_choice import draw_noun, drawn_classes
from encode.task import PairRequest

__all__ = ["FORM_SLOTS", "MOST_LISTED", "BoxRequest", "draw_asked"]

#: The slot that a template of each form has.
FORM_SLOTS: Mapping[str, str] = {"each": "colors", "classes": "sentence", "phrases": "targets"}

#: More colours than this are not listed in a prompt.
MOST_LISTED = 12

# How often each form is asked for.
_FORM_SHARES = {"each": 0.3, "classes": 0.45, "phrases": 0.25}

# Classes of a prompt, and how often so many.
_CLASS_COUNTS = (1, 1, 1, 2, 2, 3, 4)


@dataclass(frozen=True, slots=True)
class BoxRequest:
    """What one prompt asks for.

    labels: classes or phrases, each in one colour; of the form `each` the class, whose instances have a colour each.
    ids: of the objects of each label; of the form `each` one tuple. plural: the label of the form `each` for several.
    """

    form: str
    labels: tuple[str, ...]
    ids: tuple[tuple[ObjectId, ...], ...]
    expression: str = ""
    plural: str = ""


def draw_asked(request: PairRequest, boxes: Mapping[ObjectId, PixelBox]) -> BoxRequest | None:
    """Draw what to ask for; None where the form that is drawn has nothing. `boxes`: of all that may be asked for."""
    rng = request.rng
    form = str(rng.choice(list(_FORM_SHARES), p=list(_FORM_SHARES.values())))
    if form == "phrases":
        targets = draw_targets(request)
        if targets is None:
            return None
        return BoxRequest(form, targets.phrases, targets.ids, write_expression(targets.expression))
    if rng.random() < request.shares.absent_share:
        absent = draw_absent_category(rng, request.frame)
        if absent is not None:
            return BoxRequest("classes", (_draw_label(request.frame, absent, rng),), ((),))
    classes = [
        (category, tuple(record.id for record in objects if record.id in boxes))
        for category, objects in drawn_classes(request.frame, rng, request.shares)
    ]
    classes = [(category, ids) for category, ids in classes if ids]
    if form == "classes":
        chosen = classes[: choice(rng, _CLASS_COUNTS)]
        labels = tuple(_draw_label(request.frame, category, rng) for category, _ in chosen)
        return BoxRequest(form, labels, tuple(ids for _, ids in chosen)) if chosen else None
    several = [(category, instances) for category, instances in classes if 2 <= len(instances) <= MOST_LISTED]
    if not several:
        return None
    category, instances = several[0]
    return BoxRequest(form, (draw_noun(request.frame, category, rng),), (instances,), plural=category.plural)


def _draw_label(frame: Frame, category: CategoryRecord, rng: np.random.Generator) -> str:
    """A word for the class: mostly its plural, else its name or a synonym. The plural was found to name it alone."""
    return category.plural if category.plural and rng.random() < 0.6 else draw_noun(frame, category, rng)
