"""A place for one worker: which, what it is at, and how long ago it was heard."""

import os
import time
from typing import Any

from render.worker import WorkerStarted
from verichrome.job.reports import SceneReport, Trying
from verichrome.job.task import ShardTask

__all__ = ["Slot"]


class Slot:
    """A worker, the task it is at, and how far it has come."""

    def __init__(self, number: int) -> None:
        self.number = number
        self.actor: Any = None
        self.stream: Any = None
        self.task: ShardTask | None = None
        self.at = Trying(None, 0, "start")
        self.heard: float | None = None  # None until Ray has found room for the worker
        self.worn = False  # it begins no other scene
        self.pid: int | None = None  # where the worker is on this host
        self.host = ""

    def assign(self, task: ShardTask) -> None:
        """Give the worker a task."""
        self.task, self.at, self.heard = task, Trying(None, 0, "start"), None
        self.stream = self.actor.run.options(num_returns="streaming").remote(task)

    def started(self, report: WorkerStarted) -> None:
        """Note where the worker runs."""
        self.host = report.host
        self.pid = report.pid if report.host == os.uname().nodename else None

    def note(self, report: Any) -> None:
        """Note how far the worker has come."""
        if isinstance(report, Trying):
            self.at = report
        elif isinstance(report, SceneReport):
            self.at = Trying(None, 0, "between")
            self.worn |= report.worn

    def silent(self, limit: float) -> bool:
        """Whether the worker is at work and has not been heard for longer than `limit` seconds."""
        return self.stream is not None and self.heard is not None and time.monotonic() - self.heard > limit

    def clear(self) -> None:
        """Forget the worker, which is gone, and its task."""
        self.actor = self.stream = self.task = self.pid = None
        self.host = ""
        self.worn = False
