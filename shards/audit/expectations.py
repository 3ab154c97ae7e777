"""What a data set must hold by its configuration. `shards` knows no configuration: the caller fills this in."""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any

from encode import ExtraMember, Frame, PairShares, SceneIndex
from encode.formulas.lens import LensModel
from shards.layout import ShardIndex

__all__ = ["Expectations", "FrameExpectations", "PairExpectations", "SceneRule"]

#: Yields what is wrong with a frame's scene.json, given the frame and the parsed file.
SceneRule = Callable[[Frame, Mapping[str, Any]], Iterator[str]]


@dataclass(frozen=True, slots=True)
class FrameExpectations:
    """What every frame and every receipt of frames must be.

    scenes: the least number of scenes; a folder may hold more, from a job that asked for more.
    family: the family of a scene, by its index.
    width, height: pixels. views: of each scene.
    render: what `render` of scene.json must hold, as far as the configuration decides it. lenses: the models that a
    view may have. blurs: the records of blur that each image has.
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
    surface: bool
    shading: bool = False
    render: Mapping[str, Any] = field(default_factory=dict)
    lenses: tuple[LensModel, ...] = ("pinhole",)
    blurs: tuple[str, ...] = ()

    def scenes_of(self, shard: ShardIndex) -> range:
        """Indices of the scenes that the shard may hold."""
        return range(shard * self.scenes_per_shard, (shard + 1) * self.scenes_per_shard)

    @property
    def shards(self) -> int:
        """The least number of shards."""
        return -(-self.scenes // self.scenes_per_shard)


@dataclass(frozen=True, slots=True)
class PairExpectations:
    """What pairs there must be of each frame.

    fingerprint: None if that of the frames is not known. source: the member that holds the source image.
    versions: of the packages that decide the draws, as installed here. extra_members: those that every pair has, None
    if that is not known, since a task does not load.
    """

    fingerprint: str | None
    tasks: tuple[str, ...]
    prompts_per_task: int
    seed: int
    split: str
    source: str
    shares: PairShares = field(default_factory=PairShares)
    versions: Mapping[str, str] = field(default_factory=dict)
    extra_members: frozenset[ExtraMember] | None = None


@dataclass(frozen=True, slots=True)
class Expectations:
    """What a data set must hold; None is not known and not checked. `scene_rules` are checks of scene.json by name."""

    frames: FrameExpectations | None = None
    pairs: PairExpectations | None = None
    scene_rules: Mapping[str, SceneRule] = field(default_factory=dict)
