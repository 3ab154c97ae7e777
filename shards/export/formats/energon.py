"""megatron-energon: webdataset shards with its index, and the folder `.nv-meta`.

Schema: `WebdatasetPreparator` in megatron/energon/flavors/webdataset/prepare.py, `SqliteIndexWriter` in indexing.py
and `TarIndexWriter` in itar.py beside it, of megatron-energon 7.4 (github.com/NVIDIA/Megatron-Energon). What
`energon prepare` would write is written here, so that energon need not be installed, URLs work, and an interrupted
export goes on.
"""

import hashlib
import json
import sqlite3
import tempfile
from collections.abc import Iterable, Iterator, Mapping
from contextlib import ExitStack, closing
from pathlib import Path
from typing import Any

import numpy as np
import yaml

from shards.errors import WriteRefused
from shards.export.choice import Split
from shards.export.export_output import PartRecord
from shards.export.exported_pair import ExportedPair
from shards.export.format_protocol import FinishedParts
from shards.export.part_writer import PartWriter
from shards.export.tar_files import SampleSpan, TarOffsets, TarSamples
from shards.layout import TAR_INDEX_SUFFIX

__all__ = ["Energon"]

_META = ".nv-meta"
#: energon loads `train`, `val` and `test`.
_SPLIT_PARTS: Mapping[Split, str] = {"train": "train", "heldout": "val"}

_TABLES = """
CREATE TABLE samples (
    tar_file_id INTEGER NOT NULL, sample_key TEXT NOT NULL UNIQUE, sample_index INTEGER NOT NULL,
    byte_offset INTEGER, byte_size INTEGER
);
CREATE TABLE sample_parts (
    tar_file_id INTEGER, sample_index INTEGER, part_name TEXT, content_byte_offset INTEGER, content_byte_size INTEGER
);
"""
_INDEXES = """
CREATE INDEX idx_samples_by_tar_and_idx ON samples(tar_file_id, sample_index);
CREATE INDEX idx_sample_parts_seq ON sample_parts(tar_file_id, sample_index, content_byte_offset);
CREATE INDEX idx_sample_parts_full
    ON sample_parts(tar_file_id, sample_index, part_name, content_byte_offset, content_byte_size);
"""


class Energon:
    """`{split}/pairs-000000.tar`, a hard link where a whole shard is chosen, `.tar.idx` beside it, and `.nv-meta/`.

    In the data set's own folder only the index and `.nv-meta/` are written; frames are not part of it.
    """

    name = "energon"
    reader = "megatron-energon"
    side_multiple = 32
    home_in_place = f"{_META}/verichrome"
    takes_source2 = True
    takes_answer = True
    command = "energon info {out}; examples/energon_cooker.py has the cooker"

    def write_part(self, part: PartWriter, pairs: Iterator[ExportedPair]) -> None:
        """The tars of the part. Where they are linked or in place, the pairs are read to check them and to count."""
        splits: set[str] = {row.split for row in part.receipt.pairs}
        if part.in_place and len(splits) > 1:
            raise WriteRefused(f"{part.receipt.file} holds pairs of both splits: energon's splits are of whole shards")
        tars: dict[str, Any] = {}
        with ExitStack() as stack:
            writers: dict[Split, tuple[str, TarSamples | TarOffsets, list[SampleSpan]]] = {}
            for pair in pairs:
                if pair.split not in writers:
                    name = part.receipt.file if part.in_place else f"{pair.split}/pairs-{part.shard:06d}.tar"
                    writers[pair.split] = name, _writer(part, name, stack), []
                _, writer, spans = writers[pair.split]
                spans.append(writer.add(pair.key, pair.members))
            for _, writer, _ in writers.values():
                if isinstance(writer, TarSamples):
                    writer.close()
        for split, (name, _, spans) in writers.items():
            offsets = [*(span.offset for span in spans), spans[-1].offset + spans[-1].size]
            with part.large_file(f"{name}{TAR_INDEX_SUFFIX}") as stream:
                stream.write(np.array(offsets, "<u8").tobytes())
            tars[name] = {"split": split, "samples": spans}
        part.facts["tars"] = tars

    def finish(self, parts: FinishedParts) -> Mapping[str, bytes]:
        """The index of all samples, the splits, and the kind of data set: crude, for a cooker."""
        split_parts: dict[str, list[str]] = {name: [] for name in _SPLIT_PARTS.values()}
        counts: dict[str, int] = {}
        for name, tar in _tars(parts.records()):
            counts[name] = len(tar["samples"])
            split_parts[_SPLIT_PARTS[tar["split"]]].append(name)
        info = json.dumps({"energon_version": None, "shard_counts": counts}, indent=2).encode()
        with tempfile.TemporaryDirectory() as folder:
            index = Path(folder, "index.sqlite")
            _write_index(index, parts.records())
            parts.folder.store.put_file(index, f"{_META}/index.sqlite")
        return {
            f"{_META}/index.uuid": _identifier(info).encode(),
            f"{_META}/split.yaml": yaml.safe_dump({"split_parts": split_parts, "exclude": []}).encode(),
            f"{_META}/dataset.yaml": b"__module__: megatron.energon\n__class__: CrudeWebdataset\n",
            f"{_META}/.info.json": info,
        }


def _writer(part: PartWriter, name: str, stack: ExitStack) -> TarSamples | TarOffsets:
    """What takes the samples of a tar: a writer, or where the tar of the data set does as it is, a count of offsets."""
    rows = part.receipt.pairs
    whole = part.chosen == len(rows) and len({row.split for row in rows}) == 1
    if part.in_place or (whole and part.link_large_file(part.receipt.file, name)):
        return TarOffsets()
    return TarSamples(stack.enter_context(part.large_file(name)))


def _tars(records: Iterable[PartRecord]) -> Iterator[tuple[str, dict[str, Any]]]:
    """Name and facts of each tar, in order."""
    for record in records:
        yield from record.facts["tars"].items()


def _write_index(path: Path, records: Iterable[PartRecord]) -> None:
    with closing(sqlite3.connect(path)) as database, database:
        database.executescript(_TABLES)
        for number, (_, tar) in enumerate(_tars(records)):
            for index, (key, offset, size, members) in enumerate(tar["samples"]):
                database.execute("INSERT INTO samples VALUES (?, ?, ?, ?, ?)", (number, key, index, offset, size))
                rows = [(number, index, suffix, begin, length) for suffix, begin, length in members]
                database.executemany("INSERT INTO sample_parts VALUES (?, ?, ?, ?, ?)", rows)
        database.executescript(_INDEXES)


def _identifier(content: bytes) -> str:
    """Text in the form of a UUID, which is the same for the same content."""
    digest = hashlib.sha256(content).hexdigest()
    return "-".join((digest[:8], digest[8:12], digest[12:16], digest[16:20], digest[20:32]))
