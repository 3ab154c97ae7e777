"""A finished scene, just rendered or read from the spool, as it is written to both shards."""

import time
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Any

from pydantic import BaseModel, ConfigDict

from encode import EncodeError, SceneFileError, ViewIndex
from encode.frame import Frame, frame_key, scene_document
from shards import (
    BadSample,
    FailureRow,
    FrameRow,
    PairRow,
    RejectionRow,
    SceneRow,
    ShardIndex,
    frame_members,
    member_names,
    read_frame,
)
from verichrome.config import Config
from verichrome.encoding import EncodedPair, encode_frame
from verichrome.messages import StageSeconds
from verichrome.versions import installed

__all__ = [
    "EncodedView",
    "FinishedScene",
    "Members",
    "SceneRecord",
    "ShardRecord",
    "encode_view",
    "restore_scene",
]

#: The files of one frame by suffix.
Members = Mapping[str, bytes]


class SceneRecord(BaseModel):
    """The rows of one scene in the frames receipt; `device` and `versions` as its frames have them."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    scene: SceneRow
    frames: tuple[FrameRow, ...] = ()
    rejections: tuple[RejectionRow, ...] = ()
    failures: tuple[FailureRow, ...] = ()
    device: str = ""
    versions: dict[str, str] = {}

    def failed_before(self, failures: tuple[FailureRow, ...]) -> "SceneRecord":
        """The same with these attempts that crashed, where they are not recorded already."""
        new = tuple(row for row in failures if row not in self.failures)
        return self.model_copy(update={"failures": self.failures + new})


@dataclass(slots=True)
class ShardRecord:
    """The rows of both receipts, in the order of the shard."""

    scenes: list[SceneRecord] = field(default_factory=list)
    pairs: list[PairRow] = field(default_factory=list)
    seconds: StageSeconds = field(default_factory=StageSeconds)

    def add(self, record: SceneRecord) -> None:
        """Add a scene, and its seconds to those of the shard."""
        self.scenes.append(record)
        self.seconds.add(record.scene.seconds)

    def frames_fields(self) -> dict[str, Any]:
        """The fields of the frames receipt that its writer cannot know, except the fingerprint."""
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


@dataclass(frozen=True, slots=True)
class EncodedView:
    """The members and row of a frame, its pairs, and what it was rendered on and with."""

    members: Members
    pairs: list[EncodedPair]
    row: FrameRow
    device: str
    versions: dict[str, str]


@dataclass(frozen=True, slots=True)
class FinishedScene:
    """A scene's record, the members of its frames, and their pairs; no frames and pairs where it failed.

    profile: of its frames, where the job asks for it and the scene was just rendered.
    """

    record: SceneRecord
    frames: Sequence[Members] = ()
    pairs: Sequence[list[EncodedPair]] = ()
    profile: Mapping[str, float] = field(default_factory=dict)

    def with_record(self, record: SceneRecord) -> "FinishedScene":
        """The same scene with another record."""
        return replace(self, record=record)


def encode_view(
    frame: Frame, seconds: Mapping[str, float], config: Config, fingerprint: str, shard: ShardIndex
) -> EncodedView:
    """A frame that was just rendered in `seconds` by stage; `fingerprint` is that of the frames.

    Raises SceneFileError where the frame does not name its scene.
    """
    if frame.origin is None:
        raise SceneFileError(f"frame {frame.key}", "an origin", "none")
    versions = {**frame.origin.versions, "verichrome": installed("verichrome")}
    origin = replace(frame.origin, fingerprint=fingerprint, versions=versions)
    frame = replace(frame, origin=origin)
    start = time.perf_counter()
    members = frame_members(frame.image, frame.truth, scene_document(frame), frame.albedo, frame.surface, frame.shading)
    compressed = time.perf_counter()
    pairs = encode_frame(frame, members["image.png"], config, shard)
    stages = {**seconds, "compress": compressed - start, "encode": time.perf_counter() - compressed}
    row = FrameRow.measure(frame, scene_index=origin.scene_index, view=origin.view_index, shard=shard, seconds=stages)
    return EncodedView(members, pairs, row, origin.render["device"], versions)


def restore_scene(record: SceneRecord, members: Sequence[Members], config: Config) -> FinishedScene:
    """A scene that was rendered earlier; its pairs are made again, the same as before.

    Raises BadSample where its frames contradict its rows or the configuration, or where no pair can be made of
    them.
    """
    scene, wanted = record.scene.scene_index, 0 if record.scene.reason else config.scenes.views
    if not len(members) == len(record.frames) == wanted:
        raise BadSample(f"it has {len(members)} frames and {len(record.frames)} rows of {wanted} views")
    for view, row in enumerate(record.frames):
        if (row.scene_index, row.view, row.key) != (scene, view, frame_key(scene, ViewIndex(view))):
            raise BadSample(f"its row {view} is that of {row.key[:80]}")
    try:
        pairs = [_restored(frame, row, config) for frame, row in zip(members, record.frames, strict=True)]
    except EncodeError as error:
        raise BadSample(str(error)) from error
    return FinishedScene(record, members, pairs)


def _restored(members: Members, row: FrameRow, config: Config) -> list[EncodedPair]:
    frame = read_frame(members, (config.render.resolution.height, config.render.resolution.width))
    measured = FrameRow.measure(frame, scene_index=row.scene_index, view=row.view, shard=row.shard, seconds=row.seconds)
    if measured != row:
        raise BadSample(f"its row of {row.key} is not what the frame shows")
    render = config.render
    if set(members) != member_names(albedo=render.albedo, surface=render.surface, shading=render.shading):
        raise BadSample(f"the frame {row.key} has the members {', '.join(sorted(members))[:200]}")
    return encode_frame(frame, members["image.png"], config, row.shard)
