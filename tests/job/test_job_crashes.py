"""Workers that die in mid-scene: finished scenes stay, the cause is reported, and the bytes are the same."""

import os
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path

import pytest

from render.watchdog import MARK
from shards import ShardIndex, read_receipt
from tests.job.conftest import Ran, rendered
from tests.job.fake_engine import Faults
from verichrome.crash_report import crash_cause, lost_with_node, read_log_tail, read_remote_log_tail

ray = pytest.importorskip("ray")

RunJob = Callable[..., Ran]


def test_a_crash_renders_its_own_scene_again_and_no_other(
    run_job: RunJob, whole: Ran, notes: Path, journal: Path
) -> None:
    faults = Faults(notes, journal, segfault_once=(1,), grow_once=(3,))
    ran = run_job("a", faults, scene_memory=1.0)
    assert ran.code == 0
    assert ran.shards() == whole.shards()
    assert rendered(journal) == [0, 1, 2, 3]
    assert "2 scenes were rendered before a stop or crash, and not again" in ran.output
    assert list(ran.folder.glob(".spool/*")) == []

    (segfault,) = read_receipt(ran.store, "frames", ShardIndex(0)).failures
    assert (segfault.scene_index, segfault.stage, segfault.fatal) == (1, "render", False)
    assert segfault.reason == "the worker process died: Segmentation fault"
    assert "rendering scene 1" in segfault.log  # what the engine printed last
    assert "fake_engine.py" in segfault.log  # the line that crashed
    (memory,) = read_receipt(ran.store, "frames", ShardIndex(1)).failures
    assert memory.reason.startswith("the worker process died: it took 1.")
    assert memory.reason.endswith("GiB of memory, and scene_memory allows 1.00 GiB")


def test_a_worker_that_grows_is_replaced_between_scenes_without_a_failure(
    run_job: RunJob, whole: Ran, journal: Path
) -> None:
    ran = run_job("a", Faults(journal=journal), scenes=2, worker_memory=0.01)
    assert ran.code == 0
    assert ran.shards().items() <= whole.shards().items()
    assert read_receipt(ran.store, "frames", ShardIndex(0)).failures == ()
    assert "restarted" not in ran.output
    assert rendered(journal) == [0, 1]


@pytest.mark.parametrize(
    ("words", "reason"),
    [
        ("Fra:1\nverichrome: its job is gone\n", "the worker process died: its job is gone"),
        (
            "Fra:1\nFatal Python error: Segmentation fault\n  File x",
            "the worker process died: Segmentation fault",
        ),
        ("Fra:1\n", "the worker process died (ActorDiedError: "),
    ],
)
def test_the_cause_of_a_crash_is_read_from_the_log(words: str, reason: str) -> None:
    assert crash_cause(ray.exceptions.ActorDiedError(), words).startswith(reason)


def test_a_lost_machine_is_not_counted_against_a_scene() -> None:
    unavailable = ray.exceptions.ActorUnavailableError("unavailable", b"0" * 16)
    assert lost_with_node(unavailable)
    assert not lost_with_node(ray.exceptions.ActorDiedError())
    assert not lost_with_node(StopIteration())


@pytest.mark.usefixtures("_ray")
def test_the_log_tail_is_read_from_another_host(tmp_path: Path) -> None:
    log = tmp_path / "worker.log"
    log.write_text("".join(f"line {k}\n" for k in range(100)))
    tail = read_remote_log_tail(log, os.uname().nodename).splitlines()
    assert (tail[-1], len(tail)) == ("line 99", 12)
    assert not log.exists()
    assert read_log_tail(log) == ""
    assert read_remote_log_tail(log, "no-such-host") == ""


WORKER = """
import sys, time
from pathlib import Path
sys.path.insert(0, sys.argv[1])
import importlib.util
spec = importlib.util.spec_from_file_location("watchdog", sys.argv[2])
watchdog = importlib.util.module_from_spec(spec)
spec.loader.exec_module(watchdog)
watchdog.watch(0)
print("up", flush=True)
time.sleep(60)
"""


def test_no_worker_outlives_its_parent(tmp_path: Path) -> None:
    """The parent starts a watched worker and is killed; the worker must go, though it does nothing by itself."""
    import render.watchdog

    inner = [sys.executable, "-c", WORKER, str(tmp_path), render.watchdog.__file__]
    outer = f"import subprocess, time; p = subprocess.Popen({inner!r}); print(p.pid, flush=True); time.sleep(60)"
    output = tmp_path / "output"
    with output.open("w") as stream:
        parent = subprocess.Popen([sys.executable, "-c", outer], stdout=stream, stderr=stream, text=True)
    try:
        _until(lambda: "up" in output.read_text())
        worker = int(output.read_text().split()[0])
        time.sleep(0.3)
        assert Path(f"/proc/{worker}").exists()
    finally:
        parent.kill()
        parent.wait()
    _until(lambda: not Path(f"/proc/{worker}").exists() or "Z" in Path(f"/proc/{worker}/stat").read_text().split()[2])
    assert f"{MARK}its job is gone" in output.read_text()


def _until(holds: Callable[[], bool]) -> None:
    deadline = time.monotonic() + 20
    while not holds():
        assert time.monotonic() < deadline
        time.sleep(0.05)
