"""Running totals of a job: what the progress bar shows and the summary tells."""

from collections import Counter, deque
from dataclasses import dataclass, field

from verichrome.job.plan import Kept
from verichrome.job.reports import SceneReport, ShardReport
from verichrome.job.seconds import Seconds

__all__ = ["Tally"]

#: Failures told by name at the end; a job of a million scenes may have more than anybody wants to read.
TOLD = 5


@dataclass(slots=True)
class Tally:
    """Counts of this run, and in `kept_scenes` and `failed` of what stood there before, too.

    `spooled` are those scenes of `scenes` that an earlier run, or a worker that died, had rendered.
    """

    scenes: int = 0
    spooled: int = 0
    kept_scenes: int = 0
    frames: int = 0
    pairs: Counter[str] = field(default_factory=Counter)
    rejected: Counter[str] = field(default_factory=Counter)
    seconds: Seconds = field(default_factory=Seconds)
    retries: int = 0
    bytes: int = 0
    failed: int = 0
    failures: deque[str] = field(default_factory=lambda: deque(maxlen=TOLD))
    _open: dict[int, SceneReport] = field(default_factory=dict)
    # Of the open scenes together: thousands may be open, and their sums are asked for at every report.
    _open_frames: int = 0
    _open_pairs: int = 0
    _open_rejected: int = 0

    def keep(self, shard: Kept) -> None:
        """Count a shard that was there already."""
        self.kept_scenes += shard.scenes
        for row in shard.receipt.scenes if shard.receipt else ():
            if row.reason:
                self._fail(row.scene_index, row.reason)

    def scene(self, report: SceneReport) -> None:
        """Count a finished scene; it may come again when its shard is done again."""
        self._take(report.scene)
        self._open[report.scene] = report
        self._weigh(report, 1)

    def shard(self, report: ShardReport) -> None:
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

    def _weigh(self, report: SceneReport, sign: int) -> None:
        self._open_frames += sign * report.frames
        self._open_pairs += sign * report.pairs.total()
        self._open_rejected += sign * report.rejected.total()

    def _settle(self, report: SceneReport) -> None:
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
