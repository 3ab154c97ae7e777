"""Running totals of a job and its pace: what the progress bar shows and the summary reports."""

import time
from collections import Counter, deque
from collections.abc import Iterable
from dataclasses import dataclass, field

from encode import SceneIndex
from verichrome.messages import CompleteShard, SceneDone, ShardDone, StageSeconds

__all__ = ["Pace", "Totals"]

#: Failures that the summary lists; a job of a million scenes may have too many to read.
LISTED = 5


@dataclass(slots=True)
class Totals:
    """Counts of this run; `kept_scenes` and `failed` also count scenes of earlier runs.

    `spooled` are those scenes of `scenes` that an earlier run, or a worker that died, had rendered.
    """

    scenes: int = 0
    spooled: int = 0
    kept_scenes: int = 0
    frames: int = 0
    pairs: Counter[str] = field(default_factory=Counter)
    rejected: Counter[str] = field(default_factory=Counter)
    seconds: StageSeconds = field(default_factory=StageSeconds)
    retries: int = 0
    bytes: int = 0
    failed: int = 0
    failures: deque[str] = field(default_factory=lambda: deque(maxlen=LISTED))
    _open: dict[SceneIndex, SceneDone] = field(default_factory=dict)
    # Of the open scenes together: thousands may be open, and their sums are asked for at every message.
    _open_frames: int = 0
    _open_pairs: int = 0
    _open_rejected: int = 0

    def keep(self, shard: CompleteShard) -> None:
        """Count a shard that another run has made."""
        self.kept_scenes += shard.scenes
        for row in shard.failed:
            self._fail(row.scene_index, row.reason)

    def scene(self, message: SceneDone) -> None:
        """Count a finished scene; it is reported again if its shard is made again."""
        self._forget(message.scene)
        self._open[message.scene] = message
        self._add_open(message, 1)

    def shard(self, message: ShardDone) -> None:
        """Count a committed shard, and its scenes permanently."""
        self.bytes += message.frames_bytes + message.pairs_bytes
        self.seconds.add({"write": message.write_seconds})
        for scene in map(SceneIndex, range(message.start, message.stop)):
            self._finish(self._open[scene])
            self._forget(scene)

    def retry(self, scenes: Iterable[SceneIndex]) -> None:
        """Count a worker that failed, and forget what it had reported of its shard."""
        self.retries += 1
        self.forget(scenes)

    def forget(self, scenes: Iterable[SceneIndex]) -> None:
        """Forget what was reported of the scenes of an open shard."""
        for scene in scenes:
            self._forget(scene)

    @property
    def done(self) -> int:
        """Scenes that are committed or in an open shard, for the progress bar."""
        return self.kept_scenes + self.scenes + len(self._open)

    @property
    def frames_so_far(self) -> int:
        """Frames of this run, those of open shards too."""
        return self.frames + self._open_frames

    @property
    def pairs_so_far(self) -> int:
        """Pairs of this run, those of open shards too."""
        return self.pairs.total() + self._open_pairs

    @property
    def rejected_so_far(self) -> int:
        """Camera candidates rejected in this run, those of open shards too."""
        return self.rejected.total() + self._open_rejected

    def _forget(self, scene: SceneIndex) -> None:
        message = self._open.pop(scene, None)
        if message is not None:
            self._add_open(message, -1)

    def _add_open(self, message: SceneDone, sign: int) -> None:
        self._open_frames += sign * message.frames
        self._open_pairs += sign * message.pairs.total()
        self._open_rejected += sign * message.rejected.total()

    def _finish(self, message: SceneDone) -> None:
        self.scenes += 1
        self.spooled += not (message.rendered or message.failure)
        self.frames += message.frames
        self.pairs.update(message.pairs)
        self.rejected.update(message.rejected)
        self.seconds.add(message.seconds)
        if message.failure:
            self._fail(message.scene, message.failure)

    def _fail(self, scene: SceneIndex, reason: str) -> None:
        self.failed += 1
        self.failures.append(f"scene {scene}: {reason}")


class Pace:
    """How fast this run makes its `total` scenes, measured from its first scene, since Ray and Blender start once."""

    def __init__(self, total: int) -> None:
        self._total = total
        self._start: float | None = None

    def start(self) -> None:
        """Note that a worker has begun a scene; only the first call counts."""
        self._start = self._start or time.monotonic()

    def frames_per_second(self, totals: Totals) -> float:
        """Frames of this run a second; 0 before the first."""
        return totals.frames_so_far / self._spent if self._spent else 0.0

    def seconds_left(self, totals: Totals) -> float | None:
        """Seconds left at this pace; None before the first scene."""
        new = totals.done - totals.kept_scenes
        return self._spent / new * (self._total - totals.done) if new and self._spent else None

    @property
    def _spent(self) -> float:
        return time.monotonic() - self._start if self._start else 0.0
