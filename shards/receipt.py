"""The receipt of a committed shard: its size, its hash, and one row for everything in it or left out of it.

Whatever varies from run to run (seconds, device, retries) is recorded here and never in a shard.
"""

import hashlib
import math
from collections.abc import Mapping
from typing import Annotated, Self

import numpy as np
from jaxtyping import Float
from pydantic import BaseModel, ConfigDict, Field

from encode import Frame, Pair, SceneIndex, ViewIndex
from encode.frame_ids import category_index, instance_index
from encode.reading.limits import MOST_SIDE
from shards.layout import Kind, ShardIndex

__all__ = ["STAGES", "FailureRow", "FrameRow", "PairRow", "Receipt", "RejectionRow", "SceneRow"]

#: The stages of which receipts hold seconds, in the order in which a worker goes through them.
STAGES = ("sample", "build", "physics", "checks", "truth", "image", "photo", "compress", "encode", "write", "rejected")

# The manifest's columns hold 32 or 64 bits.
_Count = Annotated[int, Field(ge=0, lt=2**31)]
_Shard = Annotated[ShardIndex, Field(ge=0, lt=2**31)]
_Scene = Annotated[SceneIndex, Field(ge=0, lt=2**63)]
_View = Annotated[ViewIndex, Field(ge=0, lt=2**31)]
_Large = Annotated[int, Field(ge=0, lt=2**63)]
_Side = Annotated[int, Field(ge=0, le=MOST_SIDE)]
_Share = Annotated[float, Field(ge=0, le=1)]
_Sha256 = Annotated[str, Field(pattern="^[0-9a-f]{64}$")]
_Crc32 = Annotated[str, Field(pattern="^([0-9a-f]{8})?$")]
_Seconds = Annotated[dict[str, Annotated[float, Field(ge=0)]], Field(max_length=1000)]


class _ReceiptRow(BaseModel):
    model_config = ConfigDict(frozen=True, extra="forbid", allow_inf_nan=False)


class SceneRow(_ReceiptRow):
    """One scene: `attempts` samplings were tried, it holds `objects`; `reason` is why it failed, or empty."""

    scene_index: _Scene
    family: str
    attempts: _Count
    objects: _Count
    seconds: _Seconds = {}
    reason: str = Field(default="", description='why it failed, or `""`')


class FrameRow(_ReceiptRow):
    """One view, with figures that need no look at its pixels.

    Depths are metres over the pixels that have a surface, None when none has; shares are of all pixels.
    """

    key: str
    scene_index: _Scene
    view: _View
    shard: _Shard
    width: _Side
    height: _Side
    categories: _Count
    objects_visible: _Count
    depth_min: float | None
    depth_median: float | None
    depth_max: float | None = Field(description="depths in metres, null without a surface")
    share_no_surface: _Share
    share_labelled: _Share
    seconds: _Seconds = {}

    @classmethod
    def measure(
        cls,
        frame: Frame,
        *,
        scene_index: SceneIndex,
        view: ViewIndex,
        shard: ShardIndex,
        seconds: Mapping[str, float] | None = None,
    ) -> Self:
        """Measure the frame's truth; depths are metres, shares are of all pixels."""
        truth = frame.truth
        height, width = truth.shape
        finite = truth.depth[np.isfinite(truth.depth)]
        seen = bool(finite.size)
        return cls(
            key=frame.key,
            scene_index=scene_index,
            view=view,
            shard=shard,
            width=width,
            height=height,
            categories=int(np.count_nonzero(category_index(frame).ids)),
            objects_visible=int(np.count_nonzero(instance_index(frame).ids)),
            depth_min=float(finite.min()) if seen else None,
            depth_median=_median(finite) if seen else None,
            depth_max=float(finite.max()) if seen else None,
            share_no_surface=1 - finite.size / math.prod(truth.shape),
            share_labelled=float(np.count_nonzero(truth.category) / math.prod(truth.shape)),
            seconds=dict(seconds or {}),
        )


def _median(values: Float[np.ndarray, " n"]) -> float:
    """np.median of numbers, which takes three times as long since it looks for NaN."""
    middle = len(values) // 2
    if len(values) % 2:
        return float(np.partition(values, middle)[middle])
    return float(np.mean(np.partition(values, (middle - 1, middle))[middle - 1 : middle + 1]))


class PairRow(_ReceiptRow):
    """One training sample; `target_sha256` is of the file `target.png`."""

    key: str
    frame_key: str
    task: str
    codec: str
    template: str
    split: str
    shard: _Shard
    target_sha256: _Sha256

    @classmethod
    def of(cls, pair: Pair, members: Mapping[str, bytes], *, shard: ShardIndex) -> Self:
        """Take every field from the pair and from its members as `pair_members` made them."""
        return cls(
            key=pair.key,
            frame_key=pair.meta.frame_key,
            task=pair.meta.task,
            codec=pair.meta.codec,
            template=pair.meta.template,
            split=pair.meta.split,
            shard=shard,
            target_sha256=hashlib.sha256(members["target.png"]).hexdigest(),
        )


class RejectionRow(_ReceiptRow):
    """A candidate that a check turned down; `view` is -1 when the whole scene was."""

    scene_index: _Scene
    attempt: _Count
    view: Annotated[int, Field(ge=-1, lt=2**31, description="-1: the whole scene")]
    candidate: Annotated[int, Field(ge=-(2**31), lt=2**31)]
    check: str
    reason: str


class FailureRow(_ReceiptRow):
    """A try that crashed, hung or raised; `fatal` when it was the last, so that the scene is missing.

    `log` has the last lines that its Blender printed, empty if its machine was lost.
    """

    scene_index: _Scene
    attempt: _Count
    stage: str
    reason: str
    fatal: bool = Field(description="true: the scene is missing")
    log: str = Field(default="", description='the last lines that the process printed, or `""`')


class Receipt(_ReceiptRow):
    """Proof that a shard is complete: written last, so a shard counts as committed exactly when its receipt is there.

    Frames receipts carry scenes, frames, rejections and failures; pairs receipts carry pairs, in the shard's order.
    `seconds` is the wall time by stage over the whole shard.
    """

    kind: Kind = Field(description="`frames` or `pairs`")
    index: _Shard = Field(description="the shard's number")
    file: str = Field(description="its path in the folder")
    bytes: _Large = Field(description="of the tar file")
    sha256: _Sha256 = Field(description="of the tar file")
    crc32: _Crc32 = Field(
        default="", description='of the tar file, which readers check; `""` in data of earlier versions'
    )
    samples: _Large = Field(description="how many it holds")
    fingerprint: str = Field(description="of the configuration that made it")
    versions: Annotated[dict[str, str], Field(max_length=1000, description="of packages")] = {}
    device: str = Field(default="", description="what Cycles rendered on")
    seconds: _Seconds = Field(
        default={},
        description=f"wall time by stage ({', '.join(f'`{stage}`' for stage in STAGES)})",
    )
    scenes: tuple[SceneRow, ...] = Field(default=(), description="frames only; per scene")
    frames: tuple[FrameRow, ...] = Field(default=(), description="frames only; per view")
    pairs: tuple[PairRow, ...] = Field(default=(), description="pairs only; per sample")
    rejections: tuple[RejectionRow, ...] = Field(default=(), description="candidates that a check turned down:")
    failures: tuple[FailureRow, ...] = Field(
        default=(),
        description="tries that crashed, hung or raised, and spooled scenes that were discarded (stage `spool`):",
    )

    @property
    def complete_scenes(self) -> int:
        """How many scenes did not fail."""
        return sum(not row.reason for row in self.scenes)

    @property
    def keys(self) -> tuple[str, ...]:
        """Keys of the samples in the shard, in order."""
        return tuple(row.key for row in (self.frames if self.kind == "frames" else self.pairs))

    def to_json(self) -> str:
        """Return the text that it is stored as; `model_validate_json` reads it back."""
        return self.model_dump_json(indent=1) + "\n"
