"""Tasks of other distributions, found by entry point: loaded when they are asked for, and run under guard."""

from collections.abc import Callable, Sequence
from functools import cache
from importlib.metadata import EntryPoint, entry_points
from typing import Any, TypeVar

import numpy as np
from jaxtyping import Float32, UInt8

from encode.entry_points import call_guarded
from encode.errors import TaskError
from encode.frame import Frame
from encode.pair import Pair, PairMeta
from encode.prompts.parser import ParsedPrompt
from encode.task import PairRequest, Task

__all__ = ["TASK_GROUP", "GuardedTask", "load_task", "task_entry_points"]

T = TypeVar("T")

TASK_GROUP = "verichrome.tasks"


@cache
def task_entry_points() -> dict[str, EntryPoint]:
    """The entry points of the group by name, in alphabetical order; none is loaded."""
    points = sorted(entry_points(group=TASK_GROUP), key=lambda point: point.name)
    return {point.name: point for point in points}


def load_task(point: EntryPoint) -> Task:
    """Load a task; raises TaskError where it does not load, or is no task of the entry point's name."""
    where = f"entry point {point.name} of {TASK_GROUP}"

    def load() -> Any:
        found = point.load()
        return found() if isinstance(found, type) else found

    task = call_guarded(load, where, "a task that loads", TaskError)
    if not isinstance(task, Task):
        raise TaskError(where, "an encode.Task", type(task).__name__)
    if task.name != point.name or "." in task.name:
        raise TaskError(where, "a free name without dots, the same as the task's own", repr(task.name))
    return GuardedTask(task)


class GuardedTask:
    """A task whose methods raise EncodeError alone: a job or an audit goes on where someone's code fails or exits."""

    def __init__(self, task: Task) -> None:
        self.name = task.name
        self._task = task

    def make(self, request: PairRequest) -> Pair | None:
        """As `Task.make`."""
        pair = self._run("make", lambda: self._task.make(request))
        if pair is not None and not isinstance(pair, Pair):
            raise TaskError(f"task {self.name}, make", "an encode.Pair or None", type(pair).__name__)
        return pair

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
        found: Any = self._run("audit", lambda: self._task.audit(frame, target, parsed, meta))
        if not isinstance(found, list) or not all(isinstance(problem, str) for problem in found):
            raise TaskError(f"task {self.name}, audit", "a list of sentences", type(found).__name__)
        return list(found)

    def _run(self, method: str, call: Callable[[], T]) -> T:
        return call_guarded(call, f"task {self.name}, {method}", "a result", TaskError)
