"""Frames and pairs of a data set in the forms that the gallery shows; the last few are cached."""

from typing import Any

from encode import Frame, Pair
from shards.audit.record import scene_form_problems
from shards.errors import BadSample
from shards.frames import read_frame, read_scene
from shards.gallery.lru_cache import LruCache
from shards.gallery.response import NotFound
from shards.gallery.tar_index import TarIndex
from shards.layout import ShardIndex
from shards.pairs import read_pair_without_source, source_suffix

__all__ = ["SampleReader"]

#: Decoded frames are some ten megabytes each; a page asks for the same one several times at once.
_FRAMES, _PAIRS = 4, 8


class SampleReader:
    """Reads samples by two tar indices. Raises NotFound for unknown samples, BadSample for damaged ones."""

    def __init__(self, frames: TarIndex, pairs: TarIndex) -> None:
        self.frames = frames
        self.pairs = pairs
        self._frames = LruCache[tuple[ShardIndex, str], Frame](_FRAMES)
        self._pairs = LruCache[tuple[ShardIndex, str], Pair](_PAIRS)

    def frame(self, shard: ShardIndex, key: str) -> Frame:
        """A frame with its truth."""
        return self._frames.get((shard, key), lambda: read_frame(self.frames.sample(shard, key)))

    def scene(self, shard: ShardIndex, key: str) -> dict[str, Any]:
        """A frame's `scene.json`, its form checked."""
        scene = read_scene({"scene.json": self.frames.read(shard, key, "scene.json")})
        if problems := scene_form_problems(scene, objects=False):
            raise BadSample(f"frame {key}, scene.json: {problems[0]}")
        return scene

    def pair(self, shard: ShardIndex, key: str) -> Pair:
        """A pair without its source."""
        return self._pairs.get((shard, key), lambda: read_pair_without_source(key, self.pairs.sample(shard, key)))

    def frame_of(self, shard: ShardIndex, pair: Pair) -> Frame | None:
        """The frame that a pair was made of, from the shard of the same index; None where there is none."""
        try:
            return self.frame(shard, pair.meta.frame_key)
        except NotFound:
            return None

    def pairs_of(self, shard: ShardIndex, frame_key: str) -> list[str]:
        """Keys of the pairs that were made of a frame."""
        try:
            return self.pairs.keys(shard, f"{frame_key}-")
        except NotFound:
            return []

    def source(self, shard: ShardIndex, pair: Pair) -> tuple[str, bool]:
        """Which member holds the pair's source, and whether it equals the frame's image byte for byte."""
        suffix = source_suffix(pair.key, dict.fromkeys(self.pairs.suffixes(shard, pair.key), b""))
        try:
            image = self.frames.read(shard, pair.meta.frame_key, "image.png")
        except NotFound:
            return suffix, False
        return suffix, image == self.pairs.read(shard, pair.key, suffix)

    def forget(self) -> None:
        """Clear all caches."""
        self.frames.forget()
        self.pairs.forget()
        self._frames.clear()
        self._pairs.clear()
