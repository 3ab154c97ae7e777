"""The unit of work: one shard's fixed range of scenes, and what it met on earlier tries."""

from dataclasses import dataclass, replace

__all__ = ["Crash", "ShardTask"]


@dataclass(frozen=True, slots=True)
class Crash:
    """A try that ended its process: at which scene (None: before or between scenes), sampling attempt and stage.

    `log` has the last lines that the process printed.
    """

    scene: int | None
    attempt: int
    stage: str
    reason: str
    log: str = ""


@dataclass(frozen=True, slots=True)
class ShardTask:
    """Make shard `index`, which holds the scenes from `start` up to but without `stop`."""

    index: int
    start: int
    stop: int
    crashes: tuple[Crash, ...] = ()

    @property
    def scenes(self) -> range:
        """Indices of the scenes."""
        return range(self.start, self.stop)

    def after(self, crash: Crash) -> "ShardTask":
        """The same work with one more crash on record."""
        return replace(self, crashes=(*self.crashes, crash))

    def crashes_of(self, scene: int | None) -> tuple[Crash, ...]:
        """The crashes that `scene` met."""
        return tuple(crash for crash in self.crashes if crash.scene == scene)
