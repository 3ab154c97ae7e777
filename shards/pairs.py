"""One training sample as the members of a sample, and back."""

import json
from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np
from jaxtyping import UInt8

from encode import EncodeError, Pair, PairMeta
from encode.reading.json_text import read_json
from encode.reading.limits import MOST_PROMPT
from encode.reading.short_text import short_repr
from shards.errors import BadSample
from shards.images import SourceFormat, decode_image, encode_image

__all__ = [
    "StoredPair",
    "pair_members",
    "read_meta_and_prompt",
    "read_pair",
    "read_pair_without_source",
    "source_suffix",
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
) -> dict[str, bytes]:
    """Return `source.png` (or `.jpg`, `.webp`), `target.png`, `prompt.txt` and `meta.json`, reproducible to the byte.

    `image` is the view's image, or the bytes of a file already in `source_format`: all pairs of a view share one
    source, and encoding it once for all of them is most of this function's time. Raises BadSample.
    """
    if isinstance(image, bytes):
        source = image
    elif image.shape == pair.target.shape:
        source = encode_image(image, source_format, quality)
    else:
        raise BadSample(f"pair {pair.key}: source {image.shape} and target {pair.target.shape} must have one shape")
    meta = json.dumps(pair.meta.to_json(), sort_keys=True, separators=(",", ":"), allow_nan=False, ensure_ascii=False)
    return {
        f"source.{source_format}": source,
        "target.png": encode_image(pair.target),
        "prompt.txt": pair.prompt.encode(),
        "meta.json": meta.encode(),
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
    return Pair(key, decode_image(members["target.png"], f"{where}, target.png", meta.shape), prompt, meta)


def read_meta_and_prompt(key: str, members: Mapping[str, bytes]) -> tuple[PairMeta, str]:
    """Return what a pair's text members say, without decoding its images; raises BadSample."""
    where = f"pair {key}"
    expected = {source_suffix(key, members), "target.png", "prompt.txt", "meta.json"}
    if set(members) != expected:
        raise BadSample(f"{where}: expected the members {sorted(expected)}, got {short_repr(sorted(members))}")
    try:
        meta = PairMeta.from_json(read_json(members["meta.json"], "meta.json", _MOST_META_BYTES))
        prompt = members["prompt.txt"].decode()
    except (EncodeError, UnicodeDecodeError) as error:
        raise BadSample(f"{where}: {error}") from error
    if len(prompt) > MOST_PROMPT:
        raise BadSample(f"{where}: expected a prompt of at most {MOST_PROMPT} characters, got {len(prompt)}")
    return meta, prompt


def source_suffix(key: str, members: Mapping[str, bytes]) -> str:
    """Return which of `source.png`, `source.jpg` and `source.webp` the sample has; raises BadSample."""
    sources = [suffix for suffix in _SOURCES if suffix in members]
    if len(sources) != 1:
        raise BadSample(f"pair {key}: expected one member of {', '.join(_SOURCES)}, got {short_repr(sorted(members))}")
    return sources[0]
