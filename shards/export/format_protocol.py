"""What a format has to say and do."""

from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Protocol

from shards.export.choice import Split
from shards.export.export_output import ExportOutput, PartRecord
from shards.export.exported_pair import ExportedPair
from shards.export.part_writer import PartWriter
from shards.layout import ShardIndex

__all__ = ["ExportFormat", "FinishedParts"]


@dataclass(frozen=True, slots=True)
class FinishedParts:
    """All parts of an export, in order, to write the files that name them all.

    root: what relative names in files are put behind where a reader wants paths from anywhere ("" for none).
    """

    folder: ExportOutput
    shards: tuple[ShardIndex, ...]
    splits: tuple[Split, ...]
    root: str

    def records(self) -> Iterator[PartRecord]:
        """The records of the parts, one in memory at a time."""
        return map(self.folder.record, self.shards)

    def lines(self, split: Split) -> Iterator[bytes]:
        """The lines that the parts wrote for a split, each with its line end."""
        for shard in self.shards:
            yield from self.folder.lines(shard, split)

    def totals(self) -> Counter[str]:
        """Pairs by split."""
        totals = Counter[str]()
        for record in self.records():
            totals.update({split: sum(tasks.values()) for split, tasks in record.pairs.items()})
        return totals

    def commonest_size(self) -> tuple[int, int]:
        """Width and height that most pairs have."""
        sizes = Counter[str]()
        for record in self.records():
            sizes.update(record.sides)
        width, _, height = sizes.most_common(1)[0][0].partition("x")
        return int(width), int(height)

    def join_lines(self, split: Split, name: str) -> None:
        """Write all lines of a split as one file."""
        with self.folder.store.writing(name) as stream:
            stream.writelines(self.lines(split))


class ExportFormat(Protocol):
    """A format of pairs. A shard of the data set becomes a part of the export; the same pairs give the same bytes."""

    @property
    def name(self) -> str:
        """What `--format` calls it."""
        ...

    @property
    def reader(self) -> str:
        """The program that reads it."""
        ...

    @property
    def side_multiple(self) -> int:
        """Images are resampled or cropped unless their sides are multiples of so many pixels."""
        ...

    @property
    def takes_source2(self) -> bool:
        """Whether a pair may have a second source image; those that do are refused otherwise."""
        ...

    @property
    def takes_answer(self) -> bool:
        """Whether a text answer is written; it is left out otherwise."""
        ...

    @property
    def command(self) -> str:
        """What to do there, with `{out}` for the folder."""
        ...

    @property
    def home_in_place(self) -> str:
        """Where the export keeps its records if it goes into the data set's own folder; "" if it cannot."""
        ...

    def write_part(self, part: PartWriter, pairs: Iterator[ExportedPair]) -> None:
        """Write the pairs of one shard. It is written anew, whole, where the export was interrupted."""
        ...

    def finish(self, parts: FinishedParts) -> Mapping[str, bytes]:
        """Write what needs all parts, except small files, which are returned by name and written last."""
        ...
