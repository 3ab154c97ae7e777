"""What a shard's receipts will say, gathered while the shard is made."""

from dataclasses import dataclass, field
from typing import Any

from shards import FailureRow, FrameRow, PairRow, RejectionRow, SceneRow
from verichrome.job.seconds import Seconds

__all__ = ["Ledger"]


@dataclass(slots=True)
class Ledger:
    """The rows of both receipts, in the order of the shard; `device` and `versions` as the frames report them."""

    scenes: list[SceneRow] = field(default_factory=list)
    frames: list[FrameRow] = field(default_factory=list)
    pairs: list[PairRow] = field(default_factory=list)
    rejections: list[RejectionRow] = field(default_factory=list)
    failures: list[FailureRow] = field(default_factory=list)
    seconds: Seconds = field(default_factory=Seconds)
    device: str = ""
    versions: dict[str, str] = field(default_factory=dict)

    def frames_fields(self) -> dict[str, Any]:
        """Those fields of the frames receipt that its writer cannot know, but for the fingerprint."""
        return {
            "scenes": tuple(self.scenes),
            "frames": tuple(self.frames),
            "rejections": tuple(self.rejections),
            "failures": tuple(self.failures),
            "seconds": dict(self.seconds),
            "device": self.device,
            "versions": self.versions,
        }
