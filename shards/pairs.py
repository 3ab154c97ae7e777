"""One training sample as the members of a sample, and back."""

import json
from collections.abc import Collection, Mapping
from dataclasses import dataclass
from functools import lru_cache

import numpy as np
from jaxtyping import UInt8

from encode import EXTRA_MEMBERS, EncodeError, ExtraMember, Pair, PairMeta
from encode.declared_members import undeclared_members
from encode.reading.json_text import read_json
from encode.reading.limits import MOST_PROMPT
from encode.reading.short_text import short_repr
from shards.errors import BadSample
from shards.images import SourceFormat, decode_image, encode_image

__all__ = [
    "StoredPair",
    "pair_members",
    "read_answer",
    "read_meta_and_prompt",
    "read_pair",
    "read_pair_without_source",
    "read_source2",
    "source_suffix",
    "stored_extra_members",
]

_MOST_META_BYTES = 1 << 20
_SOURCES = ("source.png", "source.jpg", "source.webp")


@dataclass(frozen=True, slots=True)
class StoredPair:
    """A pair together with the source image that is stored with it in the shard."""

    pair: Pair
    source: UInt8[np.ndarray, "h w 3"]


def pair_members(
    pair: Pair,
    image: UInt8[np.ndarray, "h w 3"] | bytes,
    source_format: SourceFormat = "png",
    quality: int = 95,
    extra_members: Collection[ExtraMember] = (),
) -> dict[str, bytes]:
    """Return `source.png` (or `.jpg`, `.webp`), `target.png`, `prompt.txt` and `meta.json`, reproducible to the byte.

    `extra_members` are those that every sample of the data set has (`encode.extra_members` of its tasks): empty, or
    all black, where this pair has none.

    `image` is the view's image, or the bytes of a file already in `source_format`: all pairs of a view share one
    source, and encoding it once for all of them is most of this function's time. Raises BadSample.
    """
    if isinstance(image, bytes):
        source = image
    elif image.shape == pair.target.shape:
        source = encode_image(image, source_format, quality)
    else:
        raise BadSample(f"pair {pair.key}: source {image.shape} and target {pair.target.shape} must have one shape")
    for member in undeclared_members(frozenset(extra_members), pair.answer, pair.source2):
        raise BadSample(f"pair {pair.key}: expected {member} among the data set's extra members, since it has one")
    meta = json.dumps(pair.meta.to_json(), sort_keys=True, separators=(",", ":"), allow_nan=False, ensure_ascii=False)
    return {
        f"source.{source_format}": source,
        "target.png": encode_image(pair.target),
        "prompt.txt": pair.prompt.encode(),
        "meta.json": meta.encode(),
        **{member: _extra_content(pair, member) for member in sorted(extra_members)},
    }


def read_pair(key: str, members: Mapping[str, bytes]) -> StoredPair:
    """Return what `pair_members` was given, the source as its format kept it; raises BadSample."""
    suffix = source_suffix(key, members)
    pair = read_pair_without_source(key, members)
    return StoredPair(pair, decode_image(members[suffix], f"pair {key}, {suffix}", pair.meta.shape))


def read_pair_without_source(key: str, members: Mapping[str, bytes], shape: tuple[int, int] | None = None) -> Pair:
    """Return the pair without decoding its source image; raises BadSample.

    shape: (height, width) of its frame. meta.json's is compared with it, and the target's with meta.json's.
    """
    where = f"pair {key}"
    meta, prompt = read_meta_and_prompt(key, members)
    if shape is not None and meta.shape != shape:
        raise BadSample(f"{where}, meta.json: expected the frame's height and width {shape}, got {meta.shape}")
    target = decode_image(members["target.png"], f"{where}, target.png", meta.shape)
    return Pair(key, target, prompt, meta, read_answer(key, members), read_source2(key, members, meta.shape))


def read_answer(key: str, members: Mapping[str, bytes]) -> str:
    """Return the text answer, "" where the data set has none; raises BadSample."""
    return _text(key, members, "answer.txt") if "answer.txt" in members else ""


def read_source2(key: str, members: Mapping[str, bytes], shape: tuple[int, int]) -> UInt8[np.ndarray, "h w 3"] | None:
    """Return the second source of (height, width), None where there is none or it is all black; raises BadSample."""
    if "source2.png" not in members or members["source2.png"] == _black_png(shape):
        return None
    source2 = decode_image(members["source2.png"], f"pair {key}, source2.png", shape)
    return source2 if source2.any() else None


def read_meta_and_prompt(key: str, members: Mapping[str, bytes]) -> tuple[PairMeta, str]:
    """Return what a pair's text members say, without decoding its images; raises BadSample."""
    where = f"pair {key}"
    expected = {source_suffix(key, members), "target.png", "prompt.txt", "meta.json"}
    if set(members) - stored_extra_members(members) != expected:
        raise BadSample(f"{where}: expected the members {sorted(expected)}, got {short_repr(sorted(members))}")
    try:
        meta = PairMeta.from_json(read_json(members["meta.json"], "meta.json", _MOST_META_BYTES))
    except EncodeError as error:
        raise BadSample(f"{where}: {error}") from error
    return meta, _text(key, members, "prompt.txt")


def stored_extra_members(members: Collection[str]) -> frozenset[ExtraMember]:
    """Return which extra members a sample has."""
    return frozenset(member for member in EXTRA_MEMBERS if member in members)


def source_suffix(key: str, members: Collection[str]) -> str:
    """Return which of `source.png`, `source.jpg` and `source.webp` the sample has; raises BadSample."""
    sources = [suffix for suffix in _SOURCES if suffix in members]
    if len(sources) != 1:
        raise BadSample(f"pair {key}: expected one member of {', '.join(_SOURCES)}, got {short_repr(sorted(members))}")
    return sources[0]


def _text(key: str, members: Mapping[str, bytes], suffix: str) -> str:
    try:
        text = members[suffix].decode()
    except UnicodeDecodeError as error:
        raise BadSample(f"pair {key}, {suffix}: {error}") from error
    if len(text) > MOST_PROMPT:
        raise BadSample(f"pair {key}, {suffix}: expected at most {MOST_PROMPT} characters, got {len(text)}")
    return text


def _extra_content(pair: Pair, member: ExtraMember) -> bytes:
    if member == "answer.txt":
        return pair.answer.encode()
    if pair.source2 is None:
        return _black_png(pair.meta.shape)
    if pair.source2.shape != pair.target.shape:
        shapes = f"source2 {pair.source2.shape} and target {pair.target.shape}"
        raise BadSample(f"pair {pair.key}: {shapes} must have one shape")
    return encode_image(pair.source2)


@lru_cache(maxsize=8)
def _black_png(shape: tuple[int, int]) -> bytes:
    return encode_image(np.zeros((*shape, 3), np.uint8))
