"""Which scenes a loader reads: those for training, or those held out."""

import re
from dataclasses import dataclass
from typing import Literal

from shards.errors import BadSample
from shards.torch.chance import drawn_share

__all__ = ["SceneSplit"]

_FRAME_KEY = re.compile(r"s(\d+)-v\d+")


@dataclass(frozen=True, slots=True)
class SceneSplit:
    """Scenes by their index alone, so that a data set that grows moves no scene from one part to the other.

    part: `train`, `heldout` or `all`. heldout_share: a scene is held out where the SHA-256 of its index, as a share of
    all hashes, is below this. indices: the only scenes to take, a half-open range; None for all.
    """

    part: Literal["train", "heldout", "all"] = "all"
    heldout_share: float = 0.02
    indices: range | None = None

    def __contains__(self, frame_key: str) -> bool:
        """Return whether the scene of a frame (`s0000012-v01`) is taken; raises BadSample for another name."""
        match = _FRAME_KEY.fullmatch(frame_key)
        if match is None:
            raise BadSample(f"frame key: expected a name like s0000012-v01, got {frame_key[:80]!r}")
        scene = int(match[1])
        if self.indices is not None and scene not in self.indices:
            return False
        heldout = drawn_share("held-out scene", scene) < self.heldout_share
        return self.part == "all" or heldout == (self.part == "heldout")
