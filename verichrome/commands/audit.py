"""`verichrome audit`."""

import time

from rich.console import Console
from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeRemainingColumn

from shards import AuditReport, Store, StoreError
from shards.audit import audit_dataset
from verichrome.audit_expectations import read_expectations
from verichrome.console import say_line
from verichrome.encoding import open_frames
from verichrome.errors import UsageError
from verichrome.machine import cores

__all__ = ["audit"]


def audit(url: str, frames_url: str | None) -> int:
    """Print the report; 0 if nothing is wrong."""
    start = time.monotonic()
    try:
        store = _open(url)
        frames = open_frames(frames_url) if frames_url else _own_frames(store)
        report = _run(store, frames)
    except StoreError as error:
        raise UsageError(f"Cannot audit {url}: {error}.") from error
    _tell(report, store, time.monotonic() - start)
    return 0 if report.ok else 1


def _open(url: str) -> Store:
    store = Store(url)
    if not any(store.names("receipts/")):
        raise UsageError(f"{url} is no output folder of Verichrome: it has no receipts.")
    return store


def _own_frames(store: Store) -> Store:
    """The store itself, unless it holds no frames at all, as after `encode`."""
    if not any(store.names("receipts/frames-")) and not any(store.names("frames/")):
        raise UsageError(
            f"{store.url} holds pairs and no frames: name the folder of their frames, "
            f"verichrome audit {store.url} --frames DIR."
        )
    return store


def _run(store: Store, frames: Store) -> AuditReport:
    expectations, problems = read_expectations(store, frames)
    columns = (TextColumn("auditing"), BarColumn(), MofNCompleteColumn(), TextColumn("shards"), TimeRemainingColumn())
    console = Console(stderr=True)
    with Progress(*columns, console=console, transient=True, disable=not console.is_terminal) as bar:
        row = bar.add_task("", total=None)
        return audit_dataset(
            store,
            frames,
            lambda done, total: bar.update(row, completed=done, total=total),
            workers=cores(),
            expectations=expectations,
            found=problems,
        )


def _tell(report: AuditReport, store: Store, seconds: float) -> None:
    """The findings, and a last line that can be read alone."""
    console = Console()
    for line in str(report).splitlines():
        say_line(console, line)
    verdict = "is sound" if report.ok else f"has {sum(report.counts.values()):,} problems"
    say_line(console, f"{store.url} {verdict}; it took {seconds:.1f} s.")
