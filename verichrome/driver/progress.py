"""Reports a job on the console: a live bar or plain lines while it runs, a summary at the end."""

import shlex
import time
from collections.abc import Iterator, Mapping
from types import TracebackType
from typing import Self

from rich.console import Console
from rich.progress import BarColumn, Progress, ProgressColumn, SpinnerColumn, Task, TextColumn
from rich.text import Text

from shards import size_text
from verichrome.console import say
from verichrome.driver.totals import LISTED, Pace, Totals

__all__ = ["JobProgress", "summary"]

#: Seconds between plain lines, so that a log of a long job stays readable.
LINE_EVERY = 10.0
#: Seconds between updates of the bar.
BAR_EVERY = 0.1


class JobProgress:
    """Shows `totals` against `total` scenes while open."""

    def __init__(self, console: Console, total: int, pace: Pace) -> None:
        self._console = console
        self._total = total
        self._pace = pace
        self._shown_at = 0.0
        self._last = -1
        self._bar = _bar(console) if console.is_terminal else None
        self._row = self._bar.add_task("", total=total, counts="starting Blender", left="") if self._bar else None

    def show(self, totals: Totals, workers: int = 0) -> None:
        """Show the totals, unless that was done just now; `workers` are at work."""
        if time.monotonic() - self._shown_at <= (BAR_EVERY if self._bar is not None else LINE_EVERY):
            return
        counts = self._counts(totals, workers)
        if self._bar is not None and self._row is not None:
            self._shown_at = time.monotonic()
            self._bar.update(self._row, completed=totals.done, counts=counts, left=self._left(totals))
        elif totals.done != self._last:
            self._shown_at, self._last = time.monotonic(), totals.done
            self.say(f"{totals.done} of {self._total} scenes, {counts}{self._left(totals, ', ')}")

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

    def _counts(self, totals: Totals, workers: int) -> str:
        speed = self._pace.frames_per_second(totals)
        pace = f" ({speed:.2f}/s)" if speed else ""
        failed = f", {totals.failed} failed" if totals.failed else ""
        at_work = f", {workers} worker{'s' if workers > 1 else ''}" if workers else ""
        return (
            f"{totals.frames_so_far} frames{pace}, {totals.pairs_so_far} pairs, "
            f"{totals.rejected_so_far} rejected{failed}{at_work}"
        )

    def _left(self, totals: Totals, prefix: str = "") -> str:
        """Time left by the pace of this run's scenes; nothing before the first of them."""
        seconds = self._pace.seconds_left(totals)
        return "" if seconds is None else f"{prefix}{seconds:.0f} s left"


class _SceneCountColumn(ProgressColumn):
    """`3/8 scenes`."""

    def render(self, task: Task) -> Text:
        return Text(f"{task.completed:.0f}/{task.total or 0:.0f} scenes")


def _bar(console: Console) -> Progress:
    columns = (
        SpinnerColumn(),
        BarColumn(),
        _SceneCountColumn(),
        TextColumn("{task.fields[counts]}  {task.fields[left]}"),
    )
    return Progress(*columns, console=console, transient=True)


#: Stages of the summary, and those of the receipts that each adds up; every one of these is in one of those.
SUMMARY_STAGES = {
    "build": ("sample", "build", "physics"),
    "image": ("image", "photo"),
    "truth": ("truth", "checks"),
    "encode": ("encode",),
    "write": ("compress", "write"),
    "rejected": ("rejected",),
}


def summary(totals: Totals, out: str, wall: float, preview: bool) -> str:
    """What was written, seconds per frame, rejections, and how to view the result: lines that can be read alone."""
    return "\n".join(_lines(totals, out, wall, preview))


def _lines(totals: Totals, out: str, wall: float, preview: bool) -> Iterator[str]:
    if not totals.scenes:
        yield f"Nothing was left to do: all {totals.kept_scenes} scenes are in {out} already."
    else:
        yield (
            f"Wrote {totals.scenes} scenes, {totals.frames} frames and {totals.pairs.total()} pairs "
            f"({size_text(totals.bytes)}) to {out} in {wall:.0f} s."
        )
        if totals.kept_scenes:
            yield f"  {totals.kept_scenes} scenes were there already."
        if totals.spooled:
            yield f"  {totals.spooled} scenes were rendered before a stop or crash, and not again."
        yield f"  pairs     {_counts(totals.pairs)}"
        if totals.frames:
            yield f"  a frame   {_stages(totals.seconds, totals.frames)}"
        yield f"  rejected  {_counts(totals.rejected)}"
    if totals.retries:
        yield f"  restarted {totals.retries} times after a crash, a hang or a lost machine (`failures` in the receipts)"
    if totals.failed:
        yield f"  FAILED    {totals.failed} scenes{', the last of them' if totals.failed > LISTED else ''}:"
        yield from (f"    {line}" for line in totals.failures)
    yield from _next_steps(out, preview)


def _counts(counts: Mapping[str, int]) -> str:
    return ", ".join(f"{name} {count}" for name, count in sorted(counts.items())) or "none"


def _stages(seconds: Mapping[str, float], frames: int) -> str:
    """Seconds of worker time a frame; workers overlap, so the wall time is less."""
    shares = {
        name: sum(seconds.get(stage, 0.0) for stage in stages) / frames for name, stages in SUMMARY_STAGES.items()
    }
    parts = ", ".join(f"{name} {share:.2f}" for name, share in shares.items() if share)
    return f"{sum(shares.values()):.2f} s of a worker: {parts}"


def _next_steps(out: str, preview: bool) -> Iterator[str]:
    yield "Look at it:"
    if preview:
        yield f"  {out.rstrip('/')}/preview.png"
    yield f"  verichrome audit {shlex.quote(out)}"
    first = f"{out.rstrip('/')}/pairs/pairs-000000.tar"
    yield f"  webdataset.WebDataset({first!r}, shardshuffle=False).decode('pil')"
