"""What is read is hashed by a thread, in order, and never far behind."""

import hashlib
import io
import threading
from collections.abc import Callable
from pathlib import Path

import numpy as np
import pytest

from shards import Store, iter_shard
from shards.hashing import BATCH, MOST_WAITING, HashingReader


@pytest.mark.parametrize("size", [0, 1, BATCH - 1, BATCH, 40 * BATCH + 7])
@pytest.mark.parametrize("step", [333, BATCH, 3 * BATCH])
def test_the_hash_is_of_all_that_was_read_in_order(size: int, step: int) -> None:
    content = np.random.default_rng(size).bytes(size)
    with HashingReader(io.BytesIO(content)) as source:
        part = source.read(step)
        assert source.sha256 == hashlib.sha256(part).hexdigest()
        while block := source.read(step):
            part += block
        assert part == content
        assert source.sha256 == hashlib.sha256(content).hexdigest()
    assert source.size == size


def test_reading_waits_for_the_hash(monkeypatch: pytest.MonkeyPatch) -> None:
    free = threading.Event()
    monkeypatch.setattr("shards.hashing._update", lambda *_: free.wait(60))
    content = io.BytesIO(bytes(4 * MOST_WAITING))
    with HashingReader(content) as source:
        reading = threading.Thread(target=source.drain)
        reading.start()
        reading.join(0.5)
        assert reading.is_alive()
        assert content.tell() <= 2 * MOST_WAITING
        free.set()
        reading.join(60)
    assert content.tell() == 4 * MOST_WAITING


def test_reading_that_stops_early_leaves_no_thread(tmp_path: Path, fill: Callable[..., None]) -> None:
    store = Store(tmp_path)
    fill(store)
    before = threading.active_count()
    samples = iter_shard(store, "frames/frames-000000.tar")
    next(samples)
    samples.close()  # type: ignore[attr-defined]
    assert threading.active_count() == before
