"""What a data set must hold by its configuration. `shards` knows no configuration: the caller fills this in."""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any

from encode import Frame, SceneIndex
from shards.layout import ShardIndex

__all__ = ["Expectations", "FrameExpectations", "PairExpectations", "SceneRule"]

#: Yields what is wrong with a frame's scene.json, given the frame and the parsed file.
SceneRule = Callable[[Frame, Mapping[str, Any]], Iterator[str]]


@dataclass(frozen=True, slots=True)
class FrameExpectations:
    """What every frame and every receipt of frames must be.

    scenes: how many there must be at least; a folder may hold more, made when more were asked for.
    family: of the scene with this number.
    render: what `render` of scene.json must hold, as far as it is known beforehand.
    """

    fingerprint: str
    family: Callable[[SceneIndex], str]
    seed: int
    width: int
    height: int
    scenes: int
    views: int
    scenes_per_shard: int
    albedo: bool
    render: Mapping[str, Any] = field(default_factory=dict)

    def scenes_of(self, shard: ShardIndex) -> range:
        """Scenes that the shard may hold."""
        return range(shard * self.scenes_per_shard, (shard + 1) * self.scenes_per_shard)

    @property
    def shards(self) -> int:
        """How many shards there must be at least."""
        return -(-self.scenes // self.scenes_per_shard)


@dataclass(frozen=True, slots=True)
class PairExpectations:
    """What pairs are made of each frame.

    source: the member that holds the source image. fingerprint: None where the frames' own is not known.
    versions: of what decides the draws, as installed here: pairs of other versions may have been drawn otherwise.
    """

    fingerprint: str | None
    tasks: tuple[str, ...]
    prompts_per_task: int
    seed: int
    split: str
    source: str
    versions: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Expectations:
    """What is known of a data set beforehand; None is not known and not checked."""

    frames: FrameExpectations | None = None
    pairs: PairExpectations | None = None
    scene_rules: Mapping[str, SceneRule] = field(default_factory=dict)
