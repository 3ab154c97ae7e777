"""Many small reads from a remote store."""

from collections import deque
from collections.abc import Callable, Iterable, Iterator
from concurrent.futures import Future, ThreadPoolExecutor
from itertools import islice
from typing import TypeVar

__all__ = ["prefetched"]

T = TypeVar("T")
R = TypeVar("R")

#: Reads at a time: an object store answers each after tens of milliseconds, however many there are.
THREADS = 16


def prefetched(read: Callable[[T], R], items: Iterable[T], threads: int = THREADS) -> Iterator[R]:
    """Yield `read(item)` in the order of `items`, while threads read the next ones: at most two each are held."""
    left = iter(items)
    with ThreadPoolExecutor(threads) as pool:
        window: deque[Future[R]] = deque(pool.submit(read, item) for item in islice(left, 2 * threads))
        try:
            while window:
                result = window.popleft().result()
                window.extend(pool.submit(read, item) for item in islice(left, 1))
                yield result
        finally:
            for future in window:
                future.cancel()
