"""What a worker tells the driver: small facts, never pixels."""

from collections import Counter
from dataclasses import dataclass, field

from verichrome.job.seconds import Seconds

__all__ = ["SceneReport", "ShardReport", "StorageFailed", "Trying"]


@dataclass(frozen=True, slots=True)
class Trying:
    """What the worker is at: `stage` is spool, render, encode or write; scene None is the whole shard."""

    scene: int | None
    attempt: int
    stage: str


@dataclass(frozen=True, slots=True)
class SceneReport:
    """A scene is finished: what came of it, or why it failed.

    pairs: by task. rejected: candidates and scenes turned down, by check. seconds: by stage. rendered: by this
    worker, not taken from the spool nor given up after earlier crashes. worn: the worker has rendered its share
    or grown too large, and begins no other scene.
    """

    scene: int
    frames: int = 0
    pairs: Counter[str] = field(default_factory=Counter)
    rejected: Counter[str] = field(default_factory=Counter)
    seconds: Seconds = field(default_factory=Seconds)
    failure: str = ""
    rendered: bool = True
    worn: bool = False


@dataclass(frozen=True, slots=True)
class ShardReport:
    """Both files of a shard, which holds the scenes from `start` up to but without `stop`, are committed."""

    start: int
    stop: int
    frames_bytes: int
    pairs_bytes: int
    write_seconds: float


@dataclass(frozen=True, slots=True)
class StorageFailed:
    """The store refuses to go on, and would refuse every worker; `reason` is a sentence without its full stop."""

    reason: str
