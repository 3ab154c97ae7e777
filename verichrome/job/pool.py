"""Workers under Ray and the bounded window of tasks over them: who does what, who died, who hangs."""

import os
import time
from collections import deque
from collections.abc import Callable, Iterator
from contextlib import suppress
from dataclasses import dataclass
from typing import Any

from render.worker import Broken, Started, UnitDone
from verichrome.job.reports import SceneReport, ShardReport, Trying
from verichrome.job.task import Crash, ShardTask

__all__ = ["JobFailed", "Limits", "Retried", "WorkerPool"]

#: How often the pool looks for workers that hang while none reports, in seconds.
TICK = 1.0
#: Seconds that ended workers are given to be gone.
PATIENCE = 10.0
#: Workers that may break one after the other with no scene done in between; then the fault is not the scenes'.
BREAKS_IN_A_ROW = 8


class JobFailed(Exception):
    """The job cannot go on; the message says why."""


@dataclass(frozen=True, slots=True)
class Limits:
    """When a worker counts as hung, when it is replaced, and how often one task may break outside any scene."""

    silence: float
    scenes: int
    memory: float
    retries: int


@dataclass(frozen=True, slots=True)
class Retried:
    """A task goes back to the queue, since its worker broke at `crash`; what that worker printed last."""

    task: ShardTask
    crash: Crash
    last_words: str


class _Slot:
    """A worker, the task it is at, and how far it has come."""

    def __init__(self, number: int) -> None:
        self.number = number
        self.actor: Any = None
        self.stream: Any = None
        self.task: ShardTask | None = None
        self.at = Trying(None, 0, "start")
        self.heard: float | None = None  # None until Ray has found room for the worker
        self.scenes = 0
        self.pid: int | None = None  # where the worker is on this host


class WorkerPool:
    """Runs tasks on `size` workers and yields what they report, in the order in which it arrives.

    A worker that dies, hangs or reports that it is broken is ended and replaced, and its task is done again from its
    start by a new one. Ray's own restarts are off: it does not run a call again that was lost with its node, so the
    driver must count and retry in any case, and two mechanisms would count twice.
    """

    def __init__(
        self, make_actor: Callable[[int], Any], size: int, limits: Limits, last_words: Callable[[int], str]
    ) -> None:
        self._make_actor = make_actor
        self._limits = limits
        self._last_words = last_words
        self._slots = [_Slot(number) for number in range(size)]
        self._again: deque[ShardTask] = deque()
        self._breaks = 0

    def run(
        self, tasks: Iterator[ShardTask], check: Callable[[], None]
    ) -> Iterator[Trying | SceneReport | ShardReport | Retried]:
        """Yield reports until all `tasks` are done, taking one only when a worker is free for it.

        `check` is called about once a second and may raise, to stop.
        """
        import ray

        while True:
            check()
            self._assign(tasks)
            busy = {slot.stream: slot for slot in self._slots if slot.stream is not None}
            if not busy:
                return
            ready, _ = ray.wait(list(busy), num_returns=1, timeout=TICK)
            for stream in ready:
                yield from self._hear(busy[stream])
            for slot in busy.values():
                if self._hangs(slot):
                    yield self._broken(slot, f"gave no sign of life for {self._limits.silence:.0f} seconds")

    @property
    def live(self) -> int:
        """Workers that have answered and are at work."""
        return sum(slot.task is not None and slot.heard is not None for slot in self._slots)

    def close(self) -> None:
        """End every worker, and wait for those on this host to be gone, so that their files can be cleared."""
        pids = [slot.pid for slot in self._slots if slot.pid is not None]
        for slot in self._slots:
            self._end(slot)
        deadline = time.monotonic() + PATIENCE
        while any(map(_lives, pids)) and time.monotonic() < deadline:
            time.sleep(0.05)

    def _assign(self, tasks: Iterator[ShardTask]) -> None:
        for slot in self._slots:
            if slot.task is not None:
                continue
            task = self._again.popleft() if self._again else next(tasks, None)
            if task is None:
                return
            if slot.actor is None:
                slot.actor = self._make_actor(slot.number)
                slot.scenes = 0
            slot.task, slot.at, slot.heard = task, Trying(None, 0, "start"), None
            slot.stream = slot.actor.run.options(num_returns="streaming").remote(task)

    def _hear(self, slot: _Slot) -> Iterator[Trying | SceneReport | ShardReport | Retried]:
        import ray

        try:
            report = ray.get(next(slot.stream))
        except (ray.exceptions.RayError, StopIteration) as error:
            yield self._broken(slot, _cause(error))
            return
        slot.heard = time.monotonic()
        match report:
            case Started():
                slot.pid = report.pid if report.host == os.uname().nodename else None
            case UnitDone():
                self._finish(slot, report)
            case Broken():
                if report.fatal:
                    raise JobFailed(report.reason)
                yield self._broken(slot, report.reason, report.trace)
            case _:
                slot.at = report if isinstance(report, Trying) else slot.at
                if isinstance(report, SceneReport):
                    slot.scenes += 1
                    self._breaks = self._breaks if report.failure else 0
                yield report

    def _finish(self, slot: _Slot, report: UnitDone) -> None:
        slot.task = slot.stream = None
        if slot.scenes >= self._limits.scenes or report.resident_bytes > self._limits.memory:
            self._end(slot)

    def _hangs(self, slot: _Slot) -> bool:
        return slot.stream is not None and slot.heard is not None and self._silent(slot.heard)

    def _silent(self, since: float) -> bool:
        return time.monotonic() - since > self._limits.silence

    def _broken(self, slot: _Slot, reason: str, trace: str = "") -> Retried:
        assert slot.task is not None
        words = trace.strip() or self._last_words(slot.number)
        crash = Crash(slot.at.scene, slot.at.attempt, slot.at.stage, reason)
        task = slot.task.after(crash)
        self._end(slot)
        self._breaks += 1
        if self._breaks >= BREAKS_IN_A_ROW:
            tail = f"\n{words}" if words else ""
            raise JobFailed(
                f"{self._breaks} workers broke one after the other with no scene done, the last: {reason}{tail}"
            )
        if crash.scene is None and len(task.crashes_of(None)) > self._limits.retries:
            tail = f"\n{words}" if words else ""
            raise JobFailed(f"Shard {task.index} broke {len(task.crashes_of(None))} times, the last: {reason}{tail}")
        self._again.append(task)
        return Retried(task, crash, words)

    def _end(self, slot: _Slot) -> None:
        import ray

        if slot.actor is not None:
            with suppress(ray.exceptions.RayError):
                ray.kill(slot.actor)
        slot.actor = slot.stream = slot.task = slot.pid = None


def _lives(pid: int) -> bool:
    try:
        os.kill(pid, 0)
    except OSError:
        return False
    return True


def _cause(error: BaseException) -> str:
    if isinstance(error, StopIteration):
        return "the worker stopped before its task was done"
    first = str(error).strip().splitlines()
    return f"the worker process died ({type(error).__name__}: {first[0] if first else ''})"
