"""mosaicml-streaming: MDS shards, a folder for each split.

Schema: `MDSWriter` in streaming/base/format/mds/writer.py and the encodings beside it, of mosaicml-streaming 0.13
(github.com/mosaicml/streaming). A shard is a count, offsets, the columns as JSON, and the samples.
"""

import json
from collections.abc import Iterator, Mapping, Sequence
from typing import Any

import numpy as np

from shards.export.binary_chunks import Chunk, chunks_of, uint32_table
from shards.export.exported_pair import ExportedPair
from shards.export.format_protocol import FinishedParts
from shards.export.part_writer import PartWriter

__all__ = ["Mds"]


class Mds:
    """`{split}/index.json` and `{split}/pairs-000000-00.mds`; images are read as PIL images, the rest as text."""

    name = "mds"
    reader = "mosaicml-streaming"
    side_multiple = 32
    home_in_place = ""
    takes_source2 = True
    takes_answer = True
    command = "streaming.StreamingDataset(local='{out}', split='train', batch_size=8)"

    def write_part(self, part: PartWriter, pairs: Iterator[ExportedPair]) -> None:
        """Files of at most some 64 MB."""
        written: dict[str, list[dict[str, Any]]] = {}
        for chunk in chunks_of(pairs, _sample):
            name = f"{chunk.split}/pairs-{part.shard:06d}-{chunk.number:02d}.mds"
            config = _config(chunk.first)
            content = _file(chunk, config)
            with part.large_file(name) as stream:
                stream.write(content)
            data = {"basename": name.partition("/")[2], "bytes": len(content), "hashes": {}}
            entry = {"samples": len(chunk.samples), "raw_data": data, "zip_data": None, **config}
            written.setdefault(chunk.split, []).append(entry)
        part.facts["shards"] = written

    def finish(self, parts: FinishedParts) -> Mapping[str, bytes]:
        """The index of each split."""
        entries: dict[str, list[dict[str, Any]]] = {split: [] for split in parts.splits}
        for record in parts.records():
            for split, shards in record.facts["shards"].items():
                entries[split].extend(shards)
        return {
            f"{split}/index.json": json.dumps({"version": 2, "shards": shards}, sort_keys=True).encode()
            for split, shards in entries.items()
        }


def _columns(pair: ExportedPair) -> dict[str, tuple[str, bytes]]:
    """Encoding and bytes of each column, in the order of their names."""
    columns = {
        "key": ("str", pair.key.encode()),
        "meta": ("str", pair.meta),
        "prompt": ("str", pair.prompt.encode()),
        # Both encodings are read by Pillow, whatever the format is.
        "source": ("jpeg" if pair.source_format == "jpg" else "png", pair.source),
        "target": ("png", pair.target),
        "task": ("str", pair.task.encode()),
    }
    if "answer.txt" in pair.extra_members:
        columns["answer"] = ("str", pair.answer.encode())
    if "source2.png" in pair.extra_members:
        columns["source2"] = ("png", pair.source2)
    return dict(sorted(columns.items()))


def _sample(pair: ExportedPair) -> bytes:
    contents = [content for _, content in _columns(pair).values()]
    return np.array([len(content) for content in contents], "<u4").tobytes() + b"".join(contents)


def _config(pair: ExportedPair) -> dict[str, Any]:
    columns = _columns(pair)
    return {
        "version": 2,
        "format": "mds",
        "compression": None,
        "hashes": [],
        "size_limit": 1 << 26,
        "column_names": list(columns),
        "column_encodings": [encoding for encoding, _ in columns.values()],
        "column_sizes": [None] * len(columns),
    }


def _file(chunk: Chunk, config: Mapping[str, Any]) -> bytes:
    text = json.dumps(config, sort_keys=True).encode()
    samples: Sequence[bytes] = chunk.samples
    return uint32_table(samples, extra=len(text)) + text + b"".join(samples)
