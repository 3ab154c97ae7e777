"""Members that the pairs of some tasks have besides source, target, prompt and meta: a text answer, a second source."""

from collections.abc import Iterator
from typing import Any, Literal, Protocol, get_args, runtime_checkable

import numpy as np
from jaxtyping import UInt8

from encode.errors import TaskError
from encode.frame import Frame
from encode.pair import PairMeta
from encode.prompts.parser import ParsedPrompt
from encode.reading.short_text import short_repr
from encode.task import Task

__all__ = [
    "EXTRA_MEMBERS",
    "ExtraMember",
    "TaskWithExtraMembers",
    "TaskWithTextAnswer",
    "declared_members",
    "undeclared_members",
]

#: `answer.txt` holds `Pair.answer`, `source2.png` holds `Pair.source2`.
ExtraMember = Literal["answer.txt", "source2.png"]
EXTRA_MEMBERS: tuple[ExtraMember, ...] = get_args(ExtraMember)


@runtime_checkable
class TaskWithExtraMembers(Protocol):
    """What a `Task` has besides, if its pairs have a text answer or a second source image.

    Readers infer one schema for all samples: where one task of a data set declares a member, every sample of every task
    has it, empty or all black where there is nothing to say or to show.
    """

    @property
    def extra_members(self) -> frozenset[ExtraMember]:
        """Which members its pairs have, at least some of them."""

    def audit_extra_members(
        self,
        frame: Frame,
        parsed: ParsedPrompt,
        meta: PairMeta,
        answer: str,
        source2: UInt8[np.ndarray, "h w 3"] | None,
    ) -> list[str]:
        """Return problems of the text answer and of the second source, as sentences, by prompt and frame alone."""


@runtime_checkable
class TaskWithTextAnswer(Task, Protocol):
    """A task whose prompts, or some of them, let the answer's text say what its colours mean."""

    def has_text_answer(self, meta: PairMeta) -> bool:
        """Return whether the prompt of this `meta` asks for such a text."""

    def read_answer(self, meta: PairMeta, answer: str) -> PairMeta:
        """Return the `meta` with which the image of an answer with this text decodes, whatever a model wrote."""

    def score_answer(
        self, rgb: UInt8[np.ndarray, "h w 3"], answer: str, frame: Frame, meta: PairMeta
    ) -> dict[str, float]:
        """Score text and image against the frame's truth; `meta` is the pair's own."""


def declared_members(task: Task) -> frozenset[ExtraMember]:
    """Return the extra members that a task declares: none for one that has no `extra_members`.

    Raises TaskError where what it declares is no set of them.
    """
    declared: Any = getattr(task, "extra_members", frozenset())
    known = isinstance(declared, (frozenset, set)) and declared <= set(EXTRA_MEMBERS)
    if not known or (declared and not isinstance(task, TaskWithExtraMembers)):
        allowed = f"a set of {', '.join(EXTRA_MEMBERS)}, and audit_extra_members"
        raise TaskError(f"task {task.name}, extra_members", allowed, short_repr(declared))
    return frozenset(declared)


def undeclared_members(
    declared: frozenset[ExtraMember], answer: str, source2: UInt8[np.ndarray, "h w 3"] | None
) -> Iterator[ExtraMember]:
    """Yield the members that a pair has content for and that are not declared."""
    if answer and "answer.txt" not in declared:
        yield "answer.txt"
    if source2 is not None and "source2.png" not in declared:
        yield "source2.png"
