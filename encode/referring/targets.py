"""What a prompt's phrases ask for: drawn for a pair, and proved again for the audit."""

from collections.abc import Mapping
from dataclasses import dataclass

from encode.errors import ExpressionError
from encode.frame import CategoryRecord, Frame, ObjectId
from encode.prompts.parser import ParsedPrompt
from encode.referring.absent import draw_absent, look_alike_problems
from encode.referring.evaluator import proved_ids
from encode.referring.language import Expression, read_expression
from encode.referring.phrases import is_readable, named_categories, unsaid_problems
from encode.referring.realiser import realise
from encode.referring.sampler import sample_expression, sample_group
from encode.referring.visible import visible_objects
from encode.referring.wish import draw_wish
from encode.segmentation.absent import absent_categories
from encode.task import PairRequest

__all__ = ["PhrasedTargets", "draw_targets", "prove_targets"]


@dataclass(frozen=True, slots=True)
class PhrasedTargets:
    """A proved expression, and the phrase and the object ids of each of its targets (no id: nothing is like that)."""

    expression: Expression
    phrases: tuple[str, ...]
    ids: tuple[tuple[ObjectId, ...], ...]


def draw_targets(request: PairRequest) -> PhrasedTargets | None:
    """Draw what to ask for, now and then what is not there, or a group; None where nothing is found.

    None also where a phrase could not be read back from a prompt.
    """
    drawn = _draw(request)
    if drawn is None:
        return None
    expression, picked = drawn
    counts = tuple(len(ids) for ids in picked)
    phrases = realise(request.rng, expression, counts, _categories(request.frame))
    if not all(is_readable(phrase) for phrase in phrases):
        return None
    return PhrasedTargets(expression, tuple(phrases), tuple(tuple(sorted(ids)) for ids in picked))


def prove_targets(frame: Frame, parsed: ParsedPrompt, structured: str) -> tuple[PhrasedTargets | None, list[str]]:
    """Evaluate the structured form (JSON) again and compare it with the phrases of the prompt's legend.

    Returns the targets, None where the form picks none beyond doubt or others than the prompt has, and all problems.
    """
    try:
        expression = read_expression(structured)
    except ExpressionError as error:
        return None, [str(error)]
    picked = proved_ids(expression, visible_objects(frame))
    if picked is None:
        return None, [f"the expression {structured} does not pick its objects beyond doubt"]
    phrases = tuple(phrase for phrase, _ in parsed.legend)
    if len(picked) != len(phrases):
        return None, [f"the expression has {len(picked)} targets, the prompt {len(phrases)}"]
    problems = []
    for phrase, selection in zip(phrases, expression.targets, strict=True):
        problems += unsaid_problems(frame, phrase, selection.of)
        if selection.pick == "none":
            problems += look_alike_problems(frame, selection.of)
    return PhrasedTargets(expression, phrases, tuple(tuple(sorted(ids)) for ids in picked)), problems


def _draw(request: PairRequest) -> tuple[Expression, tuple[frozenset[ObjectId], ...]] | None:
    """A proved expression and the ids of its targets; now and then one for what is not there, or for a group."""
    frame, rng, shares = request.frame, request.rng, request.shares
    if rng.random() < shares.absent_share:
        absent = draw_absent(rng, frame)
        if absent is not None:
            return absent, (frozenset(),)
    drawn = sample_group(rng, visible_objects(frame)) if rng.random() < shares.group_share else None
    drawn = drawn or sample_expression(rng, visible_objects(frame), draw_wish(rng, shares))
    return None if drawn is None else (drawn.expression, drawn.ids)


def _categories(frame: Frame) -> Mapping[str, CategoryRecord]:
    """The categories that a phrase may name, those that are not in view among them."""
    return {**{category.name: category for category in absent_categories(frame)}, **named_categories(frame)}
