"""Ray's few calls that a driver makes, answered in this process: what is left is what the driver itself costs.

The seam is the module `ray`, which the driver imports where it needs it. So all of the driver runs as it is, and a
worker is a generator that is run on when the driver asks for its next report.
"""

import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from types import ModuleType
from typing import Any, Self

import ray

from render.watchdog import resident_bytes
from verichrome.messages import WorkItem

__all__ = ["StandInRay", "standing_in"]

Work = Callable[[WorkItem], Iterator[Any]]


class StandInRay(ModuleType):
    """A started Ray with `cpus` and no GPU; its workers do `work`.

    driver_seconds: processor time between reports, which is the driver's. first, last: when the first report of all was
    asked for and the last was given, by `time.perf_counter`. resident: bytes of this process at the last report.
    """

    exceptions = ray.exceptions

    def __init__(self, work: Work, cpus: int) -> None:
        super().__init__("ray")
        self.driver_seconds = 0.0
        self._left = 0.0
        self.first = self.last = 0.0
        self.resident = 0
        self._work = work
        self._cpus = cpus
        self._turn = 0

    def is_initialized(self) -> bool:
        """As ray.is_initialized: always."""
        return True

    def cluster_resources(self) -> dict[str, float]:
        """As ray.cluster_resources: the CPUs it was made with."""
        return {"CPU": float(self._cpus)}

    def remote(self, _: type) -> "_Options":
        """As ray.remote of the worker's class."""
        return _Options(lambda *_: _Actor(self))

    def wait(self, streams: list["_Stream"], **_: Any) -> tuple[list["_Stream"], list["_Stream"]]:
        """One that is ready, each in its turn: all of them always are."""
        self._turn = (self._turn + 1) % len(streams)
        return [streams[self._turn]], []

    def get(self, message: Any) -> Any:
        """As ray.get: results are the values themselves."""
        return message

    def kill(self, _: "_Actor") -> None:
        """As ray.kill: nothing is left to end."""
        pass

    def run(self, task: WorkItem) -> "_Stream":
        """Start a task, as a streaming call does."""
        return _Stream(self, self._work(task))

    def enter(self) -> None:
        """A worker begins to work."""
        if self.first:
            self.driver_seconds += time.process_time() - self._left
        self.first = self.first or time.perf_counter()

    def leave(self) -> None:
        """It has something to report."""
        self.resident = resident_bytes()
        self.last = time.perf_counter()
        self._left = time.process_time()


class _Options:
    """`X.options(...).remote(...)`, as it stands for actors and for their methods."""

    def __init__(self, call: Callable[..., Any]) -> None:
        self.remote = call

    def options(self, **_: Any) -> Self:
        return self


class _Actor:
    def __init__(self, stand_in: StandInRay) -> None:
        self.run = _Options(stand_in.run)


class _Stream:
    def __init__(self, stand_in: StandInRay, reports: Iterator[Any]) -> None:
        self._stand_in = stand_in
        self._reports = reports

    def __next__(self) -> Any:
        self._stand_in.enter()
        try:
            return next(self._reports)
        finally:
            self._stand_in.leave()


@contextmanager
def standing_in(stand_in: StandInRay) -> Iterator[None]:
    """Give everyone who imports `ray` the stand-in."""
    sys.modules["ray"] = stand_in
    try:
        yield
    finally:
        sys.modules["ray"] = ray
