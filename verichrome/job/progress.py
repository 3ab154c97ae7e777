"""Tells how far the job is: a live bar on a terminal, plain lines elsewhere."""

import time
from types import TracebackType
from typing import Self

from rich.console import Console
from rich.progress import BarColumn, Progress, ProgressColumn, SpinnerColumn, Task, TextColumn
from rich.text import Text

from verichrome.job.pace import Pace
from verichrome.job.tally import Tally
from verichrome.say import say

__all__ = ["JobProgress"]

#: Seconds between plain lines, so that a log of a long job stays readable.
LINE_EVERY = 10.0
#: Seconds between updates of the bar, which nobody reads faster.
BAR_EVERY = 0.1


class JobProgress:
    """Shows `tally` against `total` scenes while open."""

    def __init__(self, console: Console, total: int, pace: Pace) -> None:
        self._console = console
        self._total = total
        self._pace = pace
        self._said = 0.0
        self._last = -1
        self._bar = _bar(console) if console.is_terminal else None
        self._row = self._bar.add_task("", total=total, counts="starting Blender", left="") if self._bar else None

    def show(self, tally: Tally, workers: int = 0) -> None:
        """Show where things stand, unless that was told just now; `workers` are at work."""
        if time.monotonic() - self._said <= (BAR_EVERY if self._bar is not None else LINE_EVERY):
            return
        counts = self._counts(tally, workers)
        if self._bar is not None and self._row is not None:
            self._said = time.monotonic()
            self._bar.update(self._row, completed=tally.done, counts=counts, left=self._left(tally))
        elif tally.done != self._last:
            self._said, self._last = time.monotonic(), tally.done
            self.say(f"{tally.done} of {self._total} scenes, {counts}{self._left(tally, ', ')}")

    def say(self, text: str) -> None:
        """Print a line, above the bar where there is one."""
        say(self._bar.console if self._bar is not None else self._console, text)

    def __enter__(self) -> Self:
        if self._bar is not None:
            self._bar.start()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        if self._bar is not None:
            self._bar.stop()

    def _counts(self, tally: Tally, workers: int) -> str:
        speed = self._pace.frames_per_second(tally)
        pace = f" ({speed:.2f}/s)" if speed else ""
        failed = f", {tally.failed} failed" if tally.failed else ""
        at_work = f", {workers} worker{'s' if workers > 1 else ''}" if workers else ""
        return (
            f"{tally.frames_so_far} frames{pace}, {tally.pairs_so_far} pairs, "
            f"{tally.rejected_so_far} rejected{failed}{at_work}"
        )

    def _left(self, tally: Tally, prefix: str = "") -> str:
        """Time left by the pace of this run's scenes; nothing before the first of them."""
        seconds = self._pace.seconds_left(tally)
        return "" if seconds is None else f"{prefix}{seconds:.0f} s left"


class _Scenes(ProgressColumn):
    """`3/8 scenes`."""

    def render(self, task: Task) -> Text:
        return Text(f"{task.completed:.0f}/{task.total or 0:.0f} scenes")


def _bar(console: Console) -> Progress:
    columns = (SpinnerColumn(), BarColumn(), _Scenes(), TextColumn("{task.fields[counts]}  {task.fields[left]}"))
    return Progress(*columns, console=console, transient=True)
