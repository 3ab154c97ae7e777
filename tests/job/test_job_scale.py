"""Twenty thousand frames through the real driver: what must not grow does not, and nothing is read twice.

Workers are fake, see benchmarks/template_shards.py; docs/scale.md has the figures of a million.
"""

import io
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import pyarrow.parquet as pq
import pytest
from rich.console import Console

pytest.importorskip("ray")

from benchmarks.stand_in_ray import StandInRay, standing_in
from benchmarks.template_shards import TemplateWorker
from render.watchdog import resident_bytes
from shards import ShardIndex, Store
from shards.layout import receipt_name
from tests.job.conftest import TINY
from verichrome.commands.generate import run_job
from verichrome.config import Config
from verichrome.configfile import resolve
from verichrome.messages import WorkItem

pytestmark = pytest.mark.slow

SHARDS, SCENES_PER_SHARD, WORKERS = 1000, 10, 16


@dataclass
class Watch:
    """What a job did: its tasks with the memory at each, and what it had read and listed before the first."""

    output: str = ""
    tasks: list[int] = field(default_factory=list)
    resident: list[int] = field(default_factory=list)
    read: Counter[str] = field(default_factory=Counter)
    listed: Counter[str] = field(default_factory=Counter)
    read_first: set[str] = field(default_factory=set)


def job(config: Config) -> Watch:
    """Run it with the stand-in, and watch the store."""
    watch = Watch()
    worker = TemplateWorker(config, Store(config.job.out or ""))

    def run(task: WorkItem) -> Iterator[Any]:
        if not watch.tasks:
            watch.read_first = set(watch.read)
        watch.tasks.append(task.index)
        watch.resident.append(resident_bytes())
        yield from worker.run(task)

    console_text = io.StringIO()
    with pytest.MonkeyPatch.context() as patch, standing_in(StandInRay(run, WORKERS)):
        _count(patch, "read_bytes", watch.read)
        _count(patch, "names", watch.listed)
        assert run_job(config, False, console=Console(file=console_text)) == 0, console_text.getvalue()
    watch.output = console_text.getvalue()
    return watch


def _count(patch: pytest.MonkeyPatch, method: str, into: Counter[str]) -> None:
    real = getattr(Store, method)

    def counted(store: Store, name: str = "") -> Any:
        into[name] += 1
        return real(store, name)

    patch.setattr(Store, method, counted)


def _configuration(folder: Path) -> Config:
    layout = {"scenes": SHARDS * SCENES_PER_SHARD, "scenes_per_shard": SCENES_PER_SHARD, "workers": WORKERS}
    return resolve({**TINY, **layout, "tasks": ["depth", "normals"], "out": str(folder)})


@pytest.fixture(scope="module")
def config(tmp_path_factory: pytest.TempPathFactory) -> Config:
    return _configuration(tmp_path_factory.mktemp("scale") / "out")


@pytest.fixture(scope="module")
def first(config: Config) -> Watch:
    return job(config)


def test_a_job_of_ten_thousand_scenes_is_complete(first: Watch, config: Config) -> None:
    assert sorted(first.tasks) == list(range(SHARDS))
    assert "Wrote 10000 scenes, 20000 frames" in first.output
    rows = {path.stem: pq.ParquetFile(path).metadata.num_rows for path in Path(config.job.out or "").glob("manifest/*")}
    assert rows == {"scenes": 10_000, "frames": 20_000, "pairs": 40_000, "shards": 2 * SHARDS}


def test_the_drivers_memory_does_not_grow_with_the_scenes(first: Watch) -> None:
    steady = max(first.resident[: SHARDS // 5])
    assert max(first.resident) - steady < 24e6


def test_receipts_are_read_once_but_for_card_and_contact_sheet(first: Watch) -> None:
    again = [name for name, count in first.read.items() if name.startswith("receipts/") and count > 1]
    assert len(again) <= 7
    assert max(count for name, count in first.listed.items() if not name.startswith(".")) <= 3


def test_a_resume_opens_one_receipt_before_it_starts(first: Watch, config: Config) -> None:
    Store(config.job.out or "").remove(receipt_name("frames", ShardIndex(SHARDS - 3)))
    again = job(config)
    assert again.tasks == [SHARDS - 3]
    assert again.read_first <= {"config.yaml", receipt_name("frames", ShardIndex(SHARDS - 1))}
    assert f"{(SHARDS - 1) * SCENES_PER_SHARD} scenes were there already" in again.output
