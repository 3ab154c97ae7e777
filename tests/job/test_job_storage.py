"""Storage that fails is waited out where that helps; else the job stops with one sentence and loses nothing."""

from collections.abc import Callable
from pathlib import Path

import pytest

from shards import Store, StoreError, iter_frames
from tests.job.conftest import Ran, rendered
from tests.job.fake_engine import Faults
from tests.job.flaky_store import fault, flaky
from verichrome.errors import UsageError

pytest.importorskip("ray")

RunJob = Callable[..., Ran]


def test_a_busy_store_is_retried(run_job: RunJob, whole: Ran, tmp_path: Path, journal: Path) -> None:
    faults = (
        fault("put", "frames-000000.tar", "busy", 1),
        fault("ls", ".spool", "timeout", 1),
        fault("put", "-s0000001", "timeout", 1),
        fault("info", "config.yaml", "busy", 1),
    )
    ran = run_job("a", Faults(journal=journal), out=flaky(tmp_path / "a", *faults), scenes=2)
    assert ran.code == 0, ran.output
    assert ran.shards().items() <= whole.shards().items()
    assert rendered(journal) == [0, 1]
    assert len(list(tmp_path.glob("a.faults.*"))) == 4  # each came to pass


def test_a_full_store_stops_the_job_and_loses_nothing(
    run_job: RunJob, whole: Ran, tmp_path: Path, journal: Path
) -> None:
    url = flaky(tmp_path / "a", fault("put", "pairs-000001.tar", "full"))
    ran = run_job("a", Faults(journal=journal), out=url)
    assert ran.code == 1
    failed = [line for line in ran.output.splitlines() if "failed" in line]
    assert failed == [f"The job failed: cannot write {url}/pairs/pairs-000001.tar: No space left on device."]
    assert [frame.key[:8] for frame in iter_frames(Store(url))] == ["s0000000"] * 2 + ["s0000001"] * 2

    again = run_job("a", Faults(journal=journal), out=flaky(tmp_path / "a"))
    assert again.code == 0
    assert again.shards() == whole.shards()
    assert rendered(journal) == [0, 1, 2, 3]  # those of the shard that was lost came out of the spool


def test_a_disk_that_takes_no_more_stops_the_job(run_job: RunJob, whole: Ran) -> None:
    """The kernel refuses further bytes, as it does on a full disk or beyond a quota."""
    ran = run_job("a", Faults(limit_from=2, file_limit=20_000))
    assert ran.code == 1
    (failed,) = [line for line in ran.output.splitlines() if "failed" in line]
    assert failed.startswith("The job failed: cannot write ")
    assert failed.endswith(": File too large.")
    assert "Traceback" not in ran.output
    again = run_job("a")
    assert "2 scenes were there already" in again.output
    assert again.shards() == whole.shards()


def test_a_store_that_refuses_is_reported_before_rendering(run_job: RunJob, tmp_path: Path) -> None:
    url = flaky(tmp_path / "a", fault("put", "config.yaml", "denied"))
    with pytest.raises(UsageError, match=r"Cannot use the output .*cannot write .*/config\.yaml: Access Denied"):
        run_job("a", out=url)
    assert not [path for path in (tmp_path / "a").rglob("*") if path.is_file()]


def test_a_store_that_does_not_answer_is_not_treated_as_empty(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("shards.retry.time.sleep", lambda seconds: None)
    store = Store(flaky(tmp_path / "a", fault("info", "config.yaml", "busy")))
    with pytest.raises(StoreError, match="SlowDown"):
        store.exists("config.yaml")
