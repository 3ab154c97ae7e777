"""Shards by the thousand: one is really made, and the receipts of the others are copies of its own with other indices.

Such a receipt is as long as a true one, and its tar is empty. The shards that a job opens at its end, for the card and
the contact sheet, are really made, too.
"""

import re
import tempfile
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any

from encode import SceneIndex
from render.worker import WorkerStarted, WorkItemDone
from shards import Receipt, Store, read_receipt
from shards.layout import KINDS, Kind, ShardIndex, receipt_name, shard_name
from tests.job.fake_engine import FakeBlender
from verichrome.config import Config
from verichrome.messages import SceneDone, ShardDone, StageSeconds, StageStarted, WorkItem
from verichrome.worker.shard import ShardMaker

__all__ = ["TemplateWorker"]

#: Rows of the contact sheet, each of which opens one shard.
SHEET_ROWS = 6
_KEY = re.compile(r'"s(\d{7})-v')
_FILE = re.compile(r'"file":( ?)"[^"]+"')
_NUMBER = re.compile(r'"(scene_index|shard|index)":( ?)(\d+)')


@dataclass
class TemplateWorker:
    """Stands in for a worker: takes about a millisecond a scene."""

    config: Config
    store: Store
    _texts: dict[Kind, str] = field(init=False)

    def __post_init__(self) -> None:
        with tempfile.TemporaryDirectory() as folder:
            scratch = Store(folder)
            last = SceneIndex(self.config.job.scenes_per_shard)
            first = WorkItem(ShardIndex(0), SceneIndex(0), last)
            for _ in self._really_make(first, scratch):
                pass
            self._texts = {kind: _template(scratch, kind).to_json() for kind in KINDS}

    def run(self, task: WorkItem, engine: Any = None) -> Iterator[Any]:
        """Yield the messages of a worker."""
        yield WorkerStarted("elsewhere", 0)
        shards = self.config.job.shards
        opened = {number * shards // SHEET_ROWS for number in range(SHEET_ROWS)}
        yield from self._really_make(task, self.store) if task.index in opened else self._copy(task)
        yield WorkItemDone()

    def _really_make(self, task: WorkItem, store: Store) -> Iterator[Any]:
        settings = self.config.render.settings()
        yield from ShardMaker(self.config, store).run(task, FakeBlender()(settings))

    def _copy(self, task: WorkItem) -> Iterator[Any]:
        seconds = StageSeconds(sample=0.01, build=0.1, image=6.0, truth=0.6, checks=0.3, compress=0.1, encode=0.1)
        pairs = Counter(dict.fromkeys(self.config.pairs.tasks, self.config.scenes.views))
        for scene in task.scenes:
            yield StageStarted(scene, 0, "render")
            yield StageStarted(scene, 0, "encode")
            yield SceneDone(scene, self.config.scenes.views, Counter(pairs), Counter(), StageSeconds(seconds))
        yield StageStarted(None, 0, "write")
        for kind in reversed(KINDS):
            self._write(kind, task)
        yield ShardDone(task.start, task.stop, 10_000_000, 40_000_000, 0.1)

    def _write(self, kind: Kind, task: WorkItem) -> None:
        text = _KEY.sub(lambda key: f'"s{int(key[1]) + task.start:07d}-v', self._texts[kind])
        text = _NUMBER.sub(lambda entry: _renumbered(entry, task), text)
        name = shard_name(kind, task.index)
        text = _FILE.sub(f'"file": "{name}"', text, count=1)
        self.store.put(name, b"")
        self.store.put(receipt_name(kind, task.index), text.encode())


def _template(store: Store, kind: Kind) -> Receipt:
    """The first receipt, as if its tar were empty."""
    return read_receipt(store, kind, ShardIndex(0)).model_copy(update={"bytes": 0})


def _renumbered(entry: re.Match[str], task: WorkItem) -> str:
    number = int(entry[3]) + task.start if entry[1] == "scene_index" else task.index
    return f'"{entry[1]}":{entry[2]}{number}'
