"""Makes one shard inside a worker: scene by scene, each spooled once it is finished; then commits it."""

import math
import time
from collections import Counter
from collections.abc import Generator, Iterator, Set
from dataclasses import dataclass, field
from functools import partial

from encode import SceneIndex
from render.watchdog import resident_bytes
from render.worker import SceneEngine
from scenes import AssetLibrary
from shards import BadSample, FailureRow, ShardWriter, Store, StoreError
from verichrome.config import Config
from verichrome.config.fingerprint import frames_fingerprint, pairs_fingerprint
from verichrome.library.transfer import download_assets
from verichrome.machine import release_free_memory
from verichrome.messages import (
    CompleteShard,
    Crash,
    SceneDone,
    ShardDone,
    StageSeconds,
    StageStarted,
    StorageFailed,
    WorkItem,
)
from verichrome.versions import package_versions
from verichrome.worker.complete_shard import complete_shard
from verichrome.worker.finished_scene import FinishedScene, SceneRecord, ShardRecord, restore_scene
from verichrome.worker.scene import SceneMaker
from verichrome.worker.spool import SceneDropped, Spool

__all__ = ["Recycling", "ShardBuilder", "ShardMaker"]


@dataclass(slots=True)
class Recycling:
    """After how many `scenes`, or above how many bytes of `memory`, a worker process is replaced. One for each process.

    Blender's memory grows with its scenes. The worker itself must count: the driver learns of a scene when the next
    has begun.
    """

    scenes: float = math.inf
    memory: float = math.inf
    _rendered: int = field(default=0, init=False)

    def after_scene(self) -> bool:
        """Count a scene that was rendered here; returns whether it is to be the last."""
        self._rendered += 1
        release_free_memory()
        return self._rendered >= self.scenes or resident_bytes() > self.memory


class ShardBuilder:
    """Takes the scenes of `item` in order, then commits."""

    def __init__(self, config: Config, item: WorkItem, frames: ShardWriter, pairs: ShardWriter) -> None:
        self._config = config
        self._item = item
        self._frames = frames
        self._pairs = pairs
        self._record = ShardRecord()

    def add(self, scene: FinishedScene, *, rendered: bool, last: bool = False) -> SceneDone:
        """Write a scene's frames and pairs; `rendered` and `last` go into the message. Raises StoreError."""
        record, start = scene.record, time.perf_counter()
        tasks = Counter[str]()
        for frame, members, pairs in zip(record.frames, scene.frames, scene.pairs, strict=True):
            self._frames.add(frame.key, members)
            for pair in pairs:
                self._pairs.add(pair.key, pair.members)
                self._record.pairs.append(pair.row)
                tasks[pair.row.task] += 1
        seconds = StageSeconds(record.scene.seconds)
        seconds.add({"write": time.perf_counter() - start})
        row = record.scene.model_copy(update={"seconds": dict(seconds)})
        self._record.add(record.model_copy(update={"scene": row}))
        return SceneDone(
            row.scene_index,
            frames=len(record.frames),
            pairs=tasks,
            rejected=Counter(rejection.check for rejection in record.rejections),
            seconds=seconds,
            failure=row.reason,
            rendered=rendered,
            last=last,
            profile=scene.profile,
        )

    def commit(self) -> ShardDone:
        """Commit the pairs, then the frames: a frames receipt that covers its scenes proves both. Raises StoreError."""
        start = time.perf_counter()
        config, shard_record = self._config, self._record
        fingerprint = frames_fingerprint(config)
        pairs = self._pairs.commit(
            fingerprint=pairs_fingerprint(config, fingerprint),
            pairs=tuple(shard_record.pairs),
            seconds={"encode": shard_record.seconds.get("encode", 0.0)},
            versions=package_versions(),
        )
        full = config.job.scenes_per_shard
        frames = self._frames.commit(full=full, fingerprint=fingerprint, **shard_record.frames_fields())
        seconds = time.perf_counter() - start
        return ShardDone(self._item.start, self._item.stop, frames.bytes, pairs.bytes, seconds)


@dataclass(frozen=True, slots=True)
class ShardMaker:
    """The handler of a render worker: turns a WorkItem into two committed shards.

    Another worker may be at the same shard, one that lives on after its driver was killed or its machine was thought
    lost. Both write the same bytes, so it does no harm; what the other has committed is not made again.
    """

    config: Config
    store: Store
    library: AssetLibrary = field(default_factory=AssetLibrary)
    recycling: Recycling = field(default_factory=Recycling)

    def run(
        self, item: WorkItem, engine: SceneEngine
    ) -> Iterator[StageStarted | SceneDone | ShardDone | CompleteShard | StorageFailed]:
        """Yield a message for each step.

        The last is the ShardDone; or CompleteShard, where another worker has committed it; or StorageFailed, where
        the store gives up; or the SceneDone of a worker that is to be recycled, which leaves the rest to its successor.
        """
        download = partial(download_assets, store=self.store, library=self.library)
        maker = SceneMaker(self.config, self.library, download, engine)
        try:
            with (
                ShardWriter(self.store, "frames", item.index) as frames,
                ShardWriter(self.store, "pairs", item.index) as pairs,
            ):
                builder = ShardBuilder(self.config, item, frames, pairs)
                spool = Spool.of(self.store, self.config)
                yield from _ShardScenes(item, maker, builder, spool, self.recycling).make()
        except StoreError as error:
            yield StorageFailed(str(error))


class _ShardScenes:
    """Makes the scenes of a work item and writes them to its shard."""

    def __init__(
        self, item: WorkItem, maker: SceneMaker, builder: ShardBuilder, spool: Spool, recycling: Recycling
    ) -> None:
        self._item = item
        self._maker = maker
        self._builder = builder
        self._spool = spool
        self._recycling = recycling

    def make(self) -> Iterator[StageStarted | SceneDone | ShardDone | CompleteShard]:
        """Add every scene, commit, and clear the spool.

        Stop early where the worker is to be recycled, or where another has committed the shard.
        """
        spooled = self._spool.held().intersection(self._item.scenes)
        # Now, not before: a scene that another worker took out of the spool was committed before that.
        complete = complete_shard(self._item, self._spool.store) if len(spooled) < len(self._item.scenes) else None
        if complete is not None:
            yield complete
            return
        try:
            yield from self._make(spooled)
        except SceneDropped:
            complete = complete_shard(self._item, self._spool.store)
            if complete is None:
                raise
            yield complete

    def _make(self, spooled: Set[SceneIndex]) -> Iterator[StageStarted | SceneDone | ShardDone]:
        for scene in self._item.scenes:
            last = yield from self._scene(scene, scene in spooled)
            if last and scene != self._item.scenes[-1]:
                return
        yield StageStarted(None, 0, "write")
        done = self._builder.commit()
        self._spool.drop(self._item.scenes)
        yield done

    def _scene(self, scene: SceneIndex, spooled: bool) -> Generator[StageStarted | SceneDone, None, bool]:
        """Render, spool and write one scene, or take it out of the spool, or record why there is none.

        Returns whether it is the worker's last scene.
        """
        crashes = self._item.crashes_of(scene)
        given_up = len(crashes) > self._maker.config.job.scene_retries
        failures = tuple(_failure(scene, crash, fatal=given_up and crash is crashes[-1]) for crash in crashes)
        if given_up:
            row = self._maker.row(scene, reason=crashes[-1].reason)
            yield self._builder.add(FinishedScene(SceneRecord(scene=row, failures=failures)), rendered=False)
            return False
        if spooled:
            yield StageStarted(scene, 0, "spool")
        finished, discarded = self._restored(scene) if spooled else (None, ())
        failures += discarded
        fresh = finished is None
        if finished is None:
            finished = yield from self._maker.make(scene, self._item.index)
        finished = finished.with_record(finished.record.failed_before(failures))
        if fresh:
            self._spool.put(finished.record, finished.frames)
        last = fresh and self._recycling.after_scene()
        yield self._builder.add(finished, rendered=fresh, last=last)
        return last

    def _restored(self, scene: SceneIndex) -> tuple[FinishedScene | None, tuple[FailureRow, ...]]:
        """The spooled scene; None where it is damaged or wrong, which is noted for the receipt."""
        try:
            spooled = self._spool.get(scene)
            return (None if spooled is None else restore_scene(*spooled, self._maker.config)), ()
        except BadSample as error:
            reason = f"its spooled frames were discarded: {str(error)[:300]}"
            return None, (FailureRow(scene_index=scene, attempt=0, stage="spool", reason=reason, fatal=False),)


def _failure(scene: SceneIndex, crash: Crash, fatal: bool) -> FailureRow:
    return FailureRow(
        scene_index=scene,
        attempt=crash.attempt,
        stage=crash.stage,
        reason=crash.reason,
        fatal=fatal,
        log=crash.log,
    )
