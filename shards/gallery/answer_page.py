"""The facts about a model's answer on the page of a pair."""

from dataclasses import replace
from typing import Any

from encode import EncodeError, Frame, Pair, asks_for_text, meta_of_answer
from shards.errors import BadSample
from shards.gallery.answer_source import AnswerSource
from shards.gallery.pair_page import decoded_or_reason, describe_map
from shards.gallery.response import NotFound

__all__ = ["answer_scores", "answered_pair", "describe_answer"]


def describe_answer(answers: AnswerSource | None, pair: Pair) -> dict[str, Any] | None:
    """Whether and how the answer decodes; None where there is none."""
    if answers is None or not answers.has(pair.key):
        return None
    try:
        decoded, problem = decoded_or_reason(answered_pair(answers, pair))
        # The numbers of segments are the answer's own where its text names them: not comparable with the target's.
        decoded = None if asks_for_text(pair.meta) else decoded
    except (BadSample, EncodeError) as error:
        return {"reading": None, "problem": str(error)}
    return {"reading": describe_map(decoded), "problem": problem}


def answered_pair(answers: AnswerSource | None, pair: Pair) -> Pair:
    """The pair with the answer in place of its target and text, and in its colours.

    Raises NotFound, BadSample, and EncodeError for a task that is not installed.
    """
    if answers is None or not answers.has(pair.key):
        raise NotFound(f"there is no answer to {pair.key}")
    text = answers.text(pair)
    return replace(pair, target=answers.read(pair), answer=text, meta=meta_of_answer(pair.meta, text))


def answer_scores(answers: AnswerSource | None, pair: Pair, frame: Frame | None) -> dict[str, Any]:
    """The answer's scores, or the problem that it has none; `against` says what it was compared with."""
    if answers is None or not answers.has(pair.key):
        raise NotFound(f"there is no answer to {pair.key}")
    against = "the stored target" if frame is None else "the frame's truth"
    try:
        scores = answers.scores(pair, frame)
    except (BadSample, EncodeError) as error:
        return {"scores": {}, "problem": str(error), "against": against}
    return {"scores": {name: float(value) for name, value in scores.items()}, "problem": "", "against": against}
