"""`verichrome audit`: checks a data set and prints every problem."""

import time

from rich.console import Console

from shards import AuditReport, ShardError, StoreError
from verichrome.console import progress_bar, say_line
from verichrome.dataset import open_dataset
from verichrome.errors import UsageError
from verichrome.machine import cores

__all__ = ["run"]


def run(url: str, frames_url: str | None) -> int:
    """Print the report; 0 if nothing is wrong, 1 if anything is, or the audit fails."""
    start = time.monotonic()
    dataset = open_dataset(url, frames_url)
    try:
        with progress_bar(Console(stderr=True), "auditing", "shards") as progress:
            report = dataset.audit(progress, cores())
    except StoreError as error:
        raise UsageError(f"Cannot audit {url}: {error}.") from error
    except ShardError as error:
        say_line(Console(stderr=True), f"The audit of {url} failed: {error}.")
        return 1
    _print(report, dataset.store.url, time.monotonic() - start)
    return 0 if report.ok else 1


def _print(report: AuditReport, url: str, seconds: float) -> None:
    """The problems, and a last line that can be read alone."""
    console = Console()
    for line in str(report).splitlines():
        say_line(console, line)
    verdict = "is sound" if report.ok else f"has {sum(report.counts.values()):,} problems"
    say_line(console, f"{url} {verdict}; it took {seconds:.1f} s.")
