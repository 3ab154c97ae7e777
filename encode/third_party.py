"""Third-party tasks: loaded from their entry point, and run so that each failure is one TaskError."""

from collections.abc import Callable, Sequence
from importlib.metadata import EntryPoint
from typing import Any, TypeVar

import numpy as np
from jaxtyping import Float32, UInt8

from encode.check import check_rgb
from encode.declared_members import (
    ExtraMember,
    TaskWithExtraMembers,
    TaskWithTextAnswer,
    declared_members,
    undeclared_members,
)
from encode.entry_points import TASK_GROUP, call_guarded
from encode.errors import TaskError
from encode.frame import Frame
from encode.pair import Decoding, Pair, PairMeta
from encode.prompts.parser import ParsedPrompt
from encode.task import PairRequest, Task

__all__ = ["GuardedTask", "GuardedTextTask", "load_task"]

Result = TypeVar("Result")


def load_task(point: EntryPoint) -> Task:
    """Load a task; raises TaskError where it does not load, or is not a task of the entry point's name."""
    where = f"entry point {point.name} of {TASK_GROUP}"

    def load() -> Any:
        loaded = point.load()
        return loaded() if isinstance(loaded, type) else loaded

    task = call_guarded(load, where, "a task that loads", TaskError)
    if not isinstance(task, Task):
        raise TaskError(where, "an encode.Task", type(task).__name__)
    if task.name != point.name or "." in task.name:
        raise TaskError(where, "a free name without dots, the same as the task's own", repr(task.name))
    members = call_guarded(lambda: declared_members(task), where, "extra members", TaskError)
    return GuardedTextTask(task, members) if isinstance(task, TaskWithTextAnswer) else GuardedTask(task, members)


class GuardedTask:
    """A task that raises only EncodeError, so that a job or an audit continues when third-party code fails or exits."""

    def __init__(self, task: Task, extra_members: frozenset[ExtraMember]) -> None:
        self.name = task.name
        self.extra_members = extra_members
        self._task = task

    def make(self, request: PairRequest) -> Pair | None:
        """As `Task.make`."""
        pair = self._run("make", lambda: self._task.make(request))
        if pair is not None and not isinstance(pair, Pair):
            raise TaskError(f"task {self.name}, make", "an encode.Pair or None", type(pair).__name__)
        if pair is not None:
            self._check_extra_members(pair)
        return pair

    def decoding(self, parsed: ParsedPrompt) -> Decoding:
        """As `Task.decoding`."""
        decoding = self._run("decoding", lambda: self._task.decoding(parsed))
        if not isinstance(decoding, Decoding):
            raise TaskError(f"task {self.name}, decoding", "an encode.Decoding", type(decoding).__name__)
        return decoding

    def decode(self, rgb: UInt8[np.ndarray, "h w 3"], meta: PairMeta) -> Any:
        """As `Task.decode`."""
        return self._run("decode", lambda: self._task.decode(rgb, meta))

    def confidence(self, rgb: UInt8[np.ndarray, "h w 3"], meta: PairMeta) -> Float32[np.ndarray, "h w"]:
        """As `Task.confidence`."""
        return self._run("confidence", lambda: self._task.confidence(rgb, meta))

    def score(self, rgb: UInt8[np.ndarray, "h w 3"], frame: Frame, meta: PairMeta) -> dict[str, float]:
        """As `Task.score`."""
        return self._run("score", lambda: self._task.score(rgb, frame, meta))

    def summarise(self, scores: Sequence[dict[str, float]]) -> dict[str, float]:
        """As `Task.summarise`."""
        return self._run("summarise", lambda: self._task.summarise(scores))

    def audit(
        self, frame: Frame, target: UInt8[np.ndarray, "h w 3"], parsed: ParsedPrompt, meta: PairMeta
    ) -> list[str]:
        """As `Task.audit`; the problems are lines of text."""
        return self._sentences("audit", lambda: self._task.audit(frame, target, parsed, meta))

    def audit_extra_members(
        self,
        frame: Frame,
        parsed: ParsedPrompt,
        meta: PairMeta,
        answer: str,
        source2: UInt8[np.ndarray, "h w 3"] | None,
    ) -> list[str]:
        """As `TaskWithExtraMembers.audit_extra_members`; [] for a task that declares no such member."""
        task = self._task
        if not self.extra_members or not isinstance(task, TaskWithExtraMembers):
            return []
        audit = task.audit_extra_members
        return self._sentences("audit_extra_members", lambda: audit(frame, parsed, meta, answer, source2))

    def _check_extra_members(self, pair: Pair) -> None:
        for member in undeclared_members(self.extra_members, pair.answer, pair.source2):
            raise TaskError(f"task {self.name}, make", f"{member} in its extra_members, since a pair has one", "none")
        if pair.source2 is not None:
            check_rgb(pair.source2, f"task {self.name}, make, source2", pair.meta.shape)

    def _sentences(self, method: str, call: Callable[[], Any]) -> list[str]:
        problems: Any = self._run(method, call)
        if not isinstance(problems, list) or not all(isinstance(problem, str) for problem in problems):
            raise TaskError(f"task {self.name}, {method}", "a list of sentences", type(problems).__name__)
        return list(problems)

    def _run(self, method: str, call: Callable[[], Result]) -> Result:
        return call_guarded(call, f"task {self.name}, {method}", "a result", TaskError)


class GuardedTextTask(GuardedTask):
    """A `GuardedTask` whose answers begin with text that says how their image decodes."""

    _task: TaskWithTextAnswer

    def __init__(self, task: TaskWithTextAnswer, extra_members: frozenset[ExtraMember]) -> None:
        super().__init__(task, extra_members)

    def has_text_answer(self, meta: PairMeta) -> bool:
        """As `TaskWithTextAnswer.has_text_answer`."""
        return bool(self._run("has_text_answer", lambda: self._task.has_text_answer(meta)))

    def read_answer(self, meta: PairMeta, answer: str) -> PairMeta:
        """As `TaskWithTextAnswer.read_answer`."""
        found: object = self._run("read_answer", lambda: self._task.read_answer(meta, answer))
        if not isinstance(found, PairMeta):
            raise TaskError(f"task {self.name}, read_answer", "an encode.PairMeta", type(found).__name__)
        return found

    def score_answer(
        self, rgb: UInt8[np.ndarray, "h w 3"], answer: str, frame: Frame, meta: PairMeta
    ) -> dict[str, float]:
        """As `TaskWithTextAnswer.score_answer`."""
        return self._run("score_answer", lambda: self._task.score_answer(rgb, answer, frame, meta))
