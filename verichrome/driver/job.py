"""The driver: plans shards, keeps workers busy, counts results, and finishes the output folder."""

import itertools
import time
from collections.abc import Iterator

from rich.console import Console
from rich.table import Table

from render.worker import EngineFactory, WorkerStarted, blender_engine
from scenes import AssetLibrary
from shards import Store
from verichrome.config import Config
from verichrome.console import say
from verichrome.driver.actors import ActorMaker
from verichrome.driver.kernel_notice import KernelNotice
from verichrome.driver.metrics import JobMetrics
from verichrome.driver.plan import plan_shards
from verichrome.driver.pool import ItemLost, ItemRetried, PoolEvent, RetryLimits, WorkerPool
from verichrome.driver.profile import PROFILE_NAME, JobProfile
from verichrome.driver.progress import JobProgress, summary
from verichrome.driver.ray_session import ray_session
from verichrome.driver.resources import recycling
from verichrome.driver.totals import Pace, Totals
from verichrome.library.transfer import upload_library
from verichrome.lock import hold_output
from verichrome.messages import CompleteShard, SceneDone, ShardDone, StageStarted, WorkItem
from verichrome.output import claim_output
from verichrome.overview import import_ahead, write_overview
from verichrome.signals import watch_signals
from verichrome.worker.shard import ShardMaker
from verichrome.worker.spool import clear_spool

__all__ = ["Job"]


class Job:
    """One job: one configuration, written to one store. `totals` has its progress, also after an error."""

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
        self.totals = Totals()
        self._pace = Pace(config.job.scenes)
        self._profile = JobProfile() if config.job.profile else None
        self._config = config
        self._store = store
        self._console = console
        self._verbose = verbose
        self._make_engine = make_engine
        self._library = library or AssetLibrary()

    def run(self) -> None:
        """Make the shards that are not complete, then manifest, card and contact sheet.

        Raises JobFailed, ShardError, Interrupted, and UsageError before anything is written.
        """
        start = time.monotonic()
        with hold_output(self._store):
            with JobProgress(self._console, self._config.job.scenes, self._pace) as progress:
                self._make(progress)
            clear_spool(self._store)  # what is left in it is of other configurations or versions
            preview = write_overview(self._store, self._config)
            table = self._write_profile()
        say(self._console, summary(self.totals, self._store.url, time.monotonic() - start, preview))
        if table is not None:
            self._console.print(table)

    def _make(self, progress: JobProgress) -> None:
        config = self._config
        items = self._items_left()
        first = next(items, None)
        if first is None:
            claim_output(self._store, config)
            return  # nothing is left to do, so Ray need not start
        with (
            watch_signals() as stop,
            ray_session(config, self._verbose, progress.say, stop.check) as share,
            ActorMaker(config, self._shard_maker(share.workers), share, self._make_engine) as actors,
        ):
            stop.check()
            claim_output(self._store, config)
            if config.job.address:
                upload_library(self._library, self._store)  # workers elsewhere do not have this machine's cache
            limits = RetryLimits(config.job.scene_timeout, config.job.scene_retries)
            pool = WorkerPool(lambda slot: actors.make(slot, self._verbose), share.workers, limits, actors.log_tail)
            notice = KernelNotice(share.gpus, progress.say)
            metrics = JobMetrics(self._store.url, config.job.scenes, self._pace)
            try:
                progress.show(self.totals)
                for event in pool.run(itertools.chain([first], items), stop.check):
                    self._count(event, progress, notice)
                    progress.show(self.totals, pool.live)
                    metrics.show(self.totals, pool.live)
            finally:
                metrics.end(self.totals)
                pool.close()
                self._store.sweep()

    def _shard_maker(self, workers: int) -> ShardMaker:
        return ShardMaker(self._config, self._store, self._library, recycling(self._config, workers))

    def _write_profile(self) -> Table | None:
        """Write the profile of this run, if it is wanted and anything was rendered; returns its table."""
        table = self._profile.table() if self._profile is not None else None
        if self._profile is not None and table is not None:
            self._store.put(PROFILE_NAME, self._profile.text().encode())
        return table

    def _items_left(self) -> Iterator[WorkItem]:
        for shard in plan_shards(self._config, self._store):
            if isinstance(shard, CompleteShard):
                self.totals.keep(shard)
            else:
                yield shard

    def _count(self, event: PoolEvent, progress: JobProgress, notice: KernelNotice) -> None:
        match event:
            case WorkerStarted(host=host):
                notice.started(host)
            case StageStarted(stage=stage):
                self._pace.start()
                if stage == "encode":  # not sooner: the cores are for what leads to the first ray
                    import_ahead()
            case SceneDone():
                self.totals.scene(event)
                if self._profile is not None:
                    self._profile.scene(self._config.scenes.family_of(event.scene), event)
                if event.failure:
                    progress.say(f"Scene {event.scene} failed: {event.failure}")
            case ShardDone():
                self.totals.shard(event)
                if self._profile is not None:
                    scenes = range(event.start, event.stop)
                    self._profile.shard([self._config.scenes.family_of(scene) for scene in scenes], event)
            case CompleteShard():
                self.totals.forget(event.item.scenes)
                self.totals.keep(event)
            case ItemRetried():
                self.totals.retry(event.item.scenes)
                progress.say(_crash_message(event))
            case ItemLost():
                self.totals.retry(event.item.scenes)
                progress.say(
                    f"Shard {event.item.index}: its worker is gone with its machine; another continues with it."
                )


def _crash_message(event: ItemRetried) -> str:
    where = f"Scene {event.crash.scene}" if event.crash.scene is not None else f"Shard {event.item.index}"
    tail = f"\n{event.crash.log}" if event.crash.log else ""
    return f"{where}: {event.crash.reason}; its worker is replaced.{tail}"
