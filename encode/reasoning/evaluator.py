"""Which objects of a frame answer a question, and whether that is beyond doubt.

Independent of the sampler: it reads the structured question and judges every visible thing: it answers, it does not, or
that is open. A question is proved when nothing is open, something answers and something does not.
"""

from collections.abc import Mapping

from encode.frame import ObjectId
from encode.reasoning.arrangements import ARRANGEMENTS, Verdicts, is_nearer
from encode.reasoning.facts import ViewFacts
from encode.reasoning.knowledge import has_attribute, load_knowledge
from encode.reasoning.language import StructuredQuestion
from encode.referring.relations import comes_before
from encode.referring.visible import VisibleObject

__all__ = ["proved_answer"]

# Order of `comes_before`, and from which end, of each rank.
_ORDERS: Mapping[str, tuple[str, str]] = {
    "nearest": ("depth", "low"),
    "farthest": ("depth", "high"),
    "leftmost": ("x", "low"),
    "rightmost": ("x", "high"),
    "smallest": ("size", "low"),
    "largest": ("size", "high"),
}


def proved_answer(question: StructuredQuestion, view: ViewFacts) -> frozenset[ObjectId] | None:
    """Return the ids of the objects that answer; None where that is open, or where none or all of them would."""
    verdicts = _verdicts(question, view)
    if verdicts is None:
        return None
    answering = {i for i, verdict in verdicts.items() if verdict is not False}
    if any(verdicts[i] is None or view.objects[i].faint for i in answering):
        return None
    if question.rank:
        answering = _first(question, view, answering)
    others = {obj.id for obj in view.clear} & verdicts.keys() - answering
    return frozenset(answering) if answering and others else None


def _verdicts(question: StructuredQuestion, view: ViewFacts) -> Verdicts | None:
    """The verdict on each thing that is asked about; None where the question has no sense in this view."""
    if question.ask in ARRANGEMENTS:
        plain = not (question.negated or question.rank)
        return ARRANGEMENTS[question.ask](view, question.anchor) if plain else None
    if question.ask not in load_knowledge().meanings:
        return None
    asked: Verdicts = {i: view.has(obj, question.ask) for i, obj in view.objects.items()}
    if question.anchor:
        return _on_anchor(question, view, asked)
    if question.negated or any(has_attribute(question.ask, stuff.name) is not False for stuff in view.stuff):
        return None
    return asked


def _on_anchor(question: StructuredQuestion, view: ViewFacts, asked: Verdicts) -> Verdicts | None:
    """The verdicts on what stands on the anchor; all else does not answer, and what may stand on it is open."""
    anchor = view.the(question.anchor)
    if anchor is None or view.has(anchor, "tips") is not True:
        return None
    on_it = {i: view.rests(obj, anchor) for i, obj in view.objects.items() if i != anchor.id}
    wanted = not question.negated
    verdicts: Verdicts = {}
    for i, rests in on_it.items():
        if rests is not False:
            fits = None if asked[i] is None else asked[i] is wanted
            verdicts[i] = fits if rests or fits is False else None
    return verdicts


def _first(question: StructuredQuestion, view: ViewFacts, answering: set[ObjectId]) -> set[ObjectId]:
    """The one that comes before all others in the order; none where that is a close call, or where there is but one."""
    origin = view.the(question.near) if question.rank == "beside" else None
    if len(answering) < 2 or (question.rank == "beside" and (origin is None or origin.id in answering)):
        return set()

    def before(a: VisibleObject, b: VisibleObject) -> bool:
        return comes_before(a, b, *_ORDERS[question.rank]) if origin is None else is_nearer(a, b, origin)

    members = [view.objects[i] for i in sorted(answering)]
    return {a.id for a in members if all(before(a, b) for b in members if b is not a)}
