"""Reads ahead keep their order, are bounded, and fail where their turn comes."""

import threading
import time

import pytest

from shards.prefetch import prefetched


def test_results_come_in_order_however_long_each_takes() -> None:
    def read(item: int) -> int:
        time.sleep(0.02 if item % 3 == 0 else 0)
        return item * item

    assert list(prefetched(read, range(40), threads=4)) == [item * item for item in range(40)]
    assert list(prefetched(read, [])) == []


def test_prefetch_reads_at_most_two_shards_a_thread() -> None:
    begun: list[int] = []
    together = threading.Barrier(3, timeout=10)

    def read(item: int) -> int:
        begun.append(item)
        if item < 3:
            together.wait()  # broken unless three run at once
        return item

    results = prefetched(read, range(1000), threads=3)
    assert next(results) == 0
    assert len(begun) <= 2 * 3 + 1
    results.close()  # type: ignore[attr-defined]
    assert len(begun) <= 2 * 3 + 1


def test_an_error_comes_in_its_turn() -> None:
    def read(item: int) -> int:
        if item == 2:
            raise OSError("gone")
        return item

    results = prefetched(read, range(10), threads=4)
    assert [next(results), next(results)] == [0, 1]
    with pytest.raises(OSError, match="gone"):
        next(results)
