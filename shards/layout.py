"""The names of all files of a data set."""

import re
from collections.abc import Callable
from typing import Literal, NewType

from encode.reading.short_text import printable
from shards.errors import StoreError

__all__ = [
    "CARD",
    "CONFIG",
    "KINDS",
    "MANIFEST_TABLES",
    "PLOTS",
    "TAR_INDEX_SUFFIX",
    "Kind",
    "ShardIndex",
    "checked_name",
    "gap_name",
    "manifest_name",
    "parse_gap",
    "parse_receipt",
    "parse_shard",
    "receipt_name",
    "shard_name",
]

#: What a shard holds.
Kind = Literal["frames", "pairs"]

#: Which shard of its kind, from 0; frames and pairs of the same scenes have the same index.
ShardIndex = NewType("ShardIndex", int)

KINDS: tuple[Kind, ...] = ("frames", "pairs")
MANIFEST_TABLES = ("scenes", "frames", "pairs", "shards")
CARD = "README.md"
CONFIG = "config.yaml"
#: What `verichrome stats` draws.
PLOTS = "stats.png"

#: Behind the name of a shard: the index that megatron-energon reads, which `verichrome export --format energon` writes.
TAR_INDEX_SUFFIX = ".idx"

_SHARD = re.compile(r"(?P<kind>frames|pairs)/(?P=kind)-(?P<index>\d{6,})\.tar")
_RECEIPT = re.compile(r"receipts/(?P<kind>frames|pairs)-(?P<index>\d{6,})\.json")
_GAP = re.compile(r"receipts/(?P<kind>frames)-(?P<index>\d{6,})\.gap")


def checked_name(name: str) -> str:
    """Return `name` if it can only be a file below the folder that it is used in; else raise StoreError."""
    try:
        name.encode()
    except UnicodeEncodeError:  # bytes that were not UTF-8
        plain = False
    else:
        plain = "\0" not in name and all(part not in ("", ".", "..") for part in name.split("/"))
    if not plain:
        raise StoreError(f"{printable(repr(name))} is not the name of a file inside a data set")
    return name


def shard_name(kind: Kind, index: ShardIndex) -> str:
    """`frames/frames-000012.tar`."""
    return f"{kind}/{kind}-{index:06d}.tar"


def receipt_name(kind: Kind, index: ShardIndex) -> str:
    """`receipts/frames-000012.json`."""
    return f"receipts/{kind}-{index:06d}.json"


def gap_name(kind: Kind, index: ShardIndex) -> str:
    """`receipts/frames-000012.gap`: an empty file whose name says that the shard lacks scenes."""
    return f"receipts/{kind}-{index:06d}.gap"


def manifest_name(table: str) -> str:
    """`manifest/frames.parquet`."""
    return f"manifest/{table}.parquet"


def parse_shard(name: str) -> tuple[Kind, ShardIndex] | None:
    """Kind and index of a shard's name, None for any other name."""
    return _parse(_SHARD, name, shard_name)


def parse_receipt(name: str) -> tuple[Kind, ShardIndex] | None:
    """Kind and index of a receipt's name, None for any other name."""
    return _parse(_RECEIPT, name, receipt_name)


def parse_gap(name: str) -> tuple[Kind, ShardIndex] | None:
    """Kind and index of a gap's name, None for any other name."""
    return _parse(_GAP, name, gap_name)


def _parse(
    pattern: re.Pattern[str], name: str, write: Callable[[Kind, ShardIndex], str]
) -> tuple[Kind, ShardIndex] | None:
    match = pattern.fullmatch(name)
    if match is None:
        return None
    kind = next(kind for kind in KINDS if kind == match["kind"])
    index = ShardIndex(int(match["index"]))
    # Each index has one name: frames-0000001.tar would be a second one.
    return (kind, index) if write(kind, index) == name else None
