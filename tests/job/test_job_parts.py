"""The parts of the job that need no worker: resources, signals, running totals, the summary, import directions."""

import io
import math
import os
import re
import signal
import subprocess
import sys
from collections import Counter
from pathlib import Path

import pytest
from rich.console import Console

from encode import SceneIndex
from verichrome.configfile import resolve
from verichrome.driver.kernel_notice import KernelNotice
from verichrome.driver.progress import JobProgress, summary
from verichrome.driver.resources import Resources, share_out
from verichrome.driver.totals import Pace, Totals
from verichrome.machine import GIB
from verichrome.messages import SceneDone, ShardDone, StageSeconds
from verichrome.signals import Interrupted, StopRequest, interruptible, kept_signals, watch_signals

ROOT = Path(__file__).parents[2]


@pytest.mark.parametrize(
    ("fields", "cores", "gpus", "gib", "expected"),
    [
        ({}, 1, 0, 8, Resources(1, 1, 0)),
        ({}, 2, 0, 8, Resources(2, 1, 0)),
        ({}, 2, 0, 4, Resources(1, 2, 0)),
        ({}, 2, 0, 1, Resources(1, 2, 0)),
        ({}, 32, 0, 256, Resources(32, 1, 0)),
        ({}, 32, 0, 64, Resources(16, 2, 0)),
        ({}, 32, 0, 32, Resources(8, 4, 0)),
        ({"resolution": "2048"}, 32, 0, 64, Resources(6, 5, 0)),
        ({"assets": "meshes"}, 32, 0, 64, Resources(8, 4, 0)),
        ({"workers": 3}, 32, 0, 64, Resources(3, 10, 0)),
        ({"cpus_per_worker": 8}, 32, 0, 64, Resources(4, 8, 0)),
        ({"workers": 4, "cpus_per_worker": 2}, 2, 0, 8, Resources(4, 2, 0)),
        ({}, 16, 1, 64, Resources(2, 8, 0.5)),
        ({"gpus_per_worker": 1}, 32, 2, 64, Resources(2, 16, 1)),
        ({"device": "cpu"}, 16, 1, 64, Resources(16, 1, 0)),
        ({"workers": 1}, 16, 8, 64, Resources(1, 16, 8)),
        ({"scenes": 4}, 2, 0, 8, Resources(1, 2, 0)),  # one shard
        ({"scenes": 9}, 32, 0, 64, Resources(3, 10, 0)),
        ({}, 640, 0, math.inf, Resources(250, 2, 0)),
    ],
)
def test_workers_are_distributed_over_machines(
    fields: dict[str, object], cores: int, gpus: float, gib: float, expected: Resources
) -> None:
    assert share_out(resolve({"scenes": 1000} | fields), cores, gpus, gib * GIB) == expected


@pytest.mark.parametrize(("number", "code"), [(signal.SIGINT, 130), (signal.SIGTERM, 143)])
def test_a_signal_is_raised_where_the_program_checks_for_it(number: signal.Signals, code: int) -> None:
    stop = StopRequest()
    stop.check()
    stop.note(number, None)
    with pytest.raises(Interrupted) as error:
        stop.check()
    assert error.value.exit_code == code


def test_an_unchecked_signal_is_raised_at_the_end() -> None:
    with pytest.raises(Interrupted), watch_signals():
        os.kill(os.getpid(), signal.SIGTERM)


def test_rays_signal_handler_is_not_installed() -> None:
    before, set_handler = signal.getsignal(signal.SIGTERM), signal.signal
    with kept_signals():
        assert signal.signal(signal.SIGTERM, lambda number, frame: sys.exit(number)) == before
        assert signal.getsignal(signal.SIGTERM) == before
    assert signal.signal is set_handler


@pytest.mark.parametrize(("number", "code"), [(signal.SIGINT, 130), (signal.SIGTERM, 143)])
def test_a_signal_interrupts_where_ray_is_not_at_work(number: signal.Signals, code: int) -> None:
    before = signal.getsignal(number)
    with pytest.raises(Interrupted) as error, interruptible():
        signal.raise_signal(number)
    assert error.value.exit_code == code
    assert signal.getsignal(number) == before


def _report(scene: int) -> SceneDone:
    return SceneDone(SceneIndex(scene), 2, Counter(depth=2), Counter(black=1), StageSeconds(image=3.0, build=1.0))


def test_a_shard_that_broke_is_not_counted_twice() -> None:
    totals = Totals()
    totals.scene(_report(0))
    totals.retry(map(SceneIndex, range(2)))
    assert (totals.done, totals.frames_so_far) == (0, 0)
    totals.scene(_report(0))
    totals.scene(_report(1))
    assert (totals.done, totals.frames_so_far, totals.pairs_so_far, totals.rejected_so_far) == (2, 4, 4, 2)
    totals.shard(ShardDone(SceneIndex(0), SceneIndex(2), 10, 20, 0.5))
    assert (totals.done, totals.scenes, totals.frames, totals.bytes, totals.retries) == (2, 2, 4, 30, 1)


def test_the_summary_shows_seconds_a_frame_by_stage() -> None:
    totals = Totals()
    totals.scene(_report(0))
    totals.shard(ShardDone(SceneIndex(0), SceneIndex(1), 1_000_000, 500_000, 0.5))
    assert summary(totals, "out/first", 9.0, preview=True).splitlines() == [
        "Wrote 1 scenes, 2 frames and 2 pairs (1.5 MB) to out/first in 9 s.",
        "  pairs     depth 2",
        "  a frame   2.25 s of a worker: build 0.50, image 1.50, write 0.25",
        "  rejected  black 1",
        "Look at it:",
        "  out/first/preview.png",
        "  verichrome audit out/first",
        "  webdataset.WebDataset('out/first/pairs/pairs-000000.tar', shardshuffle=False).decode('pil')",
    ]


def test_imports_run_one_way() -> None:
    lint = Path(sys.executable).with_name("lint-imports")
    if not lint.exists():
        pytest.skip("import-linter is not installed")
    done = subprocess.run([str(lint), "--no-logo", "--no-cache"], cwd=ROOT, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stdout


def test_the_readme_commands_work_without_further_setup() -> None:
    lines = [line for line in (ROOT / "README.md").read_text(encoding="utf-8").splitlines() if " uv run " in line]
    assert [line.rpartition(" uv run ")[2] for line in lines[:2]] == ["verichrome generate --out out/first", "pytest"]
    assert all("pip install" in line for line in lines[:2])


def test_progress_shows_pace_failures_and_workers() -> None:
    stream = io.StringIO()
    pace = Pace(total=4)
    pace.start()
    with JobProgress(Console(file=stream, width=200), 4, pace) as progress:
        progress.show(Totals(scenes=2, frames=4, pairs=Counter(depth=4), failed=1), workers=2)
    line = r"2 of 4 scenes, 4 frames \(\d+\.\d\d/s\), 4 pairs, 0 rejected, 1 failed, 2 workers, \d+ s left\n"
    assert re.fullmatch(line, stream.getvalue())


def test_each_machine_with_a_gpu_is_said_to_load_kernels_once() -> None:
    said = list[str]()
    notice = KernelNotice(0.5, said.append)
    for host in ("a", "b", "a"):
        notice.started(host)
    KernelNotice(0.0, said.append).started("c")
    assert [line.split()[:3] for line in said] == [["Workers", "on", "a"], ["Workers", "on", "b"]]
