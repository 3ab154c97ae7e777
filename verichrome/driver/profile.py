"""Where a run's seconds went, by family and part of a stage: `profile.json` and its table."""

import json
from collections import Counter
from collections.abc import Iterator, Mapping
from typing import Any

from rich import box
from rich.table import Table
from rich.text import Text

from shards import printable
from shards.receipt import STAGES
from verichrome.messages import SceneDone, ShardDone, StageSeconds

__all__ = ["PROFILE_NAME", "JobProfile"]

PROFILE_NAME = "profile.json"
#: The column of all families together.
ALL = "all"
#: Parts that take less than this share of a frame are left out of the table, and kinds of materials beyond this many.
LEAST_SHARE, MOST_MATERIALS = 0.005, 12


class JobProfile:
    """Adds up the scenes that this run has rendered; those of earlier runs and of the spool are not in it."""

    def __init__(self) -> None:
        self._frames: Counter[str] = Counter()
        self._seconds: dict[str, StageSeconds] = {}

    def scene(self, family: str, message: SceneDone) -> None:
        """Add a scene, if it was rendered now."""
        if message.rendered:
            self._frames[family] += message.frames
            seconds = self._seconds.setdefault(family, StageSeconds())
            seconds.add(message.seconds)
            seconds.add(message.profile)

    def shard(self, families: list[str], message: ShardDone) -> None:
        """Add the seconds of a commit, in equal parts to the families of the shard's scenes."""
        for family in families:
            if family in self._seconds:
                self._seconds[family].add({"write": message.write_seconds / len(families)})

    def document(self) -> dict[str, Any]:
        """`profile.json`: of each family the frames, and the wall seconds of workers by part and by kind of material.

        A part of a stage is named by its path, as `image/sampling`; a path includes what is below it.
        """
        return {"families": {family: self._entry(family) for family in sorted(self._seconds)}}

    def _entry(self, family: str) -> dict[str, Any]:
        seconds = {path: round(value, 4) for path, value in sorted(self._seconds[family].items())}
        kinds = {path: value for path, value in seconds.items() if path.startswith("materials/")}
        return {
            "frames": self._frames[family],
            "seconds": {path: value for path, value in seconds.items() if path not in kinds},
            "materials": {path.partition("/")[2]: value for path, value in kinds.items()},
        }

    def text(self) -> str:
        """`document` as JSON."""
        return json.dumps(self.document(), indent=1) + "\n"

    def table(self) -> Table | None:
        """Seconds of a worker for one frame, a column for each family; None where no frame was rendered."""
        means = {
            family: {path: value / self._frames[family] for path, value in seconds.items()}
            for family, seconds in sorted(self._seconds.items())
            if self._frames[family]
        }
        if not means:
            return None
        frames, total = self._frames.total(), Counter[str]()
        for family in means:
            total.update(self._seconds[family])
        overall = {path: value / frames for path, value in total.items()}
        columns = means if len(means) == 1 else means | {ALL: overall}
        table = Table(box=box.SIMPLE_HEAD, title="Seconds of a worker for one frame", title_justify="left")
        table.add_column("", no_wrap=True)
        for name in columns:
            table.add_column(Text(printable(name)), justify="right")
        table.add_column("share", justify="right")
        whole = _whole(overall)
        for path, label in _rows(overall, whole):
            values = [_whole(column) if path == "" else column.get(path, 0.0) for column in columns.values()]
            share = (whole if path == "" else overall[path]) / whole
            table.add_row(Text(label), *(f"{value:.3f}" for value in values), f"{share:.1%}", end_section=path == "")
        return table


def _whole(seconds: Mapping[str, float]) -> float:
    """Seconds of all stages; what is below one is part of it."""
    return sum(value for path, value in seconds.items() if "/" not in path)


def _rows(seconds: Mapping[str, float], whole: float) -> Iterator[tuple[str, str]]:
    """Paths worth a row and their labels: stages with what is below them, "" for all stages, then materials."""
    children: dict[str, list[str]] = {}
    for path in sorted(seconds, key=seconds.__getitem__, reverse=True):
        if seconds[path] >= LEAST_SHARE * whole:
            children.setdefault(path.rpartition("/")[0], []).append(path)
    materials = children.pop("materials", [])[:MOST_MATERIALS]
    for stage in sorted(children.get("", []), key=_order):
        yield from _below(stage, children, "")
    yield "", "all stages"
    for path in materials:
        yield path, f"material {printable(path.partition('/')[2])}"


def _below(path: str, children: Mapping[str, list[str]], indent: str) -> Iterator[tuple[str, str]]:
    yield path, indent + printable(path.rpartition("/")[2])
    for child in children.get(path, []):
        yield from _below(child, children, indent + "  ")


def _order(stage: str) -> tuple[int, str]:
    return (STAGES.index(stage) if stage in STAGES else len(STAGES), stage)
