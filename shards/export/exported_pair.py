"""One pair as it is exported: the bytes of its members, and what its meta says."""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from encode import ExtraMember
from encode.reading.short_text import short_repr
from shards.errors import BadSample, DamagedShard
from shards.export.choice import PairChoice, Split, split_of
from shards.layout import shard_name
from shards.pairs import read_answer, read_meta_and_prompt, read_source2, source_suffix, stored_extra_members
from shards.reader import iter_shard
from shards.receipt import Receipt
from shards.store import Store

__all__ = ["ExportedPair", "exported_pairs"]

#: Keys become names of files.
_FILE_NAME = re.compile(r"[A-Za-z0-9_-]{1,64}")


@dataclass(frozen=True, slots=True)
class ExportedPair:
    """A pair whose images are still the files that the shard holds.

    members: contents by suffix, in the order of the shard. source_format: `png`, `jpg` or `webp`; the target is a PNG.
    width, height: pixels of all images. answer: text that stands before the target, "" for none. has_source2: whether
    it has a second source image, which is not all black.
    """

    key: str
    frame_key: str
    task: str
    split: Split
    width: int
    height: int
    prompt: str
    source_format: str
    members: Mapping[str, bytes]
    answer: str
    has_source2: bool

    @property
    def source(self) -> bytes:
        """File of the source image."""
        return self.members[f"source.{self.source_format}"]

    @property
    def target(self) -> bytes:
        """File of the target image."""
        return self.members["target.png"]

    @property
    def source2(self) -> bytes:
        """File of the second source image; of a data set that has them."""
        return self.members["source2.png"]

    @property
    def extra_members(self) -> frozenset[ExtraMember]:
        """The extra members that it has, as every pair of its data set."""
        return stored_extra_members(self.members)

    @property
    def meta(self) -> bytes:
        """The file `meta.json`."""
        return self.members["meta.json"]


def exported_pairs(store: Store, receipt: Receipt, choice: PairChoice) -> Iterator[ExportedPair]:
    """Yield the chosen pairs of a shard, one in memory at a time.

    The shard is read to its end, whatever is chosen, and compared with its receipt. Raises ShardError for a shard or a
    pair that is not what was committed.
    """
    rows = {row.key: row for row in receipt.pairs}
    extra: frozenset[ExtraMember] | None = None
    for key, members in iter_shard(store, shard_name("pairs", receipt.index), receipt):
        row = rows.get(key)
        if row is None:
            raise DamagedShard(f"{store.where(receipt.file)}: its receipt names no pair {short_repr(key)}")
        if not choice.takes(row):
            continue
        pair = _exported_pair(key, members)
        if (pair.task, pair.split, pair.frame_key) != (row.task, row.split, row.frame_key):
            raise DamagedShard(f"{store.where(receipt.file)}: the meta of {key} and its row in the receipt differ")
        extra = pair.extra_members if extra is None else extra
        if pair.extra_members != extra:
            raise DamagedShard(f"{store.where(receipt.file)}: {key} has other members than the pairs before it")
        yield pair


def _exported_pair(key: str, members: Mapping[str, bytes]) -> ExportedPair:
    meta, prompt = read_meta_and_prompt(key, members)
    for name in (key, meta.frame_key):
        if not _FILE_NAME.fullmatch(name):
            raise BadSample(
                f"pair {short_repr(key)}: keys are 1 to 64 letters, digits, '-' and '_', got {short_repr(name)}"
            )
    return ExportedPair(
        key=key,
        frame_key=meta.frame_key,
        task=meta.task,
        split=split_of(key, meta.split),
        width=meta.width,
        height=meta.height,
        prompt=prompt,
        source_format=source_suffix(key, members).removeprefix("source."),
        members=members,
        answer=read_answer(key, members),
        has_source2=read_source2(key, members, meta.shape) is not None,
    )
