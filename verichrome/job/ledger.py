"""What a shard's receipts will say, gathered while the shard is made."""

from dataclasses import dataclass, field
from typing import Any

from pydantic import BaseModel, ConfigDict

from shards import FailureRow, FrameRow, PairRow, RejectionRow, SceneRow
from verichrome.job.seconds import Seconds

__all__ = ["Ledger", "SceneRecord"]


class SceneRecord(BaseModel):
    """What the frames receipt will say of one scene; `device` and `versions` as its frames report them."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    scene: SceneRow
    frames: tuple[FrameRow, ...] = ()
    rejections: tuple[RejectionRow, ...] = ()
    failures: tuple[FailureRow, ...] = ()
    device: str = ""
    versions: dict[str, str] = {}

    def failed_before(self, failures: tuple[FailureRow, ...]) -> "SceneRecord":
        """The same with these tries that broke, where they are not told already."""
        new = tuple(row for row in failures if row not in self.failures)
        return self.model_copy(update={"failures": self.failures + new})


@dataclass(slots=True)
class Ledger:
    """The rows of both receipts, in the order of the shard."""

    scenes: list[SceneRecord] = field(default_factory=list)
    pairs: list[PairRow] = field(default_factory=list)
    seconds: Seconds = field(default_factory=Seconds)

    def add(self, record: SceneRecord) -> None:
        """Take a scene, whose seconds are counted to the shard's."""
        self.scenes.append(record)
        self.seconds.add(record.scene.seconds)

    def frames_fields(self) -> dict[str, Any]:
        """Those fields of the frames receipt that its writer cannot know, but for the fingerprint."""
        last = next((record for record in reversed(self.scenes) if record.frames), None)
        return {
            "scenes": tuple(record.scene for record in self.scenes),
            "frames": tuple(row for record in self.scenes for row in record.frames),
            "rejections": tuple(row for record in self.scenes for row in record.rejections),
            "failures": tuple(row for record in self.scenes for row in record.failures),
            "seconds": dict(self.seconds),
            "device": last.device if last else "",
            "versions": last.versions if last else {},
        }
