"""Draws referring expressions, so that over many scenes no form crowds out the others.

The sampler proposes; whether a proposal picks what it should is for the evaluator to say.
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass

import numpy as np

from encode.draw import choice, shuffled
from encode.referring.evaluator import proved_ids
from encode.referring.language import (
    RELATIONS,
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

__all__ = ["FORMS", "describe", "sample_expression"]

# Proposals tried of one form before the next form gets its turn.
_TRIES = 40

# Objects that a description of one object may be tied to; more make it slower and no better.
_ANCHORS = 3

# Relations of two, the rarer ones more often.
_RELATIONS_DRAWN = (
    *("on", "on", "in", "in", "under", "left_of", "left_of", "right_of", "right_of", "next_to", "next_to"),
    *("in_front_of",) * 5,
    *("behind",) * 5,
)

# How often a table or a window may be drawn where any object would do: "the table" teaches little.
_SURROUNDING_SHARE = 0.1


@dataclass(frozen=True, slots=True)
class Pool:
    """The objects to draw from, by kind."""

    rng: np.random.Generator
    objects: tuple[VisibleObject, ...]
    by_category: Mapping[str, tuple[VisibleObject, ...]]

    def any(self, count: int = 1) -> Sequence[VisibleObject] | None:
        """As many different objects, rarely what others stand on or before; None where there are too few."""
        supports = {obj.record.supported_by for obj in self.objects}
        loose = [t for t in self.objects if not t.surrounding or (t.group == "furniture" and t.id not in supports)]
        plain = len(loose) >= count and self.rng.random() > _SURROUNDING_SHARE
        chosen = shuffled(self.rng, loose if plain else self.objects)[:count]
        return chosen if len(chosen) == count else None

    def several(self) -> Sequence[VisibleObject] | None:
        """The objects of a category with two or more."""
        groups = [group for group in self.by_category.values() if len(group) > 1]
        return choice(self.rng, groups) if groups else None


def sample_expression(
    rng: np.random.Generator, objects: tuple[VisibleObject, ...]
) -> tuple[str, Expression, tuple[frozenset[int], ...]] | None:
    """Return the form's name, a proved expression and the ids of its targets; None where the scene allows none."""
    pool = _pool(rng, objects)
    if not pool.objects:
        return None
    for form in _form_order(rng):
        for _ in range(_TRIES):
            proposal = FORMS[form].propose(pool)
            ids = proved_ids(proposal, objects) if proposal is not None else None
            if proposal is not None and ids is not None:
                return form, proposal, ids
    return None


def _form_order(rng: np.random.Generator) -> list[str]:
    """All forms, the first drawn by weight, the next by weight among the rest, and so on."""
    rank = {name: float(rng.random()) ** (1 / form.weight) for name, form in FORMS.items()}
    return sorted(rank, key=rank.__getitem__, reverse=True)


def describe(rng: np.random.Generator, objects: tuple[VisibleObject, ...], obj: VisibleObject) -> Expression | None:
    """Return a random proved expression that picks this one object; None where the scene allows none."""
    pool = _pool(rng, objects)
    if obj not in pool.objects:
        return None
    kind = Objects(category=obj.record.category)
    base = _attributed(pool, obj, generic=False) or kind
    proposals: list[Node] = [kind, base, _attributed(pool, obj, generic=False) or kind]
    proposals += [Rank(kind, by, end) for by in ("x", "y", "depth", "size") for end in ("low", "high")]
    proposals += [Rank(kind, "x", end, 2) for end in ("low", "high")]
    proposals += [Side(kind, side) for side in ("left", "right")]
    for anchor in shuffled(rng, [other for other in pool.objects if other != obj])[:_ANCHORS]:
        relations = [name for name, count in RELATIONS.items() if count == 1]
        proposals += [Relation(kind, name, (_described(pool, anchor),)) for name in relations]
    for node in shuffled(rng, proposals):
        if proved_ids(_one(node), objects) == (frozenset((obj.id,)),):
            return _one(node)
    return None


def _pool(rng: np.random.Generator, objects: tuple[VisibleObject, ...]) -> Pool:
    clear = tuple(obj for obj in objects if not obj.faint)
    groups: dict[str, tuple[VisibleObject, ...]] = {}
    for obj in clear:
        groups[obj.record.category] = (*groups.get(obj.record.category, ()), obj)
    return Pool(rng, clear, groups)


def _one(node: Node) -> Expression:
    return Expression((Selection("one", node),))


def _all(node: Node) -> Expression:
    return Expression((Selection("all", node),))


def _kind(pool: Pool, obj: VisibleObject, *, generic: bool = False) -> Objects:
    """The object's category; with `generic`, now and then any object."""
    return Objects() if generic and pool.rng.random() < 0.2 else Objects(category=obj.record.category)


def _attributed(pool: Pool, obj: VisibleObject, *, generic: bool = True) -> Objects | None:
    """The category with one or two of the attributes that the object has."""
    record = obj.record
    known = [name for name in ("color", "material", "size") if getattr(record, name) not in ("", "medium")]
    # "the glass glass": an attribute must say more than the noun does.
    known = [name for name in known if not set(getattr(record, name).split()) & set(record.category.split())]
    if len(pool.by_category[record.category]) == 1:
        known = [name for name in known if name != "size"]  # small among what?
    if not known:
        return None
    chosen = shuffled(pool.rng, known)[: 1 if pool.rng.random() < 0.75 else 2]
    # "the small object" says small among what? Size goes with a category alone.
    generic = generic and "size" not in chosen
    values = {name: getattr(record, name) for name in chosen}
    return Objects(category=_kind(pool, obj, generic=generic).category, **values)


def _described(pool: Pool, obj: VisibleObject) -> Node:
    """A short description for an anchor or an exception."""
    if len(pool.by_category[obj.record.category]) == 1:
        return Objects(category=obj.record.category)
    return _attributed(pool, obj, generic=False) or Objects(category=obj.record.category)


def _category(pool: Pool) -> Expression | None:
    chosen = pool.any()
    return _one(Objects(category=chosen[0].record.category)) if chosen else None


def _attribute(pool: Pool) -> Expression | None:
    # Among several of a kind the attribute is needed; elsewhere it is only said.
    group = pool.several() or pool.any()
    node = _attributed(pool, choice(pool.rng, group)) if group else None
    return _one(node) if node else None


def _ranked(pool: Pool, orders: Sequence[tuple[str, str]], places: Sequence[int]) -> Expression | None:
    group = pool.several()
    if group is None:
        return None
    obj = choice(pool.rng, group)
    base = _attributed(pool, obj, generic=False) if pool.rng.random() < 0.3 else None
    by, end = choice(pool.rng, orders)
    place = choice(pool.rng, places)
    # "The second object from the left" makes people count what they would not call objects.
    kind = _kind(pool, obj, generic=by != "size" and place == 1)
    return _one(Rank(base or kind, by, end, place))


def _extreme(pool: Pool) -> Expression | None:
    return _ranked(pool, [("x", "low"), ("x", "high"), ("x", "low"), ("x", "high"), ("y", "low"), ("y", "high")], [1])


def _distance(pool: Pool) -> Expression | None:
    return _ranked(pool, [("depth", "low"), ("depth", "high")], [1])


def _size(pool: Pool) -> Expression | None:
    return _ranked(pool, [("size", "low"), ("size", "high")], [1, 1, 1, 2])


def _ordinal(pool: Pool) -> Expression | None:
    if pool.rng.random() < 0.2:
        return _ranked(pool, [("depth", "low")], [2])  # "the third nearest" makes people guess
    return _ranked(pool, [("x", "low"), ("x", "high")], [2, 2, 2, 3])


def _side(pool: Pool) -> Expression | None:
    group = pool.several()
    if group is None:
        return None
    base = (_attributed(pool, choice(pool.rng, group)) if pool.rng.random() < 0.3 else None) or _kind(pool, group[0])
    return _one(Side(base, choice(pool.rng, ("left", "right", "left", "right", "top", "bottom"))))


def _relation(pool: Pool) -> Expression | None:
    if len(pool.objects) < 2:
        return None
    obj, anchor = shuffled(pool.rng, pool.objects)[:2]  # tables too: half of all relations are "on"
    relation = choice(pool.rng, _RELATIONS_DRAWN)
    base = (_attributed(pool, obj) if pool.rng.random() < 0.3 else None) or _kind(pool, obj, generic=True)
    node = Relation(base, relation, (_described(pool, anchor),))
    return _one(node) if pool.rng.random() < 0.85 else _all(node)


def _between(pool: Pool) -> Expression | None:
    chosen = pool.any(3)
    if chosen is None:
        return None
    obj, first, second = chosen
    anchors = (_described(pool, first), _described(pool, second))
    return _one(Relation(_kind(pool, obj, generic=True), "between", anchors))


def _negation(pool: Pool) -> Expression | None:
    group = pool.several()
    if group is None:
        return None
    obj, other = shuffled(pool.rng, group)[:2]
    name = choice(pool.rng, ("color", "color", "material"))
    word = getattr(other.record, name)
    if not word:
        return None
    node = Without(_kind(pool, obj), **{name: word})
    return _one(node) if pool.rng.random() < 0.6 else _all(node)


def _set(pool: Pool) -> Expression | None:
    group = pool.several()
    if group is None:
        return None
    obj = choice(pool.rng, group)
    base: Node = (_attributed(pool, obj) if pool.rng.random() < 0.6 else None) or _kind(pool, obj)
    if pool.rng.random() < 0.2:
        base = Side(base, choice(pool.rng, ("left", "right")))
    return _all(base)


def _exception(pool: Pool) -> Expression | None:
    group = pool.several()
    if group is None:
        return None
    base = _kind(pool, group[0])
    minus = _outlier(pool, base, choice(pool.rng, group))
    return _all(Except(base, minus)) if minus else None


def _others(pool: Pool) -> Expression | None:
    group = pool.several()
    if group is None:
        return None
    base = _kind(pool, group[0])
    one = _outlier(pool, base, choice(pool.rng, group))
    if one is None:
        return None
    count = "one" if len(group) == 2 else "all"
    return Expression((Selection("one", one), Selection(count, Except(base, one))))


def _outlier(pool: Pool, base: Objects, obj: VisibleObject) -> Node | None:
    if pool.rng.random() < 0.5:
        return _attributed(pool, obj, generic=False)
    by, end = choice(pool.rng, (("x", "low"), ("x", "high"), ("depth", "low"), ("size", "high")))
    return Rank(base, by, end)


def _two(pool: Pool) -> Expression | None:
    chosen = pool.any(2)
    if chosen is None:
        return None
    first, second = chosen
    return Expression((Selection("one", _described(pool, first)), Selection("one", _described(pool, second))))


@dataclass(frozen=True, slots=True)
class Form:
    """One way to refer. weight: how often it is tried first; what few scenes allow is tried more often."""

    propose: Callable[[Pool], Expression | None]
    weight: float


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
