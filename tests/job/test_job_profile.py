"""Where a job's seconds went: profile.json and the table, of the scenes that the run has rendered."""

import io
import json
from collections.abc import Callable

import pytest
from rich.console import Console

from encode import SceneIndex
from shards.receipt import STAGES
from tests.job.conftest import Ran
from tests.job.fake_engine import Faults
from verichrome.driver.profile import JobProfile
from verichrome.driver.progress import SUMMARY_STAGES
from verichrome.messages import SceneDone, ShardDone, StageSeconds


def done(scene: int, image: float, *, frames: int = 2, rendered: bool = True) -> SceneDone:
    parts = {"image/sampling": 0.8 * image, "image/sampling/Shade [b]Surface": 0.5 * image, "materials/wood": 0.1}
    seconds = StageSeconds({"image": image, "build": 1.0})
    return SceneDone(SceneIndex(scene), frames=frames, seconds=seconds, rendered=rendered, profile=parts)


def printed(profile: JobProfile) -> list[list[str]]:
    console = Console(file=io.StringIO(), width=200)
    table = profile.table()
    assert table is not None
    console.print(table)
    stream = console.file
    assert isinstance(stream, io.StringIO)
    return [line.split() for line in stream.getvalue().splitlines() if line.strip(" ─")]


def test_seconds_are_added_up_by_family_and_divided_by_its_frames() -> None:
    profile = JobProfile()
    profile.scene("room", done(0, 8.0))
    profile.scene("room", done(1, 4.0))
    profile.scene("street", done(2, 2.0, frames=1))
    profile.scene("street", done(3, 99.0, rendered=False))
    profile.shard(["room", "room", "street", "street"], ShardDone(SceneIndex(0), SceneIndex(4), 1, 1, 2.0))
    families = profile.document()["families"]
    assert families["room"]["frames"] == 4
    assert families["room"]["seconds"] == pytest.approx(
        {"build": 2, "image": 12, "image/sampling": 9.6, "image/sampling/Shade [b]Surface": 6, "write": 1}
    )
    assert families["room"]["materials"] == pytest.approx({"wood": 0.2})
    assert families["street"]["frames"] == 1
    assert families["street"]["seconds"]["image"] == pytest.approx(2)
    rows = printed(profile)
    assert rows[1] == ["room", "street", "all", "share"]
    assert ["image", "3.000", "2.000", "2.800", "73.7%"] in rows
    assert ["Shade", "[b]Surface", "1.500", "1.000", "1.400", "36.8%"] in rows
    assert ["all", "stages", "3.750", "4.000", "3.800", "100.0%"] in rows
    assert ["material", "wood", "0.050", "0.100", "0.060", "1.6%"] in rows
    assert [row[0] for row in rows[2:6]] == ["build", "image", "sampling", "Shade"]


def test_of_one_family_there_is_one_column() -> None:
    profile = JobProfile()
    profile.scene("room", done(0, 8.0))
    assert printed(profile)[1] == ["room", "share"]


def test_without_frames_there_is_no_table() -> None:
    profile = JobProfile()
    profile.scene("room", done(0, 1.0, frames=0))
    assert profile.table() is None


def test_a_job_writes_its_profile_and_prints_it(run_job: Callable[..., Ran]) -> None:
    ran = run_job("profiled", Faults(), scenes=2, profile=True)
    assert ran.code == 0, ran.output
    (entry,) = json.loads((ran.folder / "profile.json").read_text())["families"].values()
    assert entry["frames"] == 4
    assert entry["seconds"]["image/sampling"] == pytest.approx(0.36)
    assert entry["seconds"]["image"] == pytest.approx(0.4)
    assert entry["materials"] == {"wood": pytest.approx(0.04)}
    assert "Seconds of a worker for one frame" in ran.output
    again = run_job("profiled", Faults(), scenes=2, profile=True)
    assert "Seconds of a worker" not in again.output  # nothing was rendered
    assert json.loads((ran.folder / "profile.json").read_text())["families"]


def test_the_summary_counts_each_stage_once() -> None:
    assert sorted(stage for stages in SUMMARY_STAGES.values() for stage in stages) == sorted(STAGES)


def test_a_job_has_no_profile_unless_asked(whole: Ran) -> None:
    assert not (whole.folder / "profile.json").exists()
    assert "Seconds of a worker" not in whole.output
