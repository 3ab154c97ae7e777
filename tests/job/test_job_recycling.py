"""When a worker is replaced for the memory that it keeps."""

import pytest

from verichrome.configfile import resolve
from verichrome.driver.resources import recycling, scene_memory
from verichrome.machine import GIB, memory_bytes
from verichrome.worker import shard
from verichrome.worker.shard import Recycling


def test_a_worker_is_replaced_before_its_memory_ends_a_scene() -> None:
    few, many = (recycling(resolve({}), workers).memory for workers in (1, 64))
    assert few == min(8 * GIB, 0.8 * scene_memory(resolve({}), 1))
    assert many < scene_memory(resolve({}), 64) < memory_bytes() / 64
    assert recycling(resolve({"worker_memory": 0.1}), 1).memory == pytest.approx(0.1 * GIB)
    assert recycling(resolve({"address": "auto"}), 64).memory == 8 * GIB


@pytest.mark.parametrize(("kept", "last"), [(1, False), (3, True)])
def test_memory_that_was_only_freed_is_given_back_and_does_not_end_a_worker(
    kept: int, last: bool, monkeypatch: pytest.MonkeyPatch
) -> None:
    resident = [4]
    monkeypatch.setattr(shard, "resident_bytes", lambda: resident[-1])
    monkeypatch.setattr(shard, "release_free_memory", lambda: resident.append(kept))
    assert Recycling(memory=2).after_scene() is last
    assert resident == [4, kept]
