"""What Ray's own calls cost the driver: the real pool over real actors, with scenes that take no time."""

import logging
import sys
import time
from collections import Counter
from collections.abc import Iterator
from typing import Any

from encode import SceneIndex
from render import RenderSettings
from render.worker import RenderWorker
from shards import ShardIndex
from tests.job.fake_engine import FakeBlender
from verichrome.driver.pool import RetryLimits, WorkerPool
from verichrome.driver.totals import Totals
from verichrome.messages import SceneDone, ShardDone, StageSeconds, StageStarted, WorkItem

__all__ = ["measure_ray"]

WORKERS, SCENES_PER_SHARD = 2, 50


class NoWork:
    """Reports scenes as a worker does, and does nothing else."""

    def run(self, unit: WorkItem, engine: Any) -> Iterator[Any]:
        """Yield what a ShardMaker does."""
        for scene in unit.scenes:
            yield StageStarted(scene, 0, "render")
            yield StageStarted(scene, 0, "encode")
            yield SceneDone(scene, 2, Counter(depth=2, normals=2), Counter(), StageSeconds(image=6.0, truth=0.6))
        yield StageStarted(None, 0, "write")
        yield ShardDone(unit.start, unit.stop, 10_000_000, 40_000_000, 0.1)


def measure_ray(scenes: int) -> None:
    """Print processor and wall time a scene, and the scenes a second that one driver can count."""
    import ray

    ray.init(
        address="local", num_cpus=WORKERS, include_dashboard=False, log_to_driver=False, logging_level=logging.ERROR
    )
    pool = WorkerPool(_actor, WORKERS, RetryLimits(silence=600, retries=0), lambda *_: "")
    _run(pool, 0, SCENES_PER_SHARD * WORKERS)  # starts the workers
    start, spent = time.perf_counter(), time.process_time()
    _run(pool, SCENES_PER_SHARD * WORKERS, scenes)
    wall, cpu = time.perf_counter() - start, time.process_time() - spent
    pool.close()
    sys.stdout.write(
        f"{scenes} scenes through {WORKERS} Ray actors: the driver took {1e3 * cpu / scenes:.2f} ms of the processor "
        f"a scene, and counted {scenes / wall:.0f} scenes a second\n"
    )


def _actor(_: int) -> Any:
    import ray

    actor = ray.remote(RenderWorker).options(num_cpus=1, max_restarts=0, max_task_retries=0)
    return actor.remote(RenderSettings(), NoWork(), FakeBlender(), None, 0)


def _run(pool: WorkerPool, first: int, count: int) -> None:
    totals = Totals()
    starts = range(first, first + count, SCENES_PER_SHARD)
    items = (
        WorkItem(ShardIndex(start // SCENES_PER_SHARD), SceneIndex(start), SceneIndex(start + SCENES_PER_SHARD))
        for start in starts
    )
    for event in pool.run(items, lambda: None):
        match event:
            case SceneDone():
                totals.scene(event)
            case ShardDone():
                totals.shard(event)
    assert totals.scenes == count
