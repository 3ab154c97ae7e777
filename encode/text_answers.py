"""Answers that begin with text, which says how their image decodes."""

import numpy as np
from jaxtyping import UInt8

from encode.declared_members import TaskWithTextAnswer
from encode.frame import Frame
from encode.pair import PairMeta
from encode.registry import get_task

__all__ = ["asks_for_text", "meta_of_answer", "score_answer"]


def asks_for_text(meta: PairMeta) -> bool:
    """Return whether an answer to the prompt of `meta` begins with text that decoding needs; raises TaskError."""
    task = get_task(meta.task)
    return isinstance(task, TaskWithTextAnswer) and task.has_text_answer(meta)


def meta_of_answer(meta: PairMeta, answer: str) -> PairMeta:
    """Return the `meta` with which an answer of this text decodes: `meta` itself where no text is asked for.

    meta: of a pair, or of `meta_of_prompt`. Raises TaskError for a task that is not known.
    """
    task = get_task(meta.task)
    return task.read_answer(meta, answer) if isinstance(task, TaskWithTextAnswer) else meta


def score_answer(rgb: UInt8[np.ndarray, "h w 3"], answer: str, frame: Frame, meta: PairMeta) -> dict[str, float]:
    """Score an answer, its text and its image, against the frame's truth; the text counts where it is asked for.

    Raises TaskError for a task that is not known, ArrayError for an image of another size.
    """
    task = get_task(meta.task)
    if isinstance(task, TaskWithTextAnswer):
        return task.score_answer(rgb, answer, frame, meta)
    return task.score(rgb, frame, meta)
