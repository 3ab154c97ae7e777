"""A function over many parts in processes of their own, results in order."""

from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import ProcessPoolExecutor
from multiprocessing import get_context
from typing import TypeVar

__all__ = ["map_spawned"]

Part = TypeVar("Part")
Result = TypeVar("Result")
Job = TypeVar("Job")


def map_spawned(
    function: Callable[[Part], Result], parts: Sequence[Part], workers: int, prepare: Callable[[Job], None], job: Job
) -> Iterator[Result]:
    """Results of `function`, which is sent to `workers` processes, in the order of `parts`.

    prepare: called with `job` once in each process, before its first part. Where a part raises, or the caller stops,
    the parts that have not begun are left.
    """
    with ProcessPoolExecutor(min(workers, len(parts)), get_context("spawn"), prepare, (job,)) as pool:
        try:
            yield from pool.map(function, parts)
        except BaseException:
            pool.shutdown(cancel_futures=True)
            raise
