"""Phrases for what is not there: proved by the evaluator, and with nothing in view that could pass for it."""

from collections.abc import Sequence

import numpy as np

from encode.draw import choice, shuffled
from encode.frame import Frame
from encode.id_map import compact_ids
from encode.referring.attributes import color_fits, word_fits
from encode.referring.evaluator import proved_ids
from encode.referring.language import Expression, Node, Objects, Relation, Selection
from encode.referring.visible import VisibleObject, visible_objects
from encode.referring.wish import head_of
from encode.segmentation.absent import absent_categories

__all__ = ["draw_absent", "is_nowhere", "look_alike_problems"]

_TRIES = 60

# How often the class itself is absent, and not only the colour, the material or the place.
_CLASS_SHARE = 0.35

_ATTRIBUTES = ("color", "color", "material")

# Relations that surely do not hold where the evaluator says so; of the others people would not speak.
_PLACES = ("on", "under")


def draw_absent(rng: np.random.Generator, frame: Frame) -> Expression | None:
    """Return an expression that picks nothing, beyond doubt; None where none was found."""
    objects = visible_objects(frame)
    classes = absent_categories(frame)
    for _ in range(_TRIES):
        node = Objects(choice(rng, classes).name) if classes and rng.random() < _CLASS_SHARE else None
        node = node or _other_attribute(rng, objects) or _other_place(rng, objects)
        if node is not None and is_nowhere(frame, node):
            return Expression((Selection("none", node),))
    return None


def is_nowhere(frame: Frame, node: Node) -> bool:
    """Whether surely no object fits, and none could pass for one that does."""
    proved = proved_ids(Expression((Selection("none", node),)), visible_objects(frame))
    return proved is not None and not look_alike_problems(frame, node)


def look_alike_problems(frame: Frame, node: Node) -> list[str]:
    """What is in view and may be taken for what the node describes, although it is none by its record.

    These are objects without a category, those of the class that are too little seen to be judged, and those of a class
    of the same super-category whose colour or material is not surely another.
    """
    name = head_of(node)
    seen = visible_objects(frame)
    judged = {obj.id for obj in seen if not obj.faint}
    in_view = set(compact_ids(frame.truth.instance)[0].tolist())
    records = [record for record in frame.objects if record.id in in_view]
    problems = []
    if isinstance(node, Relation) and node.relation not in _PLACES:
        problems.append(f"nothing is proved absent by the relation {node.relation}")
    if any(not record.category_id for record in records):
        problems.append(f"{name!r} cannot be absent where objects without a category are seen")
    if any(record.category == name and record.id not in judged for record in records):
        problems.append(f"{name!r} cannot be absent where one may be seen")
    kin = _kin(frame, name)
    alike = [r for r in records if r.category in kin and not _surely_differs(node, r.id, seen)]
    return problems + [f"the object {record.name!r} may pass for what is said to be absent" for record in alike]


def _kin(frame: Frame, name: str) -> frozenset[str]:
    """Names of the other categories of the same super-category."""
    own = {c.supercategory for c in frame.categories if c.name == name}
    return frozenset(c.name for c in frame.categories if c.supercategory in own and c.name != name)


def _surely_differs(node: Node, object_id: int, seen: Sequence[VisibleObject]) -> bool:
    """Whether an object of another class differs from the node's head by colour or material too."""
    head = node
    while not isinstance(head, Objects):
        head = head.of
    if not (head.color or head.material):
        return False
    alike = Objects(color=head.color, material=head.material)
    return any(obj.id == object_id for obj in seen) and not _may_fit(alike, object_id, seen)


def _may_fit(node: Objects, object_id: int, seen: Sequence[VisibleObject]) -> bool:
    obj = next(obj for obj in seen if obj.id == object_id)
    tests = [
        not node.color or color_fits(node.color, obj.record.color),
        not node.material or word_fits(node.material, obj.record.material),
    ]
    return all(test is not False for test in tests)


def _other_attribute(rng: np.random.Generator, objects: Sequence[VisibleObject]) -> Node | None:
    """A class that is in view, with an attribute that another object has: "the red mug" where none is red."""
    if len(objects) < 2 or rng.random() < 0.25:
        return None
    obj, other = shuffled(rng, objects)[:2]
    name = choice(rng, _ATTRIBUTES)
    word = getattr(other.record, name)
    if not word or not obj.record.category or set(word.split()) & set(obj.record.category.split()):
        return None
    return Objects(obj.record.category, **{name: word})


def _other_place(rng: np.random.Generator, objects: Sequence[VisibleObject]) -> Node | None:
    """A class that is in view, in a relation to another object in which none of it stands."""
    clear = [obj for obj in objects if not obj.faint]
    if len(clear) < 2:
        return None
    obj, anchor = shuffled(rng, clear)[:2]
    if obj.record.category == anchor.record.category:
        return None
    return Relation(Objects(obj.record.category), choice(rng, _PLACES), (Objects(anchor.record.category),))
