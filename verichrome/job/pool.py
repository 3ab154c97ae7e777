"""Workers under Ray and the bounded window of tasks over them: who does what, who died, who hangs, who is worn out."""

import os
import time
from collections import deque
from collections.abc import Callable, Iterator
from contextlib import suppress
from dataclasses import dataclass
from typing import Any

from render.worker import WorkerFailed, WorkerStarted, WorkItemDone
from shards import printable
from verichrome.job.obituary import cause, went_with_its_node
from verichrome.job.reports import SceneReport, ShardReport, StorageFailed, Trying
from verichrome.job.slot import Slot
from verichrome.job.task import Crash, ShardTask
from verichrome.say import fit

__all__ = ["JobFailed", "Limits", "Lost", "Retried", "WorkerPool"]

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
class Limits:
    """Seconds of silence after which a worker counts as hung, and how often one task may break outside any scene."""

    silence: float
    retries: int


@dataclass(frozen=True, slots=True)
class Retried:
    """A task goes back to the queue, since its worker broke at `crash`."""

    task: ShardTask
    crash: Crash


@dataclass(frozen=True, slots=True)
class Lost:
    """A task goes back to the queue, since its worker's machine is gone; nobody is to blame."""

    task: ShardTask


Report = Trying | SceneReport | ShardReport | Retried | Lost


class WorkerPool:
    """Runs tasks on `size` workers and yields what they report, in the order in which it arrives.

    A worker that dies, hangs or reports that it is broken is ended and replaced, and its task is given to a new one,
    which finds the finished scenes in the spool. Ray's own restarts are off: it does not run a call again that was lost
    with its node, so the driver must count and retry in any case, and two mechanisms would count twice.
    """

    def __init__(
        self, make_actor: Callable[[int], Any], size: int, limits: Limits, last_words: Callable[[int, str], str]
    ) -> None:
        """`last_words` gets a slot's number and the host that its worker ran on."""
        self._make_actor = make_actor
        self._limits = limits
        self._last_words = last_words
        self._slots = [Slot(number) for number in range(size)]
        self._again: deque[ShardTask] = deque()
        self._breaks = 0

    def run(self, tasks: Iterator[ShardTask], check: Callable[[], None]) -> Iterator[Report]:
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

    def _assign(self, tasks: Iterator[ShardTask]) -> None:
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

    def _waiting(self) -> ShardTask | None:
        """Take back a task whose worker has no room yet: it may wait for the very cores that an idle one holds."""
        for slot in self._slots:
            if slot.task is not None and not slot.host:
                task = slot.task
                _end(slot)
                return task
        return None

    def _hear(self, slot: Slot) -> Iterator[Report]:
        import ray

        try:
            report = ray.get(next(slot.stream))
        except (ray.exceptions.RayError, StopIteration) as error:
            yield self._lost(slot) if went_with_its_node(error) else self._died(slot, error)
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
            case SceneReport():
                yield report
                self._scene_done(slot, report)
            case _:
                yield report

    def _scene_done(self, slot: Slot, report: SceneReport) -> None:
        if report.rendered and not report.failure:
            self._breaks = 0
        if report.worn and slot.task is not None and report.scene < slot.task.stop - 1:
            self._again.appendleft(slot.task)  # the worker has left the rest of it
            _end(slot)

    def _lost(self, slot: Slot) -> Lost:
        assert slot.task is not None
        task = slot.task
        _end(slot)
        self._again.append(task)
        return Lost(task)

    def _died(self, slot: Slot, error: BaseException) -> Retried:
        words = self._last_words(slot.number, slot.host)
        return self._requeue(slot, cause(error, words), words)

    def _broken(self, slot: Slot, reason: str, trace: str = "") -> Retried:
        words = self._last_words(slot.number, slot.host)
        return self._requeue(slot, reason, "\n".join(part for part in (words, trace.strip()) if part))

    def _requeue(self, slot: Slot, reason: str, log: str) -> Retried:
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
        return Retried(task, crash)


def _end(slot: Slot) -> None:
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
