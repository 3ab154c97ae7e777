"""Pairs of one frame as a shard holds them: the same bytes whether the frame was just rendered or read back."""

from collections.abc import Iterator
from dataclasses import dataclass

from encode import make_pairs
from encode.frame import Frame
from shards import PairRow, encode_image, pair_members
from verichrome.config import Config

__all__ = ["EncodedPair", "encode_frame"]


@dataclass(frozen=True, slots=True)
class EncodedPair:
    """One sample: its members, and its row in the receipt."""

    key: str
    members: dict[str, bytes]
    row: PairRow


def encode_frame(frame: Frame, png: bytes, config: Config, shard: int) -> list[EncodedPair]:
    """All pairs that `config` asks for, in the order of their keys; `png` is the image as frames hold it."""
    return sorted(_pairs(frame, png, config, shard), key=lambda entry: entry.key)


def _pairs(frame: Frame, png: bytes, config: Config, shard: int) -> Iterator[EncodedPair]:
    quality = config.source_quality
    source = png if config.source_format == "png" else encode_image(frame.image, config.source_format, quality)
    made = make_pairs(
        frame, config.tasks, seed=config.seed, prompts_per_task=config.prompts_per_task, split=config.split
    )
    for pair in made:
        members = pair_members(pair, source, config.source_format, quality)
        yield EncodedPair(pair.key, members, PairRow.of(pair, members, shard=shard))
