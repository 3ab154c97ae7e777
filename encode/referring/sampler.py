"""Draws referring expressions, so that over many scenes no form dominates.

The forms propose; the evaluator decides whether a proposal picks what it should.
"""

from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np

from encode.draw import shuffled
from encode.formulas.indices import ObjectId
from encode.referring.evaluator import SeenObjects, proved_ids
from encode.referring.forms import FORMS, ObjectPool, briefly, by_attributes, group_proposals, pick_one
from encode.referring.language import RELATIONS, Expression, Node, Objects, Rank, Relation, Side
from encode.referring.visible import VisibleObject
from encode.referring.wish import ANYTHING, FULL_GRADE, Wish

__all__ = ["Drawn", "describe", "sample_expression", "sample_group"]

# Proposals tried of one form before the next form gets its turn.
_TRIES = 40

# Proved expressions of which the best is taken where none fits a wish.
_ENOUGH = 20

# Objects that a description of one object may refer to; more make it slower and no better.
_ANCHORS = 3


@dataclass(frozen=True, slots=True)
class Drawn:
    """A proved expression: the name of its form, and the ids of each of its targets."""

    form: str
    expression: Expression
    ids: tuple[frozenset[ObjectId], ...]


def sample_expression(
    rng: np.random.Generator, objects: tuple[VisibleObject, ...], wish: Wish = ANYTHING
) -> Drawn | None:
    """Return a proved expression that fits the wish, or else the one that fits it best; None where there is none."""
    pool = ObjectPool.of(rng, objects, wish)
    if not pool.objects:
        return None
    seen = SeenObjects(objects)
    best, best_grade, proved = None, -1.0, 0
    for form, proposal in _proposals(rng, pool):
        ids = proved_ids(proposal, seen)
        if ids is None:
            continue
        proved += 1
        grade = wish.grade(proposal, ids, objects)
        if grade > best_grade:
            best, best_grade = Drawn(form, proposal, ids), grade
        if best_grade >= FULL_GRADE or proved >= _ENOUGH:
            break
    return best


def sample_group(rng: np.random.Generator, objects: tuple[VisibleObject, ...]) -> Drawn | None:
    """Return a proved expression that picks a group as one; None where the scene has none."""
    seen = SeenObjects(objects)
    for proposal in group_proposals(ObjectPool.of(rng, objects)):
        ids = proved_ids(proposal, seen)
        if ids is not None:
            return Drawn("group", proposal, ids)
    return None


def _proposals(rng: np.random.Generator, pool: ObjectPool) -> Iterator[tuple[str, Expression]]:
    """Expressions to try, with the names of their forms, each once."""
    seen = set()
    for form in _form_order(rng):
        for _ in range(_TRIES):
            proposal = FORMS[form].propose(pool)
            if proposal is not None and proposal not in seen:
                seen.add(proposal)
                yield form, proposal


def _form_order(rng: np.random.Generator) -> list[str]:
    """All forms, the first drawn by weight, the next by weight among the rest, and so on."""
    rank = {name: float(rng.random()) ** (1 / form.weight) for name, form in FORMS.items()}
    return sorted(rank, key=rank.__getitem__, reverse=True)


def describe(rng: np.random.Generator, objects: tuple[VisibleObject, ...], obj: VisibleObject) -> Expression | None:
    """Return a random proved expression that picks this one object; None where the scene allows none."""
    pool = ObjectPool.of(rng, objects)
    if obj not in pool.objects:
        return None
    kind = Objects(category=obj.record.category)
    base = by_attributes(pool, obj, generic=False) or kind
    proposals: list[Node] = [kind, base, by_attributes(pool, obj, generic=False) or kind]
    proposals += [Rank(kind, by, end) for by in ("x", "y", "depth", "size") for end in ("low", "high")]
    proposals += [Rank(kind, "x", end, 2) for end in ("low", "high")]
    proposals += [Side(kind, side) for side in ("left", "right")]
    for anchor in shuffled(rng, [other for other in pool.objects if other != obj])[:_ANCHORS]:
        relations = [name for name, count in RELATIONS.items() if count == 1]
        proposals += [Relation(kind, name, (briefly(pool, anchor),)) for name in relations]
    seen = SeenObjects(objects)
    for node in shuffled(rng, proposals):
        if proved_ids(pick_one(node), seen) == (frozenset((obj.id,)),):
            return pick_one(node)
    return None
