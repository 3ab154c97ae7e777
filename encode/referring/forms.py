"""The forms of referring expressions: each proposes an expression from the objects of a frame, at random.

Whether a proposal picks what it should is for the evaluator to decide.
"""

from bisect import bisect_right
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from itertools import accumulate

import numpy as np

from encode.draw import choice, shuffled
from encode.formulas.indices import ObjectId
from encode.referring.groups import GROUPS
from encode.referring.language import (
    Except,
    Expression,
    Node,
    Objects,
    Rank,
    Relation,
    Selection,
    Side,
    Without,
)
from encode.referring.visible import VisibleObject
from encode.referring.wish import ANYTHING, Wish

__all__ = ["FORMS", "Form", "ObjectPool", "briefly", "by_attributes", "group_proposals", "pick_one"]

# Relations of two, the rarer ones more often.
_RELATIONS_DRAWN = (
    *("on", "on", "in", "in", "under", "left_of", "left_of", "right_of", "right_of", "next_to", "next_to"),
    *("in_front_of",) * 5,
    *("behind",) * 5,
)

# How often a table or a window may be drawn where any object would do: "the table" teaches little.
_SURROUNDING_SHARE = 0.1

# How often a group noun is tried before everything on something.
_GROUPS_FIRST = 0.6


@dataclass(frozen=True, slots=True)
class ObjectPool:
    """The objects to draw from, and the random numbers to draw with.

    loose: what people call objects: no surroundings, but furniture that carries nothing.
    best_of_several: the object of most weight of each category that has two or more.
    """

    rng: np.random.Generator
    objects: tuple[VisibleObject, ...]
    by_category: Mapping[str, tuple[VisibleObject, ...]]
    weights: Mapping[ObjectId, float]
    loose: tuple[VisibleObject, ...]
    best_of_several: tuple[VisibleObject, ...]

    @classmethod
    def of(cls, rng: np.random.Generator, objects: tuple[VisibleObject, ...], wish: Wish = ANYTHING) -> "ObjectPool":
        """Return the pool of the objects that are seen clearly, those that fit the wish drawn more often."""
        clear = tuple(obj for obj in objects if not obj.faint)
        groups: dict[str, tuple[VisibleObject, ...]] = {}
        for obj in clear:
            groups[obj.record.category] = (*groups.get(obj.record.category, ()), obj)
        weights = {obj.id: wish.weight(obj, objects) for obj in clear}
        supports = {obj.record.supported_by for obj in clear}
        loose = tuple(o for o in clear if not o.surrounding or (o.group == "furniture" and o.id not in supports))
        several = (group for group in groups.values() if len(group) > 1)
        return cls(rng, clear, groups, weights, loose, tuple(max(g, key=lambda o: weights[o.id]) for g in several))

    def pick(self, objects: Sequence[VisibleObject]) -> VisibleObject:
        """Draw one of `objects` by weight."""
        ends = list(accumulate(self.weights[obj.id] for obj in objects))
        return objects[bisect_right(ends, float(self.rng.random()) * ends[-1], hi=len(ends) - 1)]

    def ordered(self, objects: Sequence[VisibleObject]) -> list[VisibleObject]:
        """Return `objects` in an order drawn by weight: the first, the next among the rest, and so on."""
        rank = {
            obj.id: float(draw) ** (1 / self.weights[obj.id])
            for obj, draw in zip(objects, self.rng.random(len(objects)), strict=True)
        }
        return sorted(objects, key=lambda obj: rank[obj.id], reverse=True)

    def any(self, count: int = 1) -> Sequence[VisibleObject] | None:
        """Draw `count` different objects, rarely those that others stand on or in front of; None if too few."""
        plain = len(self.loose) >= count and self.rng.random() > _SURROUNDING_SHARE
        chosen = self.ordered(self.loose if plain else self.objects)[:count]
        return chosen if len(chosen) == count else None

    def several(self) -> Sequence[VisibleObject] | None:
        """Return the objects of a category with two or more, drawn by the weight of its best; None if there is none."""
        best = self.best_of_several
        return self.by_category[self.pick(best).record.category] if best else None


@dataclass(frozen=True, slots=True)
class Form:
    """One way to refer. weight: how often it is tried first, more for what few scenes allow."""

    propose: Callable[[ObjectPool], Expression | None]
    weight: float


def pick_one(node: Node) -> Expression:
    """Return the expression of one target, the one member of `node`."""
    return Expression((Selection("one", node),))


def pick_all(node: Node) -> Expression:
    """Return the expression of one target, all members of `node`."""
    return Expression((Selection("all", node),))


def _kind(pool: ObjectPool, obj: VisibleObject, *, generic: bool = False) -> Objects:
    """The object's category; with `generic`, now and then any object."""
    return Objects() if generic and pool.rng.random() < 0.2 else Objects(category=obj.record.category)


def by_attributes(pool: ObjectPool, obj: VisibleObject, *, generic: bool = True) -> Objects | None:
    """Return the object's category with one or two of its attributes; None where none adds information.

    generic: now and then any object in place of the category.
    """
    record = obj.record
    known = [name for name in ("color", "material", "size") if getattr(record, name) not in ("", "medium")]
    # "the glass glass": an attribute must add information to the noun.
    known = [name for name in known if not set(getattr(record, name).split()) & set(record.category.split())]
    if len(pool.by_category[record.category]) == 1:
        known = [name for name in known if name != "size"]  # small among what?
    if not known:
        return None
    chosen = shuffled(pool.rng, known)[: 1 if pool.rng.random() < 0.75 else 2]
    # "the small object": small among what? Size is used with a category only.
    generic = generic and "size" not in chosen
    values = {name: getattr(record, name) for name in chosen}
    return Objects(category=_kind(pool, obj, generic=generic).category, **values)


def briefly(pool: ObjectPool, obj: VisibleObject) -> Node:
    """Return a short description for an anchor or an exception."""
    if len(pool.by_category[obj.record.category]) == 1:
        return Objects(category=obj.record.category)
    return by_attributes(pool, obj, generic=False) or Objects(category=obj.record.category)


def _category(pool: ObjectPool) -> Expression | None:
    chosen = pool.any()
    return pick_one(Objects(category=chosen[0].record.category)) if chosen else None


def _attribute(pool: ObjectPool) -> Expression | None:
    # Among several of a kind the attribute is needed; elsewhere it is only mentioned.
    group = pool.several() or pool.any()
    node = by_attributes(pool, pool.pick(group)) if group else None
    return pick_one(node) if node else None


def _ranked(pool: ObjectPool, orders: Sequence[tuple[str, str]], places: Sequence[int]) -> Expression | None:
    group = pool.several()
    if group is None:
        return None
    obj = pool.pick(group)
    base = by_attributes(pool, obj, generic=False) if pool.rng.random() < 0.3 else None
    by, end = choice(pool.rng, orders)
    place = choice(pool.rng, places)
    # "The second object from the left" makes people count what they would not call objects.
    kind = _kind(pool, obj, generic=by != "size" and place == 1)
    return pick_one(Rank(base or kind, by, end, place))


def _extreme(pool: ObjectPool) -> Expression | None:
    return _ranked(pool, [("x", "low"), ("x", "high"), ("x", "low"), ("x", "high"), ("y", "low"), ("y", "high")], [1])


def _distance(pool: ObjectPool) -> Expression | None:
    return _ranked(pool, [("depth", "low"), ("depth", "high")], [1])


def _size(pool: ObjectPool) -> Expression | None:
    return _ranked(pool, [("size", "low"), ("size", "high")], [1, 1, 1, 2])


def _ordinal(pool: ObjectPool) -> Expression | None:
    if pool.rng.random() < 0.2:
        return _ranked(pool, [("depth", "low")], [2])  # "the third nearest" makes people guess
    return _ranked(pool, [("x", "low"), ("x", "high")], [2, 2, 2, 3])


def _side(pool: ObjectPool) -> Expression | None:
    group = pool.several()
    if group is None:
        return None
    base = (by_attributes(pool, pool.pick(group)) if pool.rng.random() < 0.3 else None) or _kind(pool, group[0])
    return pick_one(Side(base, choice(pool.rng, ("left", "right", "left", "right", "top", "bottom"))))


def _relation(pool: ObjectPool) -> Expression | None:
    if len(pool.objects) < 2:
        return None
    obj, anchor = pool.ordered(pool.objects)[:2]  # tables too: half of all relations are "on"
    relation = choice(pool.rng, _RELATIONS_DRAWN)
    base = (by_attributes(pool, obj) if pool.rng.random() < 0.3 else None) or _kind(pool, obj, generic=True)
    node = Relation(base, relation, (briefly(pool, anchor),))
    return pick_one(node) if pool.rng.random() < 0.85 else pick_all(node)


def _between(pool: ObjectPool) -> Expression | None:
    chosen = pool.any(3)
    if chosen is None:
        return None
    obj, first, second = chosen
    anchors = (briefly(pool, first), briefly(pool, second))
    return pick_one(Relation(_kind(pool, obj, generic=True), "between", anchors))


def _negation(pool: ObjectPool) -> Expression | None:
    group = pool.several()
    if group is None:
        return None
    obj, other = pool.ordered(group)[:2]
    name = choice(pool.rng, ("color", "color", "material"))
    word = getattr(other.record, name)
    if not word:
        return None
    node = Without(_kind(pool, obj), **{name: word})
    return pick_one(node) if pool.rng.random() < 0.6 else pick_all(node)


def _set(pool: ObjectPool) -> Expression | None:
    group = pool.several()
    if group is None:
        return None
    obj = pool.pick(group)
    base: Node = (by_attributes(pool, obj) if pool.rng.random() < 0.6 else None) or _kind(pool, obj)
    if pool.rng.random() < 0.2:
        base = Side(base, choice(pool.rng, ("left", "right")))
    return pick_all(base)


def _exception(pool: ObjectPool) -> Expression | None:
    group = pool.several()
    if group is None:
        return None
    base = _kind(pool, group[0])
    minus = _outlier(pool, base, pool.pick(group))
    return pick_all(Except(base, minus)) if minus else None


def _others(pool: ObjectPool) -> Expression | None:
    group = pool.several()
    if group is None:
        return None
    base = _kind(pool, group[0])
    one = _outlier(pool, base, pool.pick(group))
    if one is None:
        return None
    count = "one" if len(group) == 2 else "all"
    return Expression((Selection("one", one), Selection(count, Except(base, one))))


def _outlier(pool: ObjectPool, base: Objects, obj: VisibleObject) -> Node | None:
    if pool.rng.random() < 0.5:
        return by_attributes(pool, obj, generic=False)
    by, end = choice(pool.rng, (("x", "low"), ("x", "high"), ("depth", "low"), ("size", "high")))
    return Rank(base, by, end)


def _two(pool: ObjectPool) -> Expression | None:
    chosen = pool.any(2)
    if chosen is None:
        return None
    first, second = chosen
    return Expression((Selection("one", briefly(pool, first)), Selection("one", briefly(pool, second))))


def group_proposals(pool: ObjectPool) -> list[Expression]:
    """Group nouns, and everything on or in one of the objects, in random order; half of the time groups first."""
    groups = shuffled(pool.rng, [pick_all(Objects(group=name)) for name in GROUPS])
    carriers = {obj.record.supported_by for obj in pool.objects}
    holders = [obj for obj in pool.objects if obj.id in carriers]
    places = [
        pick_all(Relation(Objects(), name, (briefly(pool, obj),)))
        for obj in shuffled(pool.rng, holders)
        for name in ("on", "in")
    ]
    return [*groups, *places] if pool.rng.random() < _GROUPS_FIRST else [*places, *groups]


#: Every form by name.
FORMS: Mapping[str, Form] = {
    "category": Form(_category, 0.5),
    "attribute": Form(_attribute, 0.7),
    "extreme": Form(_extreme, 0.9),
    "distance": Form(_distance, 1.2),
    "size": Form(_size, 2.5),
    "ordinal": Form(_ordinal, 2.0),
    "side": Form(_side, 1.6),
    "relation": Form(_relation, 0.75),
    "between": Form(_between, 1.0),
    "negation": Form(_negation, 1.8),
    "set": Form(_set, 0.9),
    "except": Form(_exception, 1.4),
    "others": Form(_others, 1.0),
    "two": Form(_two, 0.45),
}
