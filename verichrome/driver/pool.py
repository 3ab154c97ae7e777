"""The worker pool: which worker has which work item, and what happens when one dies, hangs or is recycled."""

import os
import time
from collections import deque
from collections.abc import Callable, Iterator
from contextlib import suppress
from dataclasses import dataclass
from typing import Any

from render.worker import WorkerFailed, WorkerStarted, WorkItemDone
from shards import printable
from verichrome.console import fit
from verichrome.driver.crash_report import cause, lost_with_node
from verichrome.messages import Crash, SceneDone, ShardDone, StageStarted, StorageFailed, WorkItem

__all__ = ["ItemLost", "ItemRetried", "JobFailed", "RetryLimits", "WorkerPool", "WorkerSlot"]


class WorkerSlot:
    """A worker, the task it is at, and how far it has come."""

    def __init__(self, number: int) -> None:
        self.number = number
        self.actor: Any = None
        self.stream: Any = None
        self.task: WorkItem | None = None
        self.at = StageStarted(None, 0, "start")
        self.heard: float | None = None  # None until Ray has found room for the worker
        self.worn = False  # it begins no other scene
        self.pid: int | None = None  # where the worker is on this host
        self.host = ""

    def assign(self, task: WorkItem) -> None:
        """Give the worker a task."""
        self.task, self.at, self.heard = task, StageStarted(None, 0, "start"), None
        self.stream = self.actor.run.options(num_returns="streaming").remote(task)

    def started(self, report: WorkerStarted) -> None:
        """Note where the worker runs."""
        self.host = report.host
        self.pid = report.pid if report.host == os.uname().nodename else None

    def note(self, report: Any) -> None:
        """Note how far the worker has come."""
        if isinstance(report, StageStarted):
            self.at = report
        elif isinstance(report, SceneDone):
            self.at = StageStarted(None, 0, "between")
            self.worn |= report.worn

    def silent(self, limit: float) -> bool:
        """Whether the worker is at work and has not been heard for longer than `limit` seconds."""
        return self.stream is not None and self.heard is not None and time.monotonic() - self.heard > limit

    def clear(self) -> None:
        """Forget the worker, which is gone, and its task."""
        self.actor = self.stream = self.task = self.pid = None
        self.host = ""
        self.worn = False


#: How often the pool looks for workers that hang while none reports, in seconds.
TICK = 1.0
#: Seconds that ended workers are given to be gone.
PATIENCE = 10.0
#: Workers that may break one after the other with no scene done in between; then the fault is not the scenes'.
BREAKS_IN_A_ROW = 8
#: Characters of a reason: an error may repeat what it stumbled over.
LONGEST = 1000


class JobFailed(Exception):
    """The job cannot go on; the message says why."""


@dataclass(frozen=True, slots=True)
class RetryLimits:
    """Seconds of silence after which a worker counts as hung, and how often one task may break outside any scene."""

    silence: float
    retries: int


@dataclass(frozen=True, slots=True)
class ItemRetried:
    """A task goes back to the queue, since its worker broke at `crash`."""

    task: WorkItem
    crash: Crash


@dataclass(frozen=True, slots=True)
class ItemLost:
    """A task goes back to the queue, since its worker's machine is gone; nobody is to blame."""

    task: WorkItem


Report = StageStarted | SceneDone | ShardDone | ItemRetried | ItemLost


class WorkerPool:
    """Runs tasks on `size` workers and yields what they report, in the order in which it arrives.

    A worker that dies, hangs or reports that it is broken is ended and replaced, and its task is given to a new one,
    which finds the finished scenes in the spool. Ray's own restarts are off: it does not run a call again that was lost
    with its node, so the driver must count and retry in any case, and two mechanisms would count twice.
    """

    def __init__(
        self, make_actor: Callable[[int], Any], size: int, limits: RetryLimits, log_tail: Callable[[int, str], str]
    ) -> None:
        """`log_tail` gets a slot's number and the host that its worker ran on."""
        self._make_actor = make_actor
        self._limits = limits
        self._last_words = log_tail
        self._slots = [WorkerSlot(number) for number in range(size)]
        self._again: deque[WorkItem] = deque()
        self._breaks = 0

    def run(self, tasks: Iterator[WorkItem], check: Callable[[], None]) -> Iterator[Report]:
        """Yield reports until all `tasks` are done, taking one only when a worker is free for it.

        `check` is called about once a second and may raise, to stop. Raises JobFailed.
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
                if slot.silent(self._limits.silence):
                    yield self._broken(slot, f"gave no sign of life for {self._limits.silence:.0f} seconds")

    @property
    def live(self) -> int:
        """Workers that have answered and are at work."""
        return sum(slot.task is not None and slot.heard is not None for slot in self._slots)

    def close(self) -> None:
        """End every worker, and wait for those on this host to be gone, so that their files can be cleared."""
        pids = [slot.pid for slot in self._slots if slot.pid is not None]
        for slot in self._slots:
            _end(slot)
        deadline = time.monotonic() + PATIENCE
        while any(map(_lives, pids)) and time.monotonic() < deadline:
            time.sleep(0.05)

    def _assign(self, tasks: Iterator[WorkItem]) -> None:
        for slot in sorted(self._slots, key=lambda slot: slot.actor is None):  # who is up need not be started
            if slot.task is not None:
                continue
            task = self._again.popleft() if self._again else next(tasks, None)
            if task is None and slot.actor is not None:
                task = self._waiting()
            if task is None:
                return
            if slot.actor is None:
                slot.actor = self._make_actor(slot.number)
            slot.assign(task)

    def _waiting(self) -> WorkItem | None:
        """Take back a task whose worker has no room yet: it may wait for the very cores that an idle one holds."""
        for slot in self._slots:
            if slot.task is not None and not slot.host:
                task = slot.task
                _end(slot)
                return task
        return None

    def _hear(self, slot: WorkerSlot) -> Iterator[Report]:
        import ray

        try:
            report = ray.get(next(slot.stream))
        except (ray.exceptions.RayError, StopIteration) as error:
            yield self._lost(slot) if lost_with_node(error) else self._died(slot, error)
            return
        slot.heard = time.monotonic()
        slot.note(report)
        match report:
            case WorkerStarted():
                slot.started(report)
            case WorkItemDone():
                slot.task = slot.stream = None
                if slot.worn:
                    _end(slot)
            case StorageFailed():
                raise JobFailed(f"{report.reason}.")
            case WorkerFailed():
                if report.fatal:
                    raise JobFailed(report.reason)
                yield self._broken(slot, report.reason, report.trace)
            case SceneDone():
                yield report
                self._scene_done(slot, report)
            case _:
                yield report

    def _scene_done(self, slot: WorkerSlot, report: SceneDone) -> None:
        if report.rendered and not report.failure:
            self._breaks = 0
        if report.worn and slot.task is not None and report.scene < slot.task.stop - 1:
            self._again.appendleft(slot.task)  # the worker has left the rest of it
            _end(slot)

    def _lost(self, slot: WorkerSlot) -> ItemLost:
        assert slot.task is not None
        task = slot.task
        _end(slot)
        self._again.append(task)
        return ItemLost(task)

    def _died(self, slot: WorkerSlot, error: BaseException) -> ItemRetried:
        words = self._last_words(slot.number, slot.host)
        return self._requeue(slot, cause(error, words), words)

    def _broken(self, slot: WorkerSlot, reason: str, trace: str = "") -> ItemRetried:
        words = self._last_words(slot.number, slot.host)
        return self._requeue(slot, reason, "\n".join(part for part in (words, trace.strip()) if part))

    def _requeue(self, slot: WorkerSlot, reason: str, log: str) -> ItemRetried:
        assert slot.task is not None
        reason, log = printable(reason, LONGEST), fit(log)
        crash = Crash(slot.at.scene, slot.at.attempt, slot.at.stage, reason, log)
        task = slot.task.after(crash)
        _end(slot)
        self._breaks += 1
        tail = f"\n{log}" if log else ""
        # With many workers some may be on one bad machine, while the others are still at their first scene.
        if self._breaks >= max(BREAKS_IN_A_ROW, 2 * len(self._slots)):
            raise JobFailed(
                f"{self._breaks} workers broke one after the other with no scene done, the last: {reason}{tail}"
            )
        if crash.scene is None and len(task.crashes_of(None)) > self._limits.retries:
            raise JobFailed(f"Shard {task.index} broke {len(task.crashes_of(None))} times, the last: {reason}{tail}")
        self._again.append(task)
        return ItemRetried(task, crash)


def _end(slot: WorkerSlot) -> None:
    import ray

    if slot.actor is not None:
        with suppress(ray.exceptions.RayError):
            ray.kill(slot.actor)
    slot.clear()


def _lives(pid: int) -> bool:
    try:
        os.kill(pid, 0)
    except OSError:
        return False
    return True
