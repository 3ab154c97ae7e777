"""Running totals of a job and its pace: what the progress bar shows and the summary reports."""

import time
from collections import Counter, deque
from dataclasses import dataclass, field

from verichrome.driver.plan import CompleteShard
from verichrome.messages import SceneDone, ShardDone, StageSeconds

__all__ = ["Pace", "Totals"]

#: Failures told by name at the end; a job of a million scenes may have more than anybody wants to read.
TOLD = 5


@dataclass(slots=True)
class Totals:
    """Counts of this run, and in `kept_scenes` and `failed` of what stood there before, too.

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
    failures: deque[str] = field(default_factory=lambda: deque(maxlen=TOLD))
    _open: dict[int, SceneDone] = field(default_factory=dict)
    # Of the open scenes together: thousands may be open, and their sums are asked for at every report.
    _open_frames: int = 0
    _open_pairs: int = 0
    _open_rejected: int = 0

    def keep(self, shard: CompleteShard) -> None:
        """Count a shard that was there already."""
        self.kept_scenes += shard.scenes
        for row in shard.receipt.scenes if shard.receipt else ():
            if row.reason:
                self._fail(row.scene_index, row.reason)

    def scene(self, report: SceneDone) -> None:
        """Count a finished scene; it may come again when its shard is done again."""
        self._take(report.scene)
        self._open[report.scene] = report
        self._weigh(report, 1)

    def shard(self, report: ShardDone) -> None:
        """Count a committed shard, and for good the scenes in it."""
        self.bytes += report.frames_bytes + report.pairs_bytes
        self.seconds.add({"write": report.write_seconds})
        for scene in range(report.start, report.stop):
            self._settle(self._open[scene])
            self._take(scene)

    def retry(self, scenes: range) -> None:
        """Forget what a shard's broken try had reported."""
        self.retries += 1
        for scene in scenes:
            self._take(scene)

    @property
    def done(self) -> int:
        """Scenes that are settled or in an open shard, for the progress bar."""
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
        """Candidates turned down in this run, those of open shards too."""
        return self.rejected.total() + self._open_rejected

    def _take(self, scene: int) -> None:
        report = self._open.pop(scene, None)
        if report is not None:
            self._weigh(report, -1)

    def _weigh(self, report: SceneDone, sign: int) -> None:
        self._open_frames += sign * report.frames
        self._open_pairs += sign * report.pairs.total()
        self._open_rejected += sign * report.rejected.total()

    def _settle(self, report: SceneDone) -> None:
        self.scenes += 1
        self.spooled += not (report.rendered or report.failure)
        self.frames += report.frames
        self.pairs.update(report.pairs)
        self.rejected.update(report.rejected)
        self.seconds.add(report.seconds)
        if report.failure:
            self._fail(report.scene, report.failure)

    def _fail(self, scene: int, reason: str) -> None:
        self.failed += 1
        self.failures.append(f"scene {scene}: {reason}")


class Pace:
    """Measures from the first scene that a worker takes up, since Ray and Blender start once, to `total` scenes."""

    def __init__(self, total: int) -> None:
        self._total = total
        self._start: float | None = None

    def at_work(self) -> None:
        """A worker is at a scene; the first time counts."""
        self._start = self._start or time.monotonic()

    def frames_per_second(self, tally: Totals) -> float:
        """0 before the first frame."""
        return tally.frames_so_far / self._spent if self._spent else 0.0

    def seconds_left(self, tally: Totals) -> float | None:
        """None before the first scene."""
        fresh = tally.done - tally.kept_scenes
        return self._spent / fresh * (self._total - tally.done) if fresh and self._spent else None

    @property
    def _spent(self) -> float:
        return time.monotonic() - self._start if self._start else 0.0
