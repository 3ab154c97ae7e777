"""Which objects of a frame an expression picks, and whether that is unambiguous.

Independent of the sampler: it reads the JSON and measures the truth maps itself. Membership has three values: surely
in, surely out, and open. An expression is proved when every target's open set is empty.
"""

from collections.abc import Callable, Mapping, Set
from dataclasses import dataclass

from encode.frame import Frame, ObjectId
from encode.referring.attributes import color_fits, word_fits
from encode.referring.groups import is_member
from encode.referring.language import Except, Expression, Node, Objects, Rank, Relation, Side, Without, read_expression
from encode.referring.relations import comes_before, is_between, relates, stands_on_side
from encode.referring.sizes import looks_sized
from encode.referring.visible import VisibleObject, visible_objects

__all__ = ["Members", "SeenObjects", "evaluate", "evaluate_objects", "proved_ids"]


@dataclass(frozen=True, slots=True)
class Members:
    """Ids that surely belong to a set, and ids that may."""

    sure: frozenset[ObjectId]
    open: frozenset[ObjectId]


def evaluate(expression: str, frame: Frame) -> tuple[Members, ...]:
    """Return the members of every target of the JSON `expression`; raises ExpressionError for a malformed one."""
    return evaluate_objects(read_expression(expression), visible_objects(frame))


def evaluate_objects(expression: Expression, objects: tuple[VisibleObject, ...]) -> tuple[Members, ...]:
    """As `evaluate`, for objects that are measured already."""
    return _evaluate(expression, SeenObjects(objects))


def proved_ids(
    expression: Expression, objects: "tuple[VisibleObject, ...] | SeenObjects"
) -> tuple[frozenset[ObjectId], ...] | None:
    """Return the ids of every target.

    None where anything is open, "one" is not one, "all" is under two, "none" is some, or targets overlap. A sampler,
    which tries many expressions on one frame, hands in the same `SeenObjects` each time.
    """
    picked = _evaluate(expression, objects if isinstance(objects, SeenObjects) else SeenObjects(objects))
    for target, members in zip(expression.targets, picked, strict=True):
        if members.open or not _COUNTS[target.pick](len(members.sure)):
            return None
    ids = tuple(members.sure for members in picked)
    return ids if len(frozenset().union(*ids)) == sum(len(part) for part in ids) else None


# How many members each pick takes.
_COUNTS: Mapping[str, Callable[[int], bool]] = {
    "one": lambda count: count == 1,
    "all": lambda count: count >= 2,
    "none": lambda count: count == 0,
}


class SeenObjects:
    """The objects of a frame, and the members of what was evaluated on them so far: expressions share their parts."""

    def __init__(self, objects: tuple[VisibleObject, ...]) -> None:
        self.by_id: Mapping[ObjectId, VisibleObject] = {obj.id: obj for obj in objects}
        self.supports = frozenset(obj.record.supported_by for obj in objects)
        self.everything = Members(
            frozenset(obj.id for obj in objects if not obj.faint), frozenset(obj.id for obj in objects if obj.faint)
        )
        self._known: dict[Node, Members] = {}

    def members(self, node: Node) -> Members:
        """The members of a part of an expression."""
        known = self._known.get(node)
        if known is None:
            known = self._known[node] = _members(node, self)
        return known


def _evaluate(expression: Expression, seen: SeenObjects) -> tuple[Members, ...]:
    return tuple(seen.members(target.of) for target in expression.targets)


def _members(node: Node, seen: SeenObjects) -> Members:
    match node:
        case Objects():
            return _objects(node, seen)
        case Without():
            return _without(node, seen)
        case Rank():
            return _ranked(node, seen)
        case Side():
            return _narrowed(seen.members(node.of), lambda i: stands_on_side(seen.by_id[i], node.side))
        case Relation():
            return _related(node, seen)
        case Except():
            return _except(seen.members(node.of), seen.members(node.minus))


def _group(group: str, seen: SeenObjects) -> Members:
    """All members, faint ones too: what they are is sure, and one mask is for all of them."""
    verdict = {i: is_member(group, obj.record.category, obj.supercategory) for i, obj in seen.by_id.items()}
    return Members(
        frozenset(i for i, member in verdict.items() if member is True),
        frozenset(i for i, member in verdict.items() if member is None),
    )


def _objects(node: Objects, seen: SeenObjects) -> Members:
    if node.group:
        return _group(node.group, seen)

    def fits(i: ObjectId) -> bool | None:
        record = seen.by_id[i].record
        if node.category and node.category != record.category:
            return False
        return _both(
            bool(node.category) or _is_object(seen.by_id[i], seen.supports),
            not node.color or color_fits(node.color, record.color),
            not node.material or word_fits(node.material, record.material),
            not node.size or looks_sized(seen.by_id[i], node.size, seen.by_id.values()),
        )

    return _narrowed(seen.everything, fits)


def _is_object(obj: VisibleObject, supports: Set[ObjectId]) -> bool | None:
    """Whether people include it when they say "object": they exclude the table that objects stand on, and a door.

    Open for a picture on the wall, or a sofa that carries nothing.
    """
    if obj.group == "fixture" or (obj.group == "furniture" and obj.id not in supports):
        return None
    return not obj.surrounding


def _without(node: Without, seen: SeenObjects) -> Members:
    def lacks(i: ObjectId) -> bool | None:
        record = seen.by_id[i].record
        return _both(
            not node.color or _not(color_fits(node.color, record.color)),
            not node.material or _not(word_fits(node.material, record.material)),
        )

    return _narrowed(seen.members(node.of), lacks)


def _ranked(node: Rank, seen: SeenObjects) -> Members:
    """The one member with exactly place - 1 clearly before it and all others clearly after it."""
    members = seen.members(node.of)
    # "The leftmost mug" presupposes several mugs, "the second from the left" a third one.
    if len(members.sure) <= node.place - (node.place == 1) or len(members.sure) < 2:
        return Members(frozenset(), members.sure | members.open)

    def before(i: ObjectId, j: ObjectId) -> bool:
        return comes_before(seen.by_id[i], seen.by_id[j], node.by, node.end)

    possible = members.sure | members.open
    for i in members.sure:
        if sum(before(j, i) for j in members.sure if j != i) != node.place - 1:
            continue
        if sum(before(i, j) for j in possible if j != i) == len(possible) - node.place:
            return Members(frozenset((i,)), frozenset())
    return Members(frozenset(), possible)


def _related(node: Relation, seen: SeenObjects) -> Members:
    anchors = []
    for anchor in node.anchors:
        anchor_members = seen.members(anchor)
        if anchor_members.open or len(anchor_members.sure) != 1:
            members = seen.members(node.of)
            return Members(frozenset(), members.sure | members.open)
        anchors.append(seen.by_id[next(iter(anchor_members.sure))])

    def stands(i: ObjectId) -> bool | None:
        if node.relation == "between":
            return is_between(seen.by_id[i], anchors[0], anchors[1], seen.by_id)
        return relates(seen.by_id[i], node.relation, anchors[0], seen.by_id)

    return _narrowed(seen.members(node.of), stands)


def _except(of: Members, minus: Members) -> Members:
    """The difference; open where nothing is surely excluded: "except" presupposes an exception among them."""
    if not minus.sure or not minus.sure <= of.sure:
        return Members(frozenset(), of.sure | of.open)
    rest = of.sure - minus.sure
    return Members(rest - minus.open, (of.open | (rest & minus.open)) - minus.sure)


def _narrowed(members: Members, fits: Callable[[ObjectId], bool | None]) -> Members:
    verdict = {i: fits(i) for i in members.sure | members.open}
    sure = frozenset(i for i in members.sure if verdict[i] is True)
    possible = frozenset(i for i, fit in verdict.items() if fit is not False)
    return Members(sure, possible - sure)


def _both(*tests: bool | None) -> bool | None:
    if any(test is False for test in tests):
        return False
    return None if any(test is None for test in tests) else True


def _not(test: bool | None) -> bool | None:
    return None if test is None else not test
