"""Drivers that are stopped or killed, each followed by the same command: nothing is lost, damaged or made twice."""

import os
import signal
import time
from collections.abc import Callable
from pathlib import Path

import numpy as np
import pytest

from shards import Store, committed
from tests.job.conftest import TINY, Ran, rendered
from tests.job.driver import Driver, output_of

pytest.importorskip("ray")

pytestmark = [pytest.mark.soak, pytest.mark.timeout(900)]


def until(holds: Callable[[], bool], timeout: float = 120) -> None:
    deadline = time.monotonic() + timeout
    while not holds():
        assert time.monotonic() < deadline
        time.sleep(0.02)


def temporaries(folder: Path) -> list[str]:
    return [path.name for path in (folder / ".tmp").glob(".tmp-*")]


def test_stopped_and_killed_drivers_go_on(tmp_path: Path, whole: Ran, journal: Path) -> None:
    folder = tmp_path / "out"
    driver = Driver(folder, journal, TINY)
    for number, code in ((signal.SIGINT, 130), (signal.SIGTERM, 143), (signal.SIGKILL, -9)):
        before, lines = driver.finished(), driver.lines()
        job = driver.start()
        until(lambda before=before: driver.finished() > before)  # type: ignore[misc]
        os.kill(job.pid, number)
        words = output_of(job)
        assert job.returncode == code, words
        assert before.isdisjoint(driver.lines()[len(lines) :])
        if number != signal.SIGKILL:
            assert words.splitlines()[-1] == (
                f"Stopped. The scenes that are finished stay in {folder}; the same command goes on from there."
            )
            assert "Traceback" not in words
            assert temporaries(folder) == []
    last = driver.start()
    words = output_of(last)
    assert last.returncode == 0, words
    assert Ran(0, words, folder).shards() == whole.shards()
    assert list(folder.glob(".spool/*")) == []
    assert temporaries(folder) == []
    assert set(rendered(journal)) == {0, 1, 2, 3}  # what was in hand at a stop is rendered again, nothing else
    assert len(rendered(journal)) <= 4 + 3


def test_a_driver_killed_at_20_random_moments(tmp_path: Path) -> None:
    fields = {**TINY, "scenes": 12, "workers": 2}
    undisturbed = Driver(tmp_path / "whole", tmp_path / "whole-journal", fields)
    start = time.monotonic()
    reference = undisturbed.start()
    until(undisturbed.journal.exists)
    first_scene = time.monotonic() - start
    output = output_of(reference)
    assert reference.returncode == 0, output
    driver = Driver(tmp_path / "out", tmp_path / "journal", fields)
    rng = np.random.default_rng(7)
    for _ in range(20):
        stood, lines = driver.finished(), driver.lines()
        job = driver.start()
        time.sleep(rng.uniform(0, 1.4 * first_scene))
        job.kill()
        output_of(job)
        # Those that an earlier driver finished are rendered no more.
        assert stood.isdisjoint(driver.lines()[len(lines) :])
    stood, lines = driver.finished(), driver.lines()
    last = driver.start()
    words = output_of(last)
    assert last.returncode == 0, words
    assert stood.isdisjoint(driver.lines()[len(lines) :])
    assert Ran(0, words, driver.folder).shards() == Ran(0, "", undisturbed.folder).shards()
    assert set(rendered(driver.journal)) == set(range(12))
    assert committed(Store(driver.folder), "frames") == set(range(6))
    assert temporaries(driver.folder) == []
