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
from verichrome.crash_report import crash_cause, lost_with_node
from verichrome.messages import CompleteShard, Crash, SceneDone, ShardDone, StageStarted, StorageFailed, WorkItem

__all__ = ["ItemLost", "ItemRetried", "JobFailed", "PoolEvent", "RetryLimits", "WorkerPool", "WorkerSlot"]

#: How often the pool looks for workers that hang while none reports, in seconds.
TICK = 1.0
#: Seconds to wait for ended workers to exit.
END_TIMEOUT = 10.0
#: Workers that may break one after the other with no scene done in between; then the scenes are not the cause.
BREAKS_IN_A_ROW = 8
#: Characters of a reason: an error may repeat the data that caused it.
LONGEST_REASON = 1000


class JobFailed(Exception):
    """The job cannot continue; the message is the reason."""


@dataclass(frozen=True, slots=True)
class RetryLimits:
    """Seconds of silence after which a worker counts as hung, and how often one item may break outside any scene."""

    silence: float
    retries: int


@dataclass(frozen=True, slots=True)
class ItemRetried:
    """A work item that returns to the queue, since its worker failed at `crash`."""

    item: WorkItem
    crash: Crash


@dataclass(frozen=True, slots=True)
class ItemLost:
    """A work item that returns to the queue, since its worker's machine was lost; no scene caused it."""

    item: WorkItem


PoolEvent = WorkerStarted | StageStarted | SceneDone | ShardDone | CompleteShard | ItemRetried | ItemLost


class WorkerSlot:
    """One worker's slot: the worker, its work item, and its progress."""

    def __init__(self, number: int) -> None:
        self.number = number
        self.actor: Any = None
        self.stream: Any = None
        self.item: WorkItem | None = None
        self.stage = StageStarted(None, 0, "start")
        self.heard_at: float | None = None  # None until Ray has found room for the worker
        self.last = False  # it begins no other scene
        self.pid: int | None = None  # where the worker is on this host
        self.host = ""

    def assign(self, item: WorkItem) -> None:
        """Give the worker an item."""
        self.item, self.stage, self.heard_at = item, StageStarted(None, 0, "start"), None
        self.stream = self.actor.run.options(num_returns="streaming").remote(item)

    def started(self, message: WorkerStarted) -> None:
        """Note where the worker runs."""
        self.host = message.host
        self.pid = message.pid if message.host == os.uname().nodename else None

    def note(self, message: Any) -> None:
        """Note the worker's progress."""
        self.heard_at = time.monotonic()
        if isinstance(message, StageStarted):
            self.stage = message
        elif isinstance(message, SceneDone):
            self.stage = StageStarted(None, 0, "between")
            self.last |= message.last

    def silent(self, limit: float) -> bool:
        """Whether the worker is at work and has sent nothing for longer than `limit` seconds."""
        return self.stream is not None and self.heard_at is not None and time.monotonic() - self.heard_at > limit

    def clear(self) -> None:
        """Forget the worker, which has ended, and its item."""
        self.actor = self.stream = self.item = self.pid = None
        self.host = ""
        self.last = False


class WorkerPool:
    """Runs work items on `size` workers and yields what happens, in the order in which it arrives.

    A worker that dies, hangs or reports that it failed is ended and replaced, and its item is given to a new one, which
    finds the finished scenes in the spool. Ray's own restarts are off: it does not run a call again that was lost with
    its node, so the driver must count and retry in any case, and two mechanisms would count twice.
    """

    def __init__(
        self, make_actor: Callable[[int], Any], size: int, limits: RetryLimits, log_tail: Callable[[int, str], str]
    ) -> None:
        """`make` makes the worker of a slot, given its number; `log_tail` reads the end of its log.

        `log_tail` gets the slot's number and the host that the worker ran on, empty where it is not known.
        """
        self._make_actor = make_actor
        self._limits = limits
        self._log_tail = log_tail
        self._slots = [WorkerSlot(number) for number in range(size)]
        self._again: deque[WorkItem] = deque()
        self._breaks = 0

    def run(self, items: Iterator[WorkItem], check: Callable[[], None]) -> Iterator[PoolEvent]:
        """Yield events until all `items` are done, taking one only when a worker is free for it.

        `check` is called about once a second and may raise, to stop. Raises JobFailed.
        """
        import ray

        while True:
            check()
            self._assign(items)
            busy = {slot.stream: slot for slot in self._slots if slot.stream is not None}
            if not busy:
                return
            ready, _ = ray.wait(list(busy), num_returns=1, timeout=TICK)
            for stream in ready:
                yield from self._receive(busy[stream])
            for slot in busy.values():
                if slot.silent(self._limits.silence):
                    yield self._failed(slot, f"gave no sign of life for {self._limits.silence:.0f} seconds")

    @property
    def live(self) -> int:
        """Workers that have started and have an item."""
        return sum(slot.item is not None and slot.heard_at is not None for slot in self._slots)

    def close(self) -> None:
        """End every worker, and wait for those on this host to exit, so that their files can be removed."""
        pids = [slot.pid for slot in self._slots if slot.pid is not None]
        for slot in self._slots:
            _end(slot)
        deadline = time.monotonic() + END_TIMEOUT
        while any(map(_lives, pids)) and time.monotonic() < deadline:
            time.sleep(0.05)

    def _assign(self, items: Iterator[WorkItem]) -> None:
        for slot in sorted(self._slots, key=lambda slot: slot.actor is None):  # a worker that runs need not be started
            if slot.item is not None:
                continue
            item = self._again.popleft() if self._again else next(items, None)
            if item is None and slot.actor is not None:
                item = self._take_back()
            if item is None:
                return
            if slot.actor is None:
                slot.actor = self._make_actor(slot.number)
            slot.assign(item)

    def _take_back(self) -> WorkItem | None:
        """An item that waits for a worker to start; it may wait for the cores that an idle worker holds."""
        for slot in self._slots:
            if slot.item is not None and not slot.host:
                item = slot.item
                _end(slot)
                return item
        return None

    def _receive(self, slot: WorkerSlot) -> Iterator[PoolEvent]:
        import ray

        try:
            message = ray.get(next(slot.stream))
        except (ray.exceptions.RayError, StopIteration) as error:
            yield self._lost(slot) if lost_with_node(error) else self._died(slot, error)
            return
        slot.note(message)
        match message:
            case WorkerStarted():
                slot.started(message)
                yield message
            case WorkItemDone():
                slot.item = slot.stream = None
                if slot.last:
                    _end(slot)
            case StorageFailed():
                raise JobFailed(f"{message.reason}.")
            case WorkerFailed():
                if message.fatal:
                    raise JobFailed(message.reason)
                yield self._failed(slot, message.reason, message.trace)
            case SceneDone():
                yield message
                self._scene_done(slot, message)
            case _:
                yield message

    def _scene_done(self, slot: WorkerSlot, message: SceneDone) -> None:
        if message.rendered and not message.failure:
            self._breaks = 0
        if message.last and slot.item is not None and message.scene < slot.item.stop - 1:
            self._again.appendleft(slot.item)  # the worker has left the rest of it
            _end(slot)

    def _lost(self, slot: WorkerSlot) -> ItemLost:
        assert slot.item is not None
        item = slot.item
        _end(slot)
        self._again.append(item)
        return ItemLost(item)

    def _died(self, slot: WorkerSlot, error: BaseException) -> ItemRetried:
        tail = self._log_tail(slot.number, slot.host)
        return self._requeue(slot, crash_cause(error, tail), tail)

    def _failed(self, slot: WorkerSlot, reason: str, trace: str = "") -> ItemRetried:
        tail = self._log_tail(slot.number, slot.host)
        return self._requeue(slot, reason, "\n".join(part for part in (tail, trace.strip()) if part))

    def _requeue(self, slot: WorkerSlot, reason: str, log: str) -> ItemRetried:
        assert slot.item is not None
        reason, log = printable(reason, LONGEST_REASON), fit(log)
        crash = Crash(slot.stage.scene, slot.stage.attempt, slot.stage.stage, reason, log)
        item = slot.item.after(crash)
        _end(slot)
        self._breaks += 1
        tail = f"\n{log}" if log else ""
        # With many workers some may be on one bad machine, while the others are still at their first scene.
        if self._breaks >= max(BREAKS_IN_A_ROW, 2 * len(self._slots)):
            raise JobFailed(
                f"{self._breaks} workers broke one after the other with no scene done, the last: {reason}{tail}"
            )
        outside = len(item.crashes_of(None))
        if crash.scene is None and outside > self._limits.retries:
            raise JobFailed(f"Shard {item.index} broke {outside} times, the last: {reason}{tail}")
        self._again.append(item)
        return ItemRetried(item, crash)


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
