"""`verichrome audit`."""

import time

from rich.console import Console
from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeRemainingColumn

from shards import AuditReport, Dataset, Store, StoreError
from shards.audit import audit_dataset
from verichrome.audit_expectations import read_expectations
from verichrome.console import say_line
from verichrome.errors import UsageError
from verichrome.input_dataset import dataset_at
from verichrome.machine import cores

__all__ = ["audit"]


def audit(url: str, frames_url: str | None) -> int:
    """Print the report; 0 if nothing is wrong."""
    start = time.monotonic()
    dataset = dataset_at(url, frames_url)
    try:
        if not dataset.has_frames:
            raise UsageError(
                f"{url} holds pairs and no frames: name the folder of their frames, "
                f"verichrome audit {url} --frames DIR."
            )
        report = _run(dataset)
    except StoreError as error:
        raise UsageError(f"Cannot audit {url}: {error}.") from error
    _print_report(report, dataset.pairs, time.monotonic() - start)
    return 0 if report.ok else 1


def _run(dataset: Dataset) -> AuditReport:
    expectations, problems = read_expectations(dataset.pairs, dataset.frames)
    columns = (TextColumn("auditing"), BarColumn(), MofNCompleteColumn(), TextColumn("shards"), TimeRemainingColumn())
    console = Console(stderr=True)
    with Progress(*columns, console=console, transient=True, disable=not console.is_terminal) as bar:
        row = bar.add_task("", total=None)
        return audit_dataset(
            dataset.pairs,
            dataset.frames,
            lambda done, total: bar.update(row, completed=done, total=total),
            workers=cores(),
            expectations=expectations,
            known_problems=problems,
        )


def _print_report(report: AuditReport, store: Store, seconds: float) -> None:
    """The findings, and a last line that can be read alone."""
    console = Console()
    for line in str(report).splitlines():
        say_line(console, line)
    verdict = "is sound" if report.ok else f"has {sum(report.counts.values()):,} problems"
    say_line(console, f"{store.url} {verdict}; it took {seconds:.1f} s.")
