"""What the driver and its workers exchange: work items one way, messages the other; counts, never pixels."""

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace

from encode import SceneIndex
from shards import SceneRow, ShardIndex

__all__ = [
    "CompleteShard",
    "Crash",
    "SceneDone",
    "ShardDone",
    "StageSeconds",
    "StageStarted",
    "StorageFailed",
    "WorkItem",
]


class StageSeconds(dict[str, float]):
    """Wall time in seconds by stage, which adds up."""

    def add(self, more: Mapping[str, float]) -> None:
        """Add each stage of `more`."""
        for stage, seconds in more.items():
            self[stage] = self.get(stage, 0.0) + seconds


@dataclass(frozen=True, slots=True)
class Crash:
    """An attempt that ended its process: at which scene (None: before or between scenes), sampling attempt and stage.

    `log` has the last lines that the process printed.
    """

    scene: SceneIndex | None
    attempt: int
    stage: str
    reason: str
    log: str = ""


@dataclass(frozen=True, slots=True)
class WorkItem:
    """Make the shard `index`, which holds the scenes from `start` up to but without `stop`.

    `crashes` are those of earlier workers at this shard.
    """

    index: ShardIndex
    start: SceneIndex
    stop: SceneIndex
    crashes: tuple[Crash, ...] = ()

    @property
    def scenes(self) -> Sequence[SceneIndex]:
        """Indices of the scenes, in order."""
        return [SceneIndex(scene) for scene in range(self.start, self.stop)]

    def after(self, crash: Crash) -> "WorkItem":
        """The same work with one more crash on record."""
        return replace(self, crashes=(*self.crashes, crash))

    def crashes_of(self, scene: SceneIndex | None) -> tuple[Crash, ...]:
        """The crashes at `scene`; None: before or between scenes."""
        return tuple(crash for crash in self.crashes if crash.scene == scene)


@dataclass(frozen=True, slots=True)
class StageStarted:
    """The worker's current step: `stage` is spool, render, encode or write; scene None is the whole shard."""

    scene: SceneIndex | None
    attempt: int
    stage: str


@dataclass(frozen=True, slots=True)
class SceneDone:
    """A scene is finished: its result, or why it failed.

    pairs: by task. rejected: camera candidates and scenes that checks rejected, by check. seconds: by stage. profile:
    seconds by part of a stage, where the job asks for them. rendered:
    by this worker, not read from the spool or given up after earlier crashes. last: the worker is to be recycled,
    since it has rendered its share or has grown too large, and begins no other scene.
    """

    scene: SceneIndex
    frames: int = 0
    pairs: Counter[str] = field(default_factory=Counter)
    rejected: Counter[str] = field(default_factory=Counter)
    seconds: StageSeconds = field(default_factory=StageSeconds)
    failure: str = ""
    rendered: bool = True
    last: bool = False
    profile: Mapping[str, float] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class ShardDone:
    """Both files of a shard, which holds the scenes from `start` up to but without `stop`, are committed."""

    start: SceneIndex
    stop: SceneIndex
    frames_bytes: int
    pairs_bytes: int
    write_seconds: float


@dataclass(frozen=True, slots=True)
class CompleteShard:
    """The shard of `item` is complete in the store, and kept. It has `scenes` scenes, of which `failed` gave no frames.

    An earlier job has made it; or, while this job ran, a worker did whose driver or machine was then lost.
    """

    item: WorkItem
    scenes: int
    failed: tuple[SceneRow, ...] = ()


@dataclass(frozen=True, slots=True)
class StorageFailed:
    """The store refuses, and would refuse every worker; `reason` is a sentence without its full stop."""

    reason: str
