"""A function over many parts in processes of their own, results in order."""

from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import ProcessPoolExecutor
from concurrent.futures.process import BrokenProcessPool
from multiprocessing import get_context
from typing import Any, TypeVar

from shards.errors import ShardError

__all__ = ["map_spawned"]

Part = TypeVar("Part")
Result = TypeVar("Result")


def map_spawned(
    function: Callable[[Part], Result],
    parts: Sequence[Part],
    workers: int,
    prepare: Callable[[Any], Any] | None = None,
    job: Any = None,
) -> Iterator[Result]:
    """Results of `function`, which is sent to `workers` processes, in the order of `parts`; there must be one or more.

    The processes start anew: OpenEXR's threads hang in a forked one. prepare: called with `job` once in each, before
    its first part. Where a part raises, or the caller stops, the parts that have not begun are left. Raises ShardError
    where a process is killed.
    """
    start = () if prepare is None else (prepare, (job,))
    with ProcessPoolExecutor(min(workers, len(parts)), get_context("spawn"), *start) as pool:
        try:
            yield from pool.map(function, parts)
        except BrokenProcessPool as error:
            what = "a process was killed before its work was done, as when memory runs out"
            raise ShardError(f"{what}; free some, and run it again") from error
        except BaseException:
            pool.shutdown(cancel_futures=True)
            raise
