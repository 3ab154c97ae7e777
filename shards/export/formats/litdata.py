"""litdata: chunks of samples, a folder for each split.

Schema: `BinaryWriter` in litdata/streaming/writer.py and `PyTreeLoader` in litdata/streaming/item_loader.py of litdata
0.2 (github.com/Lightning-AI/litData). A chunk is a count, offsets and items; an item is the sizes of its leaves and
their bytes; index.json names the chunks and describes the leaves as a pytree.
"""

import json
from collections.abc import Iterator, Mapping
from typing import Any

import numpy as np

from shards.export.binary_chunks import chunks_of, uint32_table
from shards.export.exported_pair import ExportedPair
from shards.export.format_protocol import FinishedParts
from shards.export.part_writer import PartWriter

__all__ = ["LitData"]

_LEAVES = {"key": "str", "task": "str", "prompt": "str", "source": "bytes", "target": "bytes", "meta": "str"}
_EXTRA_LEAVES = {"answer": "str", "source2": "bytes"}
_LEAF: dict[str, Any] = {"type": None, "context": None, "children_spec": []}


class LitData:
    """`{split}/index.json` and `{split}/chunk-000000-00.bin`; images are the bytes of their files."""

    name = "litdata"
    reader = "litdata"
    side_multiple = 32
    home_in_place = ""
    takes_source2 = True
    takes_answer = True
    command = "litdata.StreamingDataset('{out}/train')"

    def write_part(self, part: PartWriter, pairs: Iterator[ExportedPair]) -> None:
        """Files of at most some 64 MB."""
        written: dict[str, list[dict[str, Any]]] = {}
        for chunk in chunks_of(pairs, _item):
            part.facts["leaves"] = list(_leaves(chunk.first))
            name = f"{chunk.split}/chunk-{part.shard:06d}-{chunk.number:02d}.bin"
            with part.large_file(name) as stream:
                stream.write(uint32_table(chunk.samples))
                stream.writelines(chunk.samples)
            entry = {
                "chunk_bytes": sum(map(len, chunk.samples)),
                "chunk_size": len(chunk.samples),
                "dim": None,
                "filename": name.partition("/")[2],
            }
            written.setdefault(chunk.split, []).append(entry)
        part.facts["chunks"] = written

    def finish(self, parts: FinishedParts) -> Mapping[str, bytes]:
        """The index of each split."""
        entries: dict[str, list[dict[str, Any]]] = {split: [] for split in parts.splits}
        leaves = list(_LEAVES)
        for record in parts.records():
            leaves = record.facts.get("leaves", leaves)
            for split, chunks in record.facts["chunks"].items():
                entries[split].extend(chunks)
        config = {
            "chunk_bytes": 1 << 26,
            "chunk_size": None,
            "compression": None,
            "data_format": [{**_LEAVES, **_EXTRA_LEAVES}[leaf] for leaf in leaves],
            "data_spec": json.dumps(_structure(leaves)),
            "encryption": None,
            "item_loader": "PyTreeLoader",
        }
        return {
            f"{split}/index.json": json.dumps({"chunks": chunks, "config": config}, sort_keys=True).encode()
            for split, chunks in entries.items()
        }


def _structure(leaves: list[str]) -> list[Any]:
    """The structure of a dictionary with these keys, in the text that torch gives it."""
    return [1, {"type": "builtins.dict", "context": json.dumps(leaves), "children_spec": [_LEAF] * len(leaves)}]


def _leaves(pair: ExportedPair) -> dict[str, bytes]:
    texts = {"key": pair.key, "task": pair.task, "prompt": pair.prompt}
    leaves = {name: text.encode() for name, text in texts.items()}
    leaves |= {"source": pair.source, "target": pair.target, "meta": pair.meta}
    if "answer.txt" in pair.extra_members:
        leaves["answer"] = pair.answer.encode()
    if "source2.png" in pair.extra_members:
        leaves["source2"] = pair.source2
    return leaves


def _item(pair: ExportedPair) -> bytes:
    leaves = _leaves(pair).values()
    return np.array([len(leaf) for leaf in leaves], "<u4").tobytes() + b"".join(leaves)
