"""Draws questions, so that over many frames no kind dominates; the evaluator decides whether one has an answer."""

from collections.abc import Mapping, Sequence

import numpy as np

from encode.draw import choice, shuffled
from encode.frame import Frame, ObjectId
from encode.reasoning.arrangements import ANCHORED, ARRANGEMENTS, PLURAL
from encode.reasoning.evaluator import proved_answer
from encode.reasoning.facts import ViewFacts, view_facts
from encode.reasoning.language import RANKS, StructuredQuestion
from encode.reasoning.wording import Wording, asks_of, wordings, write_wording
from encode.referring.phrases import named_categories

__all__ = ["sample_question"]

# How often a kind is tried first: more where few scenes allow it, less where nearly all do. Uses have 1.
_WEIGHTS: Mapping[str, float] = {
    **dict.fromkeys(ARRANGEMENTS, 2.0),
    "near_exit": 6.0,
    "free": 0.5,
    "loaded": 0.5,
    "hides": 0.3,
    "shares": 0.3,
    "support": 0.2,
    "closest": 0.15,
}

# Proposals tried of one kind before the next one gets its turn.
_TRIES = 10

# How often a use is asked of all things, of those on something, of those on something that lack it; else of the first
# in an order.
_PLAIN, _ON, _NOT_ON = 0.2, 0.25, 0.15


def sample_question(
    rng: np.random.Generator, frame: Frame, split: str
) -> tuple[StructuredQuestion, str, frozenset[ObjectId]] | None:
    """Return a proved question of a split, its text and the ids that answer it; None where the frame has none."""
    view = view_facts(frame)
    for ask in _order(rng, asks_of(split)):
        if ask not in ARRANGEMENTS and not any(view.has(obj, ask) for obj in view.clear):
            continue
        for question in dict.fromkeys(_proposals(rng, view, ask)):
            fitting = _wordings(question, split)
            ids = proved_answer(question, view) if fitting else None
            if ids is not None:
                return question, write_wording(choice(rng, fitting), rng, question, named_categories(frame)), ids
    return None


def _order(rng: np.random.Generator, asks: Sequence[str]) -> list[str]:
    """All kinds, the first drawn by weight, the next by weight among the rest, and so on."""
    rank = {ask: float(rng.random()) ** (1 / _WEIGHTS.get(ask, 1.0)) for ask in asks}
    return sorted(rank, key=rank.__getitem__, reverse=True)


def _wordings(question: StructuredQuestion, split: str) -> list[Wording]:
    return [w for w in wordings() if w.fits(question) and w.split_for(question.ask) == split]


def _proposals(rng: np.random.Generator, view: ViewFacts, ask: str) -> list[StructuredQuestion]:
    if ask not in ARRANGEMENTS:
        return [_use(rng, view, ask) for _ in range(_TRIES)]
    if ask in PLURAL:
        return [StructuredQuestion(ask, category) for category in shuffled(rng, _repeated(view))]
    if ask not in ANCHORED:
        return [StructuredQuestion(ask)]
    anchors = [StructuredQuestion(ask, category) for category in shuffled(rng, _single(view))]
    return [StructuredQuestion(ask), *anchors] if ask == "near_exit" and rng.random() < 0.5 else anchors


def _use(rng: np.random.Generator, view: ViewFacts, ask: str) -> StructuredQuestion:
    drawn, single = rng.random(), _single(view)
    if drawn < _PLAIN or not single:
        return StructuredQuestion(ask)
    if drawn < _PLAIN + _ON + _NOT_ON:
        carrying = [category for category in single if view.carries(category)]
        anchor = choice(rng, carrying) if carrying else ""
        return StructuredQuestion(ask, anchor, negated=bool(anchor) and drawn >= _PLAIN + _ON)
    rank = choice(rng, RANKS)
    return StructuredQuestion(ask, rank=rank, near=choice(rng, single) if rank == "beside" else "")


def _single(view: ViewFacts) -> list[str]:
    """The categories of which one thing is seen, and clearly."""
    names = dict.fromkeys(obj.record.category for obj in view.clear)
    return [name for name in names if view.the(name) is not None]


def _repeated(view: ViewFacts) -> list[str]:
    names = [obj.record.category for obj in view.clear]
    return [name for name in dict.fromkeys(names) if names.count(name) > 1]
