"""Export a data set: part by part, so that an interrupted export goes on where it was."""

import re
from collections import Counter
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from encode import ExtraMember, extra_members, task_names, why_unusable
from shards.errors import WriteRefused
from shards.export.choice import SPLITS, PairChoice
from shards.export.export_output import ExportOutput, PartRecord
from shards.export.exported_pair import ExportedPair, exported_pairs
from shards.export.format_protocol import ExportFormat, FinishedParts
from shards.export.part_writer import PartWriter
from shards.layout import ShardIndex
from shards.receipts import read_receipt, read_receipts
from shards.store import Store

__all__ = ["ExportSummary", "export_dataset"]

Progress = Callable[[int, int], None]

#: Version of export.json and of the records.
_VERSION = 1


@dataclass(frozen=True, slots=True)
class ExportSummary:
    """What an export holds: pairs by split and task, how many parts were there already, and what to warn of."""

    pairs: Mapping[str, Mapping[str, int]]
    kept: int
    parts: int
    warnings: tuple[str, ...]

    @property
    def total(self) -> int:
        """How many pairs."""
        return sum(sum(tasks.values()) for tasks in self.pairs.values())


def export_dataset(
    source: Store,
    out: Store,
    form: ExportFormat,
    choice: PairChoice | None = None,
    root: str | None = None,
    progress: Progress | None = None,
) -> ExportSummary:
    """Write the chosen pairs of `source` to `out`; a part that is there already is kept.

    root: what is put before names of files where a reader takes paths from anywhere; the folder's own path unless it is
    given, nothing at a URL. `progress` is called with pairs done and pairs in all. Raises WriteRefused for a choice of
    which there are no pairs, and for a folder that holds something else; ShardError otherwise.
    """
    choice = choice or PairChoice()
    plan = _Plan.of(source, choice)
    if not form.takes_source2 and plan.having("source2.png"):
        raise WriteRefused(_second_source_refused(form, plan.having("source2.png")))
    folder = _folder(source, out, form, choice)
    root = _default_root(out) if root is None else root
    claim = {
        "version": _VERSION,
        "format": form.name,
        "source": source.url,
        "fingerprint": plan.fingerprint,
        "tasks": sorted(choice.tasks) if choice.tasks is not None else None,
        "split": choice.split,
        "root": root,
    }
    folder.claim(claim)
    out.sweep()
    totals = _ExportTotals()
    for index, chosen in plan.shards.items():
        receipt = read_receipt(source, "pairs", index)
        if folder.is_done(index, receipt.sha256):
            totals.add(folder.record(index), kept=True)
        else:
            with PartWriter(folder, source, receipt, chosen, root) as part:
                pairs = _reported(exported_pairs(source, receipt, choice), totals.done, plan.total, progress)
                form.write_part(part, part.counted(pairs))
                record = part.commit()
            totals.add(record)
        if progress is not None:
            progress(totals.done, plan.total)
    parts = FinishedParts(folder, tuple(plan.shards), tuple(s for s in SPLITS if s in totals.pairs), root)
    for name, content in form.finish(parts).items():
        out.put(name, content)
    folder.put_export({**claim, **totals.facts(), "complete": True})
    warnings = (*_side_warnings(form, totals.sides), *_answer_warnings(form, plan.having("answer.txt")))
    return ExportSummary(totals.pairs, totals.kept, len(plan.shards), warnings)


@dataclass(frozen=True, slots=True)
class _Plan:
    """The shards to read, each with how many of its pairs are chosen; and the tasks of those pairs."""

    shards: dict[ShardIndex, int]
    total: int
    fingerprint: str
    tasks: tuple[str, ...]

    def having(self, member: ExtraMember) -> tuple[str, ...]:
        """The chosen tasks whose pairs have such a member; a third party's that does not load is not among them."""
        loaded = (name for name in self.tasks if name in task_names() and why_unusable(name) is None)
        return tuple(name for name in loaded if member in extra_members([name]))

    @classmethod
    def of(cls, source: Store, choice: PairChoice) -> "_Plan":
        shards: dict[ShardIndex, int] = {}
        tasks, splits, fingerprints = set[str](), set[str](), set[str]()
        for receipt in read_receipts(source, "pairs"):
            shards[receipt.index] = sum(map(choice.takes, receipt.pairs))
            tasks.update(row.task for row in receipt.pairs)
            splits.update(row.split for row in receipt.pairs)
            fingerprints.add(receipt.fingerprint)
        if not tasks:
            raise WriteRefused(f"{source.url} holds no pairs")
        choice.check(tasks, splits)
        total = sum(shards.values())
        if not total:
            raise WriteRefused(f"tasks and split: {source.url} has no pair that is of both")
        chosen = tuple(sorted(tasks if choice.tasks is None else choice.tasks))
        kept = {index: count for index, count in shards.items() if count}
        return cls(kept, total, ", ".join(sorted(fingerprints)), chosen)


class _ExportTotals:
    def __init__(self) -> None:
        self.pairs: dict[str, Counter[str]] = {}
        self.sides: Counter[str] = Counter()
        self.done = 0
        self.kept = 0

    def add(self, record: PartRecord, kept: bool = False) -> None:
        for split, tasks in record.pairs.items():
            self.pairs.setdefault(split, Counter()).update(tasks)
            self.done += sum(tasks.values())
        self.sides.update(record.sides)
        self.kept += kept

    def facts(self) -> dict[str, Any]:
        pairs = {split: dict(sorted(tasks.items())) for split, tasks in sorted(self.pairs.items())}
        return {"pairs": pairs, "sides": dict(sorted(self.sides.items()))}


def _reported(
    pairs: Iterator[ExportedPair], before: int, total: int, progress: Progress | None
) -> Iterator[ExportedPair]:
    for number, pair in enumerate(pairs):
        if progress is not None:
            progress(before + number, total)
        yield pair


def _folder(source: Store, out: Store, form: ExportFormat, choice: PairChoice) -> ExportOutput:
    """The output; raises WriteRefused where it meets the data set, unless the format can go into its folder."""
    if source.folder is None or out.folder is None:
        same, nested = source.url.rstrip("/") == out.url.rstrip("/"), False
    else:
        data, export = source.folder.resolve(), out.folder.resolve()
        same, nested = data == export, data in export.parents or export in data.parents
    if same and form.home_in_place:
        if choice != PairChoice():
            raise WriteRefused(f"{out.url} is the data set: of chosen tasks or a split an export needs another folder")
        return ExportOutput(out, form.home_in_place)
    if same or nested:
        raise WriteRefused(f"{out.url} is, holds or lies in the data set {source.url}")
    return ExportOutput(out)


def _default_root(out: Store) -> str:
    return "" if out.folder is None else str(Path(out.folder).resolve())


def _second_source_refused(form: ExportFormat, tasks: Sequence[str]) -> str:
    return (
        f"format: {form.reader} has one source image a pair, but pairs of {', '.join(tasks)} have a second one:"
        " leave them out with --tasks, or choose another format"
    )


def _answer_warnings(form: ExportFormat, tasks: Sequence[str]) -> Iterator[str]:
    if tasks and not form.takes_answer:
        yield f"{form.reader} has no field for a text answer: answer.txt of {', '.join(tasks)} is left out."


def _side_warnings(form: ExportFormat, sides: Mapping[str, int]) -> Iterator[str]:
    """A sentence a size that the reader changes: exact colours do not survive that."""
    for size, count in sides.items():
        if any(int(side) % form.side_multiple for side in re.findall(r"\d+", size)):
            yield (
                f"{count} pairs are {size} pixels, and {form.reader} wants sides that are multiples of"
                f" {form.side_multiple}: resampling or cropping would change the targets; render at such a size."
            )
