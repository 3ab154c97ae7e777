"""Addresses below one frame or one pair."""

from collections.abc import Callable
from typing import Any

from encode.shading.codec import encode_shading
from shards.gallery.answer_page import answer_scores, answered_pair, describe_answer
from shards.gallery.answer_source import AnswerSource
from shards.gallery.frame_page import describe_frame
from shards.gallery.lru_cache import LruCache
from shards.gallery.maps import map_response
from shards.gallery.pair_page import decoded_or_reason, describe_pair, expected_or_none, verdict
from shards.gallery.response import NotFound, Response, json_response
from shards.gallery.sample_reader import SampleReader
from shards.gallery.thumbnails import thumbnail
from shards.images import encode_image
from shards.layout import ShardIndex

__all__ = ["SampleRoutes"]

#: Thumbnails that are cached, about 15 kB each.
_THUMBNAILS = 2_000
_MEMBERS = {"png": "image/png", "jpg": "image/jpeg", "webp": "image/webp", "json": "application/json"}

Maker = Callable[[ShardIndex, str], Response]


class SampleRoutes:
    """Answers by kind, shard, key and name. Raises NotFound and BadSample."""

    def __init__(self, samples: SampleReader, answers: AnswerSource | None = None) -> None:
        self._samples = samples
        self._answers = answers
        self._thumbnails = LruCache[tuple[str, ShardIndex, str], Response](_THUMBNAILS)
        self._made: dict[tuple[str, str], Maker] = {
            ("frames", "thumb.webp"): self._frame_thumbnail,
            ("frames", "frame.json"): self._frame_page,
            **{
                ("frames", f"{name}.bin"): self._truth_map(name) for name in ("depth", "normal", "instance", "category")
            },
            **{("frames", f"{name}.bin"): self._surface_map(name) for name in ("part", "material")},
            ("frames", "shading.png"): self._shading,
            ("pairs", "thumb.webp"): self._pair_thumbnail,
            ("pairs", "pair.json"): self._pair_page,
            ("pairs", "verdict.json"): self._verdict,
            ("pairs", "decoded.bin"): self._decoded,
            ("pairs", "expected.bin"): self._expected,
            ("pairs", "answer.png"): self._answer_picture,
            ("pairs", "answer.bin"): self._answer_map,
            ("pairs", "answer.json"): self._answer_scores,
        }

    def get(self, kind: str, shard: ShardIndex, key: str, name: str) -> Response:
        """What is made of the sample, or one of its members as stored in the shard."""
        if (kind, name) in self._made:
            return self._made[kind, name](shard, key)
        tar_index = self._samples.frames if kind == "frames" else self._samples.pairs
        ending = name.rpartition(".")[2]
        if ending not in _MEMBERS:
            raise NotFound(f"there is nothing called {name} below {key}")
        return Response(tar_index.read(shard, key, name), _MEMBERS[ending])

    def _frame_thumbnail(self, shard: ShardIndex, key: str) -> Response:
        return self._thumbnails.get(
            ("frames", shard, key),
            lambda: thumbnail(self._samples.frames.read(shard, key, "image.png"), f"frame {key}, image.png", "photo"),
        )

    def _pair_thumbnail(self, shard: ShardIndex, key: str) -> Response:
        return self._thumbnails.get(
            ("pairs", shard, key),
            lambda: thumbnail(self._samples.pairs.read(shard, key, "target.png"), f"pair {key}, target.png", "flat"),
        )

    def _frame_page(self, shard: ShardIndex, key: str) -> Response:
        page = describe_frame(self._samples.frame(shard, key), self._samples.scene(shard, key))
        return json_response({**page, "shard": shard, "pairs": self._samples.pairs_of(shard, key)})

    def _truth_map(self, name: str) -> Maker:
        return lambda shard, key: map_response(getattr(self._samples.frame(shard, key).truth, name))

    def _surface_map(self, name: str) -> Maker:
        def make(shard: ShardIndex, key: str) -> Response:
            surface = self._samples.frame(shard, key).surface
            if surface is None:
                raise NotFound(f"the frame {key} keeps no parts and materials")
            return map_response(getattr(surface, name))

        return make

    def _shading(self, shard: ShardIndex, key: str) -> Response:
        shading = self._samples.frame(shard, key).shading
        if shading is None:
            raise NotFound(f"the frame {key} keeps no shading")
        return Response(encode_image(encode_shading(shading.shading)), "image/png")

    def _pair_page(self, shard: ShardIndex, key: str) -> Response:
        pair = self._samples.pair(shard, key)
        suffix, same = self._samples.source(shard, pair)
        page: dict[str, Any] = {
            **describe_pair(pair, self._samples.frame_of(shard, pair)),
            "shard": shard,
            "source": suffix,
            "source_is_image": same,
            "siblings": self._samples.pairs_of(shard, pair.meta.frame_key),
            "answer": describe_answer(self._answers, pair),
        }
        return json_response(page)

    def _verdict(self, shard: ShardIndex, key: str) -> Response:
        pair = self._samples.pair(shard, key)
        frame = self._samples.frame_of(shard, pair)
        if frame is None:
            raise NotFound(f"the frame of {key} is not here, so its truth is unknown")
        return json_response(verdict(pair, frame))

    def _decoded(self, shard: ShardIndex, key: str) -> Response:
        decoded, reason = decoded_or_reason(self._samples.pair(shard, key))
        if decoded is None:
            raise NotFound(f"{key} does not decode to a map{reason and f': {reason}'}")
        return map_response(decoded.values)

    def _expected(self, shard: ShardIndex, key: str) -> Response:
        pair = self._samples.pair(shard, key)
        frame = self._samples.frame_of(shard, pair)
        truth = expected_or_none(pair, frame)
        if truth is None:
            raise NotFound(f"what {key} should decode to is not known here")
        return map_response(truth.values)

    def _answer_picture(self, shard: ShardIndex, key: str) -> Response:
        return Response(encode_image(answered_pair(self._answers, self._samples.pair(shard, key)).target), "image/png")

    def _answer_map(self, shard: ShardIndex, key: str) -> Response:
        decoded, reason = decoded_or_reason(answered_pair(self._answers, self._samples.pair(shard, key)))
        if decoded is None:
            raise NotFound(f"the answer to {key} does not decode to a map{reason and f': {reason}'}")
        return map_response(decoded.values)

    def _answer_scores(self, shard: ShardIndex, key: str) -> Response:
        pair = self._samples.pair(shard, key)
        return json_response(answer_scores(self._answers, pair, self._samples.frame_of(shard, pair)))
