"""`verichrome score`: scores a model's answers against the truth."""

import math
from pathlib import Path

from rich.console import Console
from rich.table import Table

from encode import task_names
from encode.reading.short_text import short_repr
from shards import ShardError, printable
from shards.scoring import Estimate, Missing, PairSelection, ScoreGroup, ScoreReport
from shards.scoring.headlines import headline
from verichrome.console import progress_bar, say, say_line
from verichrome.errors import UsageError
from verichrome.output_file import check_folder
from verichrome.scoring import score_predictions

__all__ = ["missing_choice", "print_report", "run"]

_LISTED = 10
_NAME = 40
_MISSING: dict[str, Missing] = {"error": "error", "skip": "skip", "black": "black"}
_SPLITS = ("train", "heldout")


def run(
    predictions: str,
    url: str | None,
    frames: str | None,
    tasks: str | None,
    split: str | None,
    missing: str,
    resize: bool,
    out: Path | None,
) -> int:
    """Print the scores and write the report; 1 where answers cannot be used."""
    if url is None:
        raise UsageError("Name the folder of the pairs after the answers: verichrome score PREDICTIONS DIR.")
    selection = _selection(tasks, split)
    chosen = missing_choice(missing)
    if out is not None:
        check_folder(out)
    console = Console(stderr=True)
    try:
        with progress_bar(console, "scoring", "pairs") as progress:
            report = score_predictions(
                predictions,
                url,
                frames=frames,
                tasks=selection.tasks,
                split=selection.split,
                missing=chosen,
                resize=resize,
                out=out,
                progress=progress,
            )
    except (ShardError, OSError) as error:
        say(console, f"Scoring failed: {error}")
        return 1
    print_report(report)
    if out is not None:
        say_line(
            Console(),
            f"Wrote {out}: scores.parquet (every pair), summary.json, and worst.png where answers were scored.",
        )
    return 1 if report.problems else 0


def missing_choice(name: str) -> Missing:
    """The value of --missing; raises UsageError."""
    if name not in _MISSING:
        raise UsageError(f"--missing must be one of {', '.join(_MISSING)}, got {short_repr(name)}.")
    return _MISSING[name]


def _selection(tasks: str | None, split: str | None) -> PairSelection:
    names = frozenset(name.strip() for name in (tasks or "").split(",") if name.strip())
    unknown = sorted(names - set(task_names()))
    if unknown:
        raise UsageError(f"--tasks must be some of {', '.join(task_names())}, got {short_repr(unknown[0])}.")
    if split is not None and split not in _SPLITS:
        raise UsageError(f"--split must be one of {', '.join(_SPLITS)}, got {short_repr(split)}.")
    return PairSelection(names, split or "")


def print_report(report: ScoreReport) -> None:
    """Print the table and what was missing or could not be used."""
    console = Console()
    console.print(_table(report))
    for line in _notes(report):
        say_line(console, line)


def _table(report: ScoreReport) -> Table:
    splits = sorted({group.value for group in report.groups if group.column == "split"}, reverse=True)
    table = Table(box=None, pad_edge=False)
    for name in ("task", "answers", "score"):
        table.add_column(name, justify="right" if name == "answers" else "left", no_wrap=True)
    for name in ("value", "95 % interval", *splits):
        table.add_column(name, justify="right", no_wrap=True)
    groups = {(group.task, group.column, group.value): group for group in report.groups}
    for task in report.tasks:
        group = groups.get((task, "", ""))
        if group is None:
            table.add_row(_shown(task), "0")
            continue
        names = [name for name in headline(task).summary or tuple(group.scores) if _has(group, name)]
        for number, name in enumerate(names):
            first = (_shown(task), f"{group.pairs:,}") if number == 0 else ("", "")
            parts = [groups.get((task, "split", split)) for split in splits]
            cells = [_value(part.scores[name]) if part and name in part.scores else "" for part in parts]
            table.add_row(*first, _shown(name), _value(group.scores[name]), _interval(group.scores[name]), *cells)
    return table


def _notes(report: ScoreReport) -> list[str]:
    scored = sum(pair.truth != "" for pair in report.pairs)
    notes = []
    if report.against_targets:
        some = "All" if report.against_targets == scored else f"{report.against_targets:,} of {scored:,}"
        notes.append(
            f"{some} answers are compared with what the stored targets decode to (8 bits), since their frames are not"
            " here; --frames DIR compares with the exact truth."
        )
    black = report.settings["missing"] == "black"
    as_what = "scored as a black picture" if black else "left out"
    if report.missing:
        notes.append(f"{_count(len(report.missing), 'pair')} without an answer, {as_what}: {_some(report.missing)}")
    if report.unknown:
        notes.append(f"{_count(len(report.unknown), 'answer')} to no pair of this data set: {_some(report.unknown)}")
    if report.others:
        notes.append(f"{_count(report.others, 'file')} not named KEY.png, .jpg or .webp")
    if report.problems:
        notes.append(f"{_count(len(report.problems), 'answer')} that cannot be used, {as_what}:")
        notes += [f"  {problem}" for problem in report.problems[:_LISTED]]
        rest = len(report.problems) - _LISTED
        notes += [f"  and {rest:,} more"] if rest > 0 else []
    return notes


def _count(number: int, noun: str) -> str:
    return f"{number:,} {noun}{'' if number == 1 else 's'}"


def _some(keys: tuple[str, ...]) -> str:
    return ", ".join(keys[:5]) + (f" and {len(keys) - 5:,} more" if len(keys) > 5 else "")


def _shown(text: str) -> str:
    return printable(text, _NAME)


def _has(group: ScoreGroup, name: str) -> bool:
    """Whether the score has a value: cgF1 has none where no prompt asks for what is not there."""
    return name in group.scores and math.isfinite(group.scores[name].value)


def _value(estimate: Estimate) -> str:
    return _number(estimate.value)


def _interval(estimate: Estimate) -> str:
    return f"{_number(estimate.low)} to {_number(estimate.high)}" if math.isfinite(estimate.low) else "-"


def _number(value: float) -> str:
    if not math.isfinite(value):
        return "-"
    return f"{value:.4f}" if abs(value) < 10 else f"{value:,.2f}"
