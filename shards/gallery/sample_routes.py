"""Addresses below one frame or one pair."""

from collections.abc import Callable
from typing import Any

from shards.gallery.answer import Answer, NotThere, json_answer
from shards.gallery.frame_page import frame_page
from shards.gallery.lru_cache import Recent
from shards.gallery.maps import map_answer
from shards.gallery.pair_page import pair_page, reading_of, verdict
from shards.gallery.pictures import thumbnail
from shards.gallery.reading import truth_of
from shards.gallery.samples import Samples
from shards.layout import ShardIndex

__all__ = ["SampleRoutes"]

#: Pictures for lists that are kept, some 15 kB each.
_THUMBNAILS = 2_000
_MEMBERS = {"png": "image/png", "jpg": "image/jpeg", "webp": "image/webp", "json": "application/json"}

Maker = Callable[[ShardIndex, str], Answer]


class SampleRoutes:
    """Answers by kind, shard, key and name. Raises NotThere and BadSample."""

    def __init__(self, samples: Samples) -> None:
        self._samples = samples
        self._thumbnails = Recent[tuple[str, ShardIndex, str], Answer](_THUMBNAILS)
        self._made: dict[tuple[str, str], Maker] = {
            ("frames", "thumb.webp"): self._frame_thumbnail,
            ("frames", "frame.json"): self._frame_page,
            **{
                ("frames", f"{name}.bin"): self._truth_map(name) for name in ("depth", "normal", "instance", "category")
            },
            ("pairs", "thumb.webp"): self._pair_thumbnail,
            ("pairs", "pair.json"): self._pair_page,
            ("pairs", "verdict.json"): self._verdict,
            ("pairs", "decoded.bin"): self._decoded,
            ("pairs", "expected.bin"): self._expected,
        }

    def get(self, kind: str, shard: ShardIndex, key: str, name: str) -> Answer:
        """What is made of the sample, or one of its members as it stands in the shard."""
        if (kind, name) in self._made:
            return self._made[kind, name](shard, key)
        shelf = self._samples.frames if kind == "frames" else self._samples.pairs
        ending = name.rpartition(".")[2]
        if ending not in _MEMBERS:
            raise NotThere(f"there is nothing called {name} below {key}")
        return Answer(shelf.read(shard, key, name), _MEMBERS[ending])

    def _frame_thumbnail(self, shard: ShardIndex, key: str) -> Answer:
        return self._thumbnails.get(
            ("frames", shard, key),
            lambda: thumbnail(self._samples.frames.read(shard, key, "image.png"), f"frame {key}, image.png", "photo"),
        )

    def _pair_thumbnail(self, shard: ShardIndex, key: str) -> Answer:
        return self._thumbnails.get(
            ("pairs", shard, key),
            lambda: thumbnail(self._samples.pairs.read(shard, key, "target.png"), f"pair {key}, target.png", "flat"),
        )

    def _frame_page(self, shard: ShardIndex, key: str) -> Answer:
        page = frame_page(self._samples.frame(shard, key), self._samples.scene(shard, key))
        return json_answer({**page, "shard": shard, "pairs": self._samples.pairs_of(shard, key)})

    def _truth_map(self, name: str) -> Maker:
        return lambda shard, key: map_answer(getattr(self._samples.frame(shard, key).truth, name))

    def _pair_page(self, shard: ShardIndex, key: str) -> Answer:
        pair = self._samples.pair(shard, key)
        suffix, same = self._samples.source(shard, pair)
        page: dict[str, Any] = {
            **pair_page(pair, self._samples.frame_of(shard, pair)),
            "shard": shard,
            "source": suffix,
            "source_is_image": same,
            "siblings": self._samples.pairs_of(shard, pair.meta.frame_key),
        }
        return json_answer(page)

    def _verdict(self, shard: ShardIndex, key: str) -> Answer:
        pair = self._samples.pair(shard, key)
        frame = self._samples.frame_of(shard, pair)
        if frame is None:
            raise NotThere(f"the frame of {key} is not here, so there is no truth to hold it against")
        return json_answer(verdict(pair, frame))

    def _decoded(self, shard: ShardIndex, key: str) -> Answer:
        reading, trouble = reading_of(self._samples.pair(shard, key))
        if reading is None:
            raise NotThere(f"{key} does not decode to a map{trouble and f': {trouble}'}")
        return map_answer(reading.values)

    def _expected(self, shard: ShardIndex, key: str) -> Answer:
        pair = self._samples.pair(shard, key)
        frame = self._samples.frame_of(shard, pair)
        truth = truth_of(frame, pair.meta) if frame is not None else None
        if truth is None:
            raise NotThere(f"what {key} should decode to is not known here")
        return map_answer(truth.values)
