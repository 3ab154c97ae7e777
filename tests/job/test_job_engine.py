"""The job through real Ray workers, with numpy in place of Blender: complete, resumable, the same bytes, no loss."""

import json
import tarfile
from collections.abc import Callable
from pathlib import Path

import pyarrow.parquet as pq
import pytest

from shards import ShardIndex, iter_frames, iter_pairs, read_receipt
from tests.job.conftest import Ran, rendered
from tests.job.fake_engine import Faults
from verichrome.configfile import parse, resolve

pytest.importorskip("ray")

RunJob = Callable[..., Ran]


def test_a_job_writes_everything(whole: Ran) -> None:
    assert whole.code == 0
    names = sorted(path.relative_to(whole.folder).as_posix() for path in whole.folder.rglob("*") if path.is_file())
    assert names == [
        "README.md",
        "config.yaml",
        *(f"frames/frames-00000{k}.tar" for k in range(2)),
        *(f"manifest/{table}.parquet" for table in ("frames", "pairs", "scenes", "shards")),
        *(f"pairs/pairs-00000{k}.tar" for k in range(2)),
        "preview.png",
        *(f"receipts/{kind}-00000{k}.json" for kind in ("frames", "pairs") for k in range(2)),
    ]
    keys = [frame.key for frame in iter_frames(whole.store)]
    assert keys == [f"s000000{scene}-v0{view}" for scene in range(4) for view in range(2)]
    tasks = {pair.pair.meta.task for pair in iter_pairs(whole.store)}
    assert tasks == {"depth", "normals", "semantic", "instance", "referring"}
    assert "Wrote 4 scenes, 8 frames" in whole.output
    assert "verichrome audit" in whole.output


def test_the_folder_holds_its_configuration(whole: Ran) -> None:
    stored = resolve(parse((whole.folder / "config.yaml").read_text(), "config.yaml"))
    assert stored.job.scenes == 4
    assert stored.job.out == str(whole.folder)


def test_render_times_are_in_receipts_and_not_in_shards(whole: Ran) -> None:
    receipt = read_receipt(whole.store, "frames", ShardIndex(0))
    assert {"build", "image", "truth", "encode", "compress", "write"} <= set(receipt.scenes[0].seconds)
    assert all(b"seconds" not in content for content in whole.shards().values())


def test_the_manifest_counts_what_is_there(whole: Ran) -> None:
    tables = {path.stem: pq.read_table(path) for path in (whole.folder / "manifest").iterdir()}
    assert tables["scenes"].num_rows == 4
    assert tables["frames"].num_rows == 8
    assert tables["pairs"].num_rows == len(list(iter_pairs(whole.store)))


def test_scene_json_carries_fingerprint_and_version(whole: Ran) -> None:
    with tarfile.open(whole.folder / "frames" / "frames-000000.tar") as tar:
        member = tar.extractfile("s0000000-v00.scene.json")
        assert member is not None
        scene = json.loads(member.read())
    assert scene["fingerprint"] == read_receipt(whole.store, "frames", ShardIndex(0)).fingerprint
    assert "verichrome" in scene["versions"]


def test_one_worker_replaced_after_every_scene_gives_the_same_bytes_as_two(
    run_job: RunJob, whole: Ran, journal: Path
) -> None:
    ran = run_job("one", Faults(journal=journal), workers=1, worker_scenes=1, scenes=2)
    assert ran.shards().items() <= whole.shards().items()
    assert len(ran.shards()) == 2
    assert rendered(journal) == [0, 1]


def test_three_workers_give_the_same_bytes_as_two(run_job: RunJob, whole: Ran) -> None:
    three = run_job("three", workers=3, scenes=6).shards()
    assert whole.shards().items() <= three.items()
    assert len(three) == 6


def test_the_same_command_again_does_nothing(run_job: RunJob, copy: Ran, whole: Ran) -> None:
    times = {path: path.stat().st_mtime_ns for path in (copy.folder / "frames").iterdir()}
    again = run_job("copy")
    assert again.code == 0
    assert "Nothing was left to do" in again.output
    assert again.shards() == whole.shards()
    assert times == {path: path.stat().st_mtime_ns for path in (again.folder / "frames").iterdir()}


def test_fewer_scenes_change_nothing(run_job: RunJob, copy: Ran, whole: Ran) -> None:
    again = run_job("copy", scenes=3)
    assert "Nothing was left to do" in again.output
    assert again.shards() == whole.shards()


def test_missing_shards_are_made_again(run_job: RunJob, copy: Ran, whole: Ran) -> None:
    (copy.folder / "pairs" / "pairs-000001.tar").unlink()
    again = run_job("copy")
    assert "Wrote 2 scenes" in again.output
    assert again.shards() == whole.shards()


def test_more_scenes_extend_the_folder(run_job: RunJob, whole: Ran) -> None:
    assert run_job("a", scenes=3).shards() != whole.shards()
    assert run_job("a", scenes=4).shards() == whole.shards()


def test_dying_and_hanging_workers_are_replaced(run_job: RunJob, whole: Ran, notes: Path) -> None:
    ran = run_job("a", Faults(notes, exit_once=(1,), hang_once=(2,)), scene_timeout=5)
    assert ran.code == 0
    assert "Scene 1: the worker process died" in ran.output
    assert "Scene 2: gave no sign of life for 5 seconds" in ran.output
    assert ran.shards() == whole.shards()
    failure = read_receipt(ran.store, "frames", ShardIndex(0)).failures[0]
    assert (failure.scene_index, failure.stage, failure.fatal) == (1, "render", False)


def test_a_scene_that_always_raises_fails_alone_and_is_tried_again_next_time(
    run_job: RunJob, whole: Ran, journal: Path
) -> None:
    ran = run_job("a", Faults(journal=journal, raise_always=(1,)), scenes=2, scene_retries=1)
    assert ran.code == 3
    assert "RuntimeError: no such mesh in scene 1" in ran.output
    assert [frame.key for frame in iter_frames(ran.store)] == ["s0000000-v00", "s0000000-v01"]
    receipt = read_receipt(ran.store, "frames", ShardIndex(0))
    assert [row.reason for row in receipt.scenes] == ["", "RuntimeError: no such mesh in scene 1"]
    assert [row.fatal for row in receipt.failures] == [False, True]
    assert all("rendering scene 1\n" in row.log and "Traceback" in row.log for row in receipt.failures)
    assert rendered(journal) == [0]

    again = run_job("a", scenes=2)
    assert again.code == 0
    assert again.shards().items() <= whole.shards().items()


def test_a_job_stops_after_repeated_worker_failures_without_progress(
    run_job: RunJob, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("verichrome.driver.pool.BREAKS_IN_A_ROW", 3)  # every one costs the start of a worker
    ran = run_job("a", Faults(raise_always=(0, 1)), scenes=2, scene_retries=20)
    assert ran.code == 1
    assert "3 workers broke one after the other with no scene done, the last: RuntimeError: no such mesh" in ran.output


def test_rejected_scenes_are_sampled_anew_until_they_are_given_up(run_job: RunJob) -> None:
    faults = Faults(reject_first=(0,), reject_always=(1,))
    ran = run_job("a", faults, scenes=2, max_attempts=2)
    assert ran.code == 3
    receipt = read_receipt(ran.store, "frames", ShardIndex(0))
    assert [row.attempts for row in receipt.scenes] == [2, 2]
    assert receipt.scenes[1].reason == "all 2 samplings were rejected, the last: attempt 1 is black"
    rejections = [(row.scene_index, row.attempt, row.check) for row in receipt.rejections]
    assert rejections == [(0, 0, "black"), (1, 0, "black"), (1, 1, "black")]
    assert "rejected  black 3" in ran.output

    again = run_job("a", faults, scenes=2, max_attempts=2)
    assert again.code == 3
    assert "Nothing was left to do" in again.output


def test_a_job_without_any_frame_says_so(run_job: RunJob) -> None:
    ran = run_job("a", Faults(reject_always=(0,)), scenes=1, max_attempts=1)
    assert ran.code == 3
    assert "Wrote 1 scenes, 0 frames and 0 pairs" in ran.output
    assert not (ran.folder / "preview.png").exists()
