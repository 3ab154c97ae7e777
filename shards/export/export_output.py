"""The folder or URL that is exported to: whose it is, which parts are done, and what was exported.

`export.json` is written first, so that a folder is known as an export, and again at the end. `.export/` holds a record
of each part, written when the part is complete, and the lines that the part adds to the index files.
"""

import json
from collections.abc import Iterator, Mapping
from contextlib import suppress
from typing import Any

from pydantic import BaseModel, ConfigDict, ValidationError

from encode import FormatError
from encode.reading.short_text import printable, short_repr
from shards.errors import DamagedShard, WriteRefused
from shards.export.choice import SPLITS, Split
from shards.layout import ShardIndex
from shards.reading.stored import read_small
from shards.store import Store

__all__ = ["EXPORT", "ExportOutput", "PartRecord"]

#: Says what was exported.
EXPORT = "export.json"
_PARTS = ".export"
#: A record of a shard of a hundred thousand members stays below.
_MOST_RECORD_BYTES = 1 << 26
_MOST_EXPORT_BYTES = 1 << 20
_HIDDEN = ".tmp"


class PartRecord(BaseModel):
    """Proof that the part of one shard is complete.

    sha256: of the shard. pairs: how many by split and task. sides: pairs by `{width}x{height}`. files: names of the
    files that hold the part, where they are few. facts: what the format notes for its last step.
    """

    model_config = ConfigDict(frozen=True, extra="forbid")

    shard: ShardIndex
    sha256: str
    pairs: dict[str, dict[str, int]]
    sides: dict[str, int]
    files: list[str]
    facts: dict[str, Any]


class ExportOutput:
    """The output of an export. `home`: a hidden folder for its own files if it goes into the data set's folder."""

    def __init__(self, store: Store, home: str = "") -> None:
        self.store = store
        self.in_place = bool(home)
        self._home = f"{home}/" if home else ""

    def claim(self, claim: Mapping[str, Any]) -> None:
        """Make the folder that of this export, or raise WriteRefused where it holds something else."""
        name = f"{self._home}{EXPORT}"
        if self.store.exists(name):
            self._compare(claim)
            return
        if not self._home:
            foreign = [entry for entry, _ in self.store.entries() if entry != _HIDDEN]
            if foreign:
                shown = ", ".join(map(printable, foreign[:3])) + (", …" if len(foreign) > 3 else "")
                raise WriteRefused(f"{self.store.url} is not empty and holds no {EXPORT} (but {shown})")
        self.put_export({**claim, "complete": False})

    def put_export(self, content: Mapping[str, Any]) -> None:
        """Write export.json."""
        self.store.put(f"{self._home}{EXPORT}", (json.dumps(content, indent=1) + "\n").encode())

    def is_done(self, shard: ShardIndex, sha256: str) -> bool:
        """Whether the part of this shard is complete."""
        if not self.store.exists(self._record_name(shard)):
            return False
        with suppress(DamagedShard):
            record = self.record(shard)
            return record.sha256 == sha256 and all(map(self.store.exists, record.files))
        return False

    def record(self, shard: ShardIndex) -> PartRecord:
        """The record of a part; raises DamagedShard where there is none that reads."""
        name = self._record_name(shard)
        try:
            return PartRecord.model_validate_json(read_small(self.store, name, _MOST_RECORD_BYTES))
        except (ValidationError, FormatError) as error:
            raise DamagedShard(f"{self.store.where(name)} is not the record of a part; remove it") from error

    def put_record(self, record: PartRecord) -> None:
        """Declare a part complete."""
        self.store.put(self._record_name(record.shard), record.model_dump_json().encode())

    def withdraw(self, shard: ShardIndex) -> None:
        """Declare a part not complete, before it is written, and remove its lines."""
        for name in (self._record_name(shard), *(self.lines_name(shard, split) for split in SPLITS)):
            self.store.remove(name)

    def lines_name(self, shard: ShardIndex, split: Split) -> str:
        """Where the lines of a part are kept."""
        return f"{self._home}{_PARTS}/{shard:06d}.{split}.jsonl"

    def lines(self, shard: ShardIndex, split: Split) -> Iterator[bytes]:
        """The lines of a part, none where it wrote none."""
        name = self.lines_name(shard, split)
        if self.store.exists(name):
            with self.store.open(name) as stream:
                yield from stream

    def _record_name(self, shard: ShardIndex) -> str:
        return f"{self._home}{_PARTS}/{shard:06d}.json"

    def _compare(self, claim: Mapping[str, Any]) -> None:
        where = self.store.where(f"{self._home}{EXPORT}")
        try:
            stored = json.loads(read_small(self.store, f"{self._home}{EXPORT}", _MOST_EXPORT_BYTES))
        except (ValueError, FormatError, RecursionError) as error:
            raise WriteRefused(f"{where} does not read as JSON") from error
        if not isinstance(stored, dict):
            raise WriteRefused(f"{where} was not written by an export")
        for name, value in claim.items():
            if name != "source" and stored.get(name) != value:
                raise WriteRefused(
                    f"{self.store.url} holds another export: {name} is {short_repr(stored.get(name))} there,"
                    f" and {short_repr(value)} here"
                )
