"""Prints messages, which may hold untrusted data: control characters are escaped, and the length is limited."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager

from rich.console import Console
from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeRemainingColumn

from shards import printable

__all__ = ["fit", "progress_bar", "say", "say_line"]

#: Most lines of one message, and most characters of one line.
LINES, WIDTH = 100, 2000


def say(console: Console, text: str) -> None:
    """Print a message, which may have several lines."""
    _print(console, fit(text))


def say_line(console: Console, text: str) -> None:
    """Print an entry of a list on one line, whatever characters it holds."""
    _print(console, printable(text, WIDTH))


@contextmanager
def progress_bar(console: Console, activity: str, unit: str = "") -> Iterator[Callable[[int, int], None]]:
    """A bar on a terminal, nothing elsewhere; yields a function to call with the number done and the total."""
    columns = (TextColumn(activity), BarColumn(), MofNCompleteColumn(), TextColumn(unit), TimeRemainingColumn())
    with Progress(*columns, console=console, transient=True, disable=not console.is_terminal) as bar:
        row = bar.add_task("", total=None)
        yield lambda done, total: bar.update(row, completed=done, total=total)


def fit(text: str) -> str:
    """A message as it may be printed: control characters escaped, at most 100 lines, none longer than 2,000."""
    lines = text.split("\n", LINES)
    rest = len(lines) > LINES
    shown = [printable(line, WIDTH) for line in lines[:LINES]]
    return "\n".join([*shown, f"… and {lines[-1].count(chr(10)) + 1:,} more lines"] if rest else shown)


def _print(console: Console, text: str) -> None:
    console.print(text, highlight=False, markup=False, emoji=False, soft_wrap=True)
