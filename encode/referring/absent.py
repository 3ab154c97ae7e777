"""Phrases for what is not there: proved by the evaluator, and with nothing in view that could pass for it."""

from collections.abc import Sequence
from dataclasses import replace

import numpy as np

from encode.draw import choice, shuffled
from encode.frame import Frame
from encode.frame_ids import instance_index
from encode.referring.evaluator import proved_ids
from encode.referring.language import Expression, Node, Objects, Relation, Selection
from encode.referring.visible import VisibleObject, visible_objects
from encode.referring.wish import head_of
from encode.segmentation.absent import draw_absent_category

__all__ = ["draw_absent", "look_alike_problems"]

_TRIES = 60

# How often the class itself is absent, and not only its colour, its material or its place.
_CLASS_SHARE = 0.35

_ATTRIBUTES = ("color", "color", "color", "material")


def draw_absent(rng: np.random.Generator, frame: Frame) -> Expression | None:
    """Return an expression that picks nothing, beyond doubt; None where none was found."""
    objects = visible_objects(frame)
    for _ in range(0 if rng.random() < _CLASS_SHARE else _TRIES):
        node = _other_place(rng, objects) if rng.random() < 0.3 else _other_attribute(rng, objects)
        if node is not None and _is_nowhere(node, objects) and not look_alike_problems(frame, node):
            return _none(node)
    absent = draw_absent_category(rng, frame)
    return _none(Objects(absent.name)) if absent else None


def look_alike_problems(frame: Frame, node: Node) -> list[str]:
    """What is in view and may be taken for what the node describes, although it is none by its record.

    This is what has no category, objects of its class that are too little seen to be judged, and classes of the
    same super-category of which one is, or may be, as the node says.
    """
    name, objects = head_of(node), visible_objects(frame)
    judged, in_view = {obj.id for obj in objects}, set(instance_index(frame).ids.tolist())
    records = [record for record in frame.objects if record.id in in_view]
    problems = []
    if isinstance(node, Relation) and node.relation != "on":
        problems.append(f"nothing is proved absent by the relation {node.relation}")
    if not all(record.category_id for record in records) or not frame.truth.category.all():
        problems.append(f"{name!r} cannot be absent where something without a category is seen")
    if any(record.category == name and record.id not in judged for record in records):
        problems.append(f"{name!r} cannot be absent where one may be seen")
    own = {c.supercategory for c in frame.categories if c.name == name}
    kin = [c.name for c in frame.categories if c.supercategory in own and c.name != name]
    alike = [other for other in kin if not _is_nowhere(_with_head(node, other), objects)]
    return problems + [f"a {other} in view may pass for the {name} that is said to be absent" for other in alike]


def _none(node: Node) -> Expression:
    return Expression((Selection("none", node),))


def _is_nowhere(node: Node, objects: tuple[VisibleObject, ...]) -> bool:
    return proved_ids(_none(node), objects) is not None


def _with_head(node: Node, name: str) -> Node:
    """The same description of another class."""
    return replace(node, category=name) if isinstance(node, Objects) else replace(node, of=_with_head(node.of, name))


def _other_attribute(rng: np.random.Generator, objects: Sequence[VisibleObject]) -> Node | None:
    """A class that is in view, with an attribute that another object has: "the red mug" where none is red."""
    if len(objects) < 2:
        return None
    obj, other = shuffled(rng, objects)[:2]
    name = choice(rng, _ATTRIBUTES)
    word = getattr(other.record, name)
    if name == "material" and obj.supercategory != other.supercategory:
        return None  # nobody looks for a fabric teapot
    if not word or not obj.record.category or set(word.split()) & set(obj.record.category.split()):
        return None
    return Objects(obj.record.category, **{name: word})


def _other_place(rng: np.random.Generator, objects: Sequence[VisibleObject]) -> Node | None:
    """A class that stands on something, on something else that carries objects: "the mug on the desk"."""
    carriers = {obj.record.supported_by for obj in objects}
    movable = [obj for obj in objects if obj.record.supported_by and not obj.faint and not obj.surrounding]
    anchors = [obj for obj in objects if obj.id in carriers and not obj.faint]
    if not movable or not anchors:
        return None
    obj, anchor = choice(rng, movable), choice(rng, anchors)
    if obj.record.category == anchor.record.category:
        return None
    return Relation(Objects(obj.record.category), "on", (Objects(anchor.record.category),))
