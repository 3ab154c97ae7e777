"""Makes one shard inside a worker: scene by scene, each kept in the spool once it is finished; then commits it."""

from collections.abc import Generator, Iterator
from dataclasses import dataclass, field
from functools import partial

from render.worker import SceneEngine
from scenes import Library
from shards import BadSample, FailureRow, ShardWriter, Store, StoreError
from verichrome.config import Config
from verichrome.job.build import ShardBuilder
from verichrome.job.ledger import SceneRecord
from verichrome.job.reports import SceneReport, ShardReport, StorageFailed, Trying
from verichrome.job.scene import SceneMaker
from verichrome.job.spool import Spool
from verichrome.job.task import Crash, ShardTask
from verichrome.job.views import FinishedScene, restore_scene
from verichrome.job.wear import Wear
from verichrome.library.ship import fetch

__all__ = ["ShardMaker"]


@dataclass(frozen=True, slots=True)
class ShardMaker:
    """The handler that a render worker is given: turns a ShardTask into two committed shards."""

    config: Config
    store: Store
    library: Library = field(default_factory=Library)
    wear: Wear = field(default_factory=Wear)

    def run(self, unit: ShardTask, engine: SceneEngine) -> Iterator[Trying | SceneReport | ShardReport | StorageFailed]:
        """Yield a report for each step.

        The last is the ShardReport; or StorageFailed, where the store gives up; or the SceneReport of a worn worker,
        which leaves the rest to its successor.
        """
        maker = SceneMaker(self.config, self.library, partial(fetch, store=self.store, library=self.library), engine)
        try:
            with (
                ShardWriter(self.store, "frames", unit.index) as frames,
                ShardWriter(self.store, "pairs", unit.index) as pairs,
            ):
                builder = ShardBuilder(self.config, unit, frames, pairs)
                yield from _Shard(unit, maker, builder, Spool.of(self.store, self.config), self.wear).make()
        except StoreError as error:
            yield StorageFailed(str(error))


class _Shard:
    """The scenes of a task on their way into its shard."""

    def __init__(self, task: ShardTask, maker: SceneMaker, builder: ShardBuilder, spool: Spool, wear: Wear) -> None:
        self._task = task
        self._maker = maker
        self._builder = builder
        self._spool = spool
        self._wear = wear

    def make(self) -> Iterator[Trying | SceneReport | ShardReport]:
        """Add every scene, commit, and forget what was spooled; leave the rest where the worker is worn."""
        spooled = self._spool.held().intersection(self._task.scenes)
        for scene in self._task.scenes:
            worn = yield from self._scene(scene, scene in spooled)
            if worn and scene != self._task.scenes[-1]:
                return
        yield Trying(None, 0, "write")
        report = self._builder.commit()
        self._spool.drop(self._task.scenes)
        yield report

    def _scene(self, scene: int, spooled: bool) -> Generator[Trying | SceneReport, None, bool]:
        """Render, spool and write one scene, or take it out of the spool, or record why there is none.

        Returns whether the worker is worn by it.
        """
        crashes = self._task.crashes_of(scene)
        given_up = len(crashes) > self._maker.config.scene_retries
        failures = tuple(_failure(scene, crash, fatal=given_up and crash is crashes[-1]) for crash in crashes)
        if given_up:
            row = self._maker.row(scene, reason=crashes[-1].reason)
            yield self._builder.add(FinishedScene(SceneRecord(scene=row, failures=failures)), rendered=False)
            return False
        if spooled:
            yield Trying(scene, 0, "spool")
        finished, discarded = self._restored(scene) if spooled else (None, ())
        failures += discarded
        fresh = finished is None
        if finished is None:
            finished = yield from self._maker.make(scene, self._task.index)
        finished = finished.told(finished.record.failed_before(failures))
        if fresh:
            self._spool.put(finished.record, finished.frames)
        worn = fresh and self._wear.after_scene()
        yield self._builder.add(finished, rendered=fresh, worn=worn)
        return worn

    def _restored(self, scene: int) -> tuple[FinishedScene | None, tuple[FailureRow, ...]]:
        """What the spool has of the scene; None where that is damaged, or wrong, which is noted for the receipt."""
        try:
            entry = self._spool.get(scene)
            return (None if entry is None else restore_scene(*entry, self._maker.config)), ()
        except BadSample as error:
            reason = f"its spooled frames were discarded: {str(error)[:300]}"
            return None, (FailureRow(scene_index=scene, attempt=0, stage="spool", reason=reason, fatal=False),)


def _failure(scene: int, crash: Crash, fatal: bool) -> FailureRow:
    return FailureRow(
        scene_index=scene,
        attempt=crash.attempt,
        stage=crash.stage,
        reason=crash.reason,
        fatal=fatal,
        log=crash.log,
    )
