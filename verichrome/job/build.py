"""A shard in the making: both files, and what their receipts will say."""

import time
from collections import Counter

from shards import ShardWriter
from verichrome.config import Config
from verichrome.fingerprint import frames_fingerprint, pairs_fingerprint
from verichrome.job.ledger import Ledger
from verichrome.job.reports import SceneReport, ShardReport
from verichrome.job.seconds import Seconds
from verichrome.job.task import ShardTask
from verichrome.job.views import FinishedScene
from verichrome.versions import package_versions

__all__ = ["ShardBuilder"]


class ShardBuilder:
    """Takes the scenes of `task` in order, then commits."""

    def __init__(self, config: Config, task: ShardTask, frames: ShardWriter, pairs: ShardWriter) -> None:
        self._config = config
        self._task = task
        self._frames = frames
        self._pairs = pairs
        self._ledger = Ledger()

    def add(self, scene: FinishedScene, *, rendered: bool, worn: bool = False) -> SceneReport:
        """Write a scene's frames and pairs; `rendered` and `worn` go into the report. Raises StoreError."""
        record, start = scene.record, time.perf_counter()
        tasks = Counter[str]()
        for frame, members, pairs in zip(record.frames, scene.frames, scene.pairs, strict=True):
            self._frames.add(frame.key, members)
            for pair in pairs:
                self._pairs.add(pair.key, pair.members)
                self._ledger.pairs.append(pair.row)
                tasks[pair.row.task] += 1
        seconds = Seconds(record.scene.seconds)
        seconds.add({"write": time.perf_counter() - start})
        row = record.scene.model_copy(update={"seconds": dict(seconds)})
        self._ledger.add(record.model_copy(update={"scene": row}))
        return SceneReport(
            row.scene_index,
            frames=len(record.frames),
            pairs=tasks,
            rejected=Counter(entry.check for entry in record.rejections),
            seconds=seconds,
            failure=row.reason,
            rendered=rendered,
            worn=worn,
        )

    def commit(self) -> ShardReport:
        """Commit the pairs, then the frames: a frames receipt that covers its scenes proves both. Raises StoreError."""
        start = time.perf_counter()
        config, ledger = self._config, self._ledger
        fingerprint = frames_fingerprint(config)
        pairs = self._pairs.commit(
            fingerprint=pairs_fingerprint(config, fingerprint),
            pairs=tuple(ledger.pairs),
            seconds={"encode": ledger.seconds.get("encode", 0.0)},
            versions=package_versions(),
        )
        frames = self._frames.commit(full=config.scenes_per_shard, fingerprint=fingerprint, **ledger.frames_fields())
        seconds = time.perf_counter() - start
        return ShardReport(self._task.start, self._task.stop, frames.bytes, pairs.bytes, seconds)
