"""`verichrome export`: writes pairs in the format of another trainer."""

from rich.console import Console

from shards import ShardError, Store, StoreError, WriteRefused
from shards.export import ExportSummary, PairChoice, export_dataset, export_format
from shards.export.choice import SPLITS
from verichrome.console import progress_bar, say
from verichrome.dataset import open_dataset
from verichrome.errors import UsageError
from verichrome.lock import hold_output

__all__ = ["run"]


def run(url: str, format_name: str, out_url: str, tasks: str | None, split: str | None, root: str | None) -> int:
    """Export the chosen pairs; 1 where the data or the output fails on the way."""
    console = Console(stderr=True)
    choice = _choice(tasks, split)
    try:
        form = export_format(format_name)
        out = Store(out_url)
    except (StoreError, WriteRefused) as error:
        raise UsageError(f"Cannot export: {error}.") from error
    source = open_dataset(url).store
    try:
        with hold_output(out), progress_bar(console, "exporting", "pairs") as progress:
            summary = export_dataset(source, out, form, choice, root, progress)
    except WriteRefused as error:
        raise UsageError(f"Cannot export: {error}.") from error
    except ShardError as error:
        say(console, f"Exporting failed: {error}")
        return 1
    say(console, "\n".join(_lines(summary, out_url, form.name, form.reader, form.command.format(out=out_url))))
    return 0


def _choice(tasks: str | None, split: str | None) -> PairChoice:
    names = None if tasks is None else tuple(sorted({name.strip() for name in tasks.split(",")}))
    if split is None:
        return PairChoice(names)
    for known in SPLITS:
        if split == known:
            return PairChoice(names, known)
    raise UsageError(f"--split must be {' or '.join(SPLITS)}, got {split}.")


def _lines(summary: ExportSummary, out: str, name: str, reader: str, command: str) -> list[str]:
    kept = f" ({summary.kept} of {summary.parts} parts were there already)" if summary.kept else ""
    counts = (
        f"  {split}: {', '.join(f'{task} {count}' for task, count in sorted(tasks.items()))}"
        for split, tasks in sorted(summary.pairs.items())
    )
    return [
        f"{out} has {summary.total} pairs in the format {name}{kept}:",
        *counts,
        *(f"Warning: {warning}" for warning in summary.warnings),
        f"In {reader}: {command}",
    ]
