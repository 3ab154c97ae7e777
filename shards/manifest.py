"""The manifest: every receipt rolled up into four parquet tables, which can be thrown away and written again."""

from collections.abc import Callable, Iterator, Mapping
from contextlib import ExitStack
from types import TracebackType
from typing import Any, BinaryIO, Self

import pyarrow as pa
import pyarrow.parquet as pq

from shards.layout import KINDS, MANIFEST_TABLES, manifest_name
from shards.receipt import Receipt
from shards.receipts import read_receipts
from shards.store import Store

__all__ = ["SCHEMAS", "manifest_rows", "write_manifest"]

#: Rows held before they are written as one row group: some 10 MB at most, whatever the size of the data set.
_GROUP_ROWS = 32_768

_SECONDS = pa.map_(pa.string(), pa.field("value", pa.float64(), nullable=False))


def _field(name: str, kind: pa.DataType, nullable: bool = False) -> pa.Field:
    return pa.field(name, kind, nullable=nullable)


SCHEMAS: Mapping[str, pa.Schema] = {
    "scenes": pa.schema(
        [
            _field("scene_index", pa.int64()),
            _field("family", pa.string()),
            _field("attempts", pa.int32()),
            _field("objects", pa.int32()),
            _field("seconds", _SECONDS),
            _field("reason", pa.string()),
        ]
    ),
    "frames": pa.schema(
        [
            _field("key", pa.string()),
            _field("scene_index", pa.int64()),
            _field("view", pa.int32()),
            _field("shard", pa.int32()),
            _field("width", pa.int32()),
            _field("height", pa.int32()),
            _field("categories", pa.int32()),
            _field("objects_visible", pa.int32()),
            _field("depth_min", pa.float64(), nullable=True),
            _field("depth_median", pa.float64(), nullable=True),
            _field("depth_max", pa.float64(), nullable=True),
            _field("share_no_surface", pa.float64()),
            _field("share_labelled", pa.float64()),
            _field("seconds", _SECONDS),
        ]
    ),
    "pairs": pa.schema(
        [
            _field("key", pa.string()),
            _field("frame_key", pa.string()),
            _field("task", pa.string()),
            _field("codec", pa.string()),
            _field("template", pa.string()),
            _field("split", pa.string()),
            _field("shard", pa.int32()),
            _field("target_sha256", pa.string()),
        ]
    ),
    "shards": pa.schema(
        [
            _field("kind", pa.string()),
            _field("index", pa.int32()),
            _field("file", pa.string()),
            _field("bytes", pa.int64()),
            _field("sha256", pa.string()),
            _field("samples", pa.int64()),
            _field("fingerprint", pa.string()),
            _field("versions", pa.map_(pa.string(), pa.field("value", pa.string(), nullable=False))),
            _field("device", pa.string()),
            _field("seconds", _SECONDS),
            _field("rejections", pa.int64()),
            _field("failures", pa.int64()),
        ]
    ),
}


def write_manifest(store: Store, see: Callable[[Receipt], None] | None = None) -> dict[str, int]:
    """Write `manifest/{scenes,frames,pairs,shards}.parquet` from the receipts; return the rows of each table.

    `see` is called with each receipt, so that callers need not read them again, which is most of the work.

    Memory is flat: one receipt and one row group of each table. The tables take their names together after the last
    row, so a crash on the way leaves the old ones. The same receipts give the same bytes. Raises ShardError.
    """
    with ExitStack() as stack:
        tables = {name: stack.enter_context(_Table(store, stack, name)) for name in MANIFEST_TABLES}
        for receipt in _all_receipts(store):
            if see is not None:
                see(receipt)
            for name, rows in manifest_rows(receipt).items():
                tables[name].extend(rows)
    return {name: table.count for name, table in tables.items()}


def _all_receipts(store: Store) -> Iterator[Receipt]:
    for kind in KINDS:
        yield from read_receipts(store, kind)


def manifest_rows(receipt: Receipt) -> dict[str, list[dict[str, Any]]]:
    """Rows that a receipt gives to each table, by column; those of `shards` have more than its columns."""
    tables = {name: [row.model_dump() for row in getattr(receipt, name)] for name in ("scenes", "frames", "pairs")}
    shard = receipt.model_dump(exclude={"scenes", "frames", "pairs"})
    return {
        **tables,
        "shards": [{**shard, "rejections": len(receipt.rejections), "failures": len(receipt.failures)}],
    }


class _Table:
    """One parquet table being written row group by row group into a stream that appears when `stack` closes."""

    def __init__(self, store: Store, stack: ExitStack, name: str) -> None:
        stream: BinaryIO = stack.enter_context(store.writing(manifest_name(name)))
        self._schema = SCHEMAS[name]
        self._writer = pq.ParquetWriter(stream, self._schema, compression="zstd")
        self._pending: list[dict[str, Any]] = []
        self.count = 0

    def extend(self, rows: list[dict[str, Any]]) -> None:
        self._pending.extend(rows)
        self.count += len(rows)
        while len(self._pending) >= _GROUP_ROWS:
            self._flush(_GROUP_ROWS)

    def _flush(self, count: int) -> None:
        group, self._pending = self._pending[:count], self._pending[count:]
        self._writer.write_table(pa.Table.from_pylist(group, schema=self._schema))

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        try:
            if kind is None and self._pending:
                self._flush(len(self._pending))
        finally:
            self._writer.close()
