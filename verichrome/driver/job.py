"""The driver: plans shards, keeps workers busy, counts what comes back, finishes the folder."""

import itertools
import time
from collections.abc import Iterator

from rich.console import Console

from render.worker import EngineFactory, blender_engine
from scenes import AssetLibrary
from shards import Store
from verichrome.config import Config
from verichrome.console import say
from verichrome.driver.actors import ActorMaker
from verichrome.driver.metrics import JobMetrics
from verichrome.driver.plan import CompleteShard, plan
from verichrome.driver.pool import ItemLost, ItemRetried, Report, RetryLimits, WorkerPool
from verichrome.driver.progress import JobProgress, summary
from verichrome.driver.ray_session import ray_session
from verichrome.driver.totals import Pace, Totals
from verichrome.library.transfer import push
from verichrome.lock import hold_output
from verichrome.messages import SceneDone, ShardDone, StageStarted, WorkItem
from verichrome.output import claim_output
from verichrome.overview import finish
from verichrome.signals import watch_signals
from verichrome.worker.shard import Recycling, ShardMaker
from verichrome.worker.spool import clear_spool

__all__ = ["Job"]

GIB = 2**30


class Job:
    """One configuration on its way into one store. `tally` says how far it is, also after an error."""

    def __init__(
        self,
        config: Config,
        store: Store,
        console: Console,
        *,
        verbose: bool = False,
        make_engine: EngineFactory = blender_engine,
        library: AssetLibrary | None = None,
    ) -> None:
        self.tally = Totals()
        self._pace = Pace(config.job.scenes)
        self._config = config
        self._store = store
        self._console = console
        self._verbose = verbose
        self._make_engine = make_engine
        self._library = library or AssetLibrary()

    def run(self) -> None:
        """Make what is left to make, then manifest, card and preview.

        Raises JobFailed, ShardError, Interrupted, and UsageError before anything is written.
        """
        start = time.monotonic()
        with hold_output(self._store):
            with JobProgress(self._console, self._config.job.scenes, self._pace) as progress:
                self._make(progress)
            clear_spool(self._store)  # what is left in it is of other configurations or versions
            preview = finish(self._store, self._config)
        say(self._console, summary(self.tally, self._store.url, time.monotonic() - start, preview))

    def _make(self, progress: JobProgress) -> None:
        tasks = self._tasks()
        first = next(tasks, None)
        if first is None:
            claim_output(self._store, self._config)
            return  # nothing is left to do, so Ray need not start
        maker = ShardMaker(self._config, self._store, self._library, _wear(self._config))
        with (
            watch_signals() as stop,
            ray_session(self._config, self._verbose, progress.say, stop.check) as share,
            ActorMaker(self._config, maker, share, self._make_engine) as actors,
        ):
            stop.check()
            claim_output(self._store, self._config)
            if self._config.job.address:
                push(self._library, self._store)  # workers elsewhere have no cache of ours
            limits = RetryLimits(self._config.job.scene_timeout, self._config.job.scene_retries)
            pool = WorkerPool(lambda slot: actors.make(slot, self._verbose), share.workers, limits, actors.log_tail)
            metrics = JobMetrics(self._store.url, self._config.job.scenes, self._pace)
            try:
                progress.show(self.tally)
                for report in pool.run(itertools.chain([first], tasks), stop.check):
                    self._count(report, progress)
                    progress.show(self.tally, pool.live)
                    metrics.show(self.tally, pool.live)
            finally:
                metrics.end(self.tally)
                pool.close()
                self._store.sweep()

    def _tasks(self) -> Iterator[WorkItem]:
        for entry in plan(self._config, self._store):
            if isinstance(entry, CompleteShard):
                self.tally.keep(entry)
            else:
                yield entry

    def _count(self, report: Report, progress: JobProgress) -> None:
        match report:
            case StageStarted():
                self._pace.at_work()
            case SceneDone():
                self.tally.scene(report)
                if report.failure:
                    progress.say(f"Scene {report.scene} failed: {report.failure}")
            case ShardDone():
                self.tally.shard(report)
            case ItemRetried():
                self.tally.retry(report.task.scenes)
                progress.say(_told(report))
            case ItemLost():
                self.tally.retry(report.task.scenes)
                progress.say(
                    f"Shard {report.task.index}: its worker is gone with its machine; another goes on with it."
                )


def _wear(config: Config) -> Recycling:
    return Recycling(config.job.worker_scenes, config.job.worker_memory * GIB)


def _told(report: ItemRetried) -> str:
    where = f"Scene {report.crash.scene}" if report.crash.scene is not None else f"Shard {report.task.index}"
    tail = f"\n{report.crash.log}" if report.crash.log else ""
    return f"{where}: {report.crash.reason}; its worker is replaced.{tail}"
