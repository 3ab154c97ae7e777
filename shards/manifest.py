"""The manifest: all receipts in four parquet tables, which can be deleted and written again."""

from collections.abc import Callable, Collection, Iterator, Mapping
from contextlib import ExitStack
from types import TracebackType
from typing import Any, BinaryIO, NewType, Self, get_args, get_origin

import pyarrow as pa
import pyarrow.parquet as pq
from annotated_types import Lt
from pydantic import BaseModel
from pydantic.fields import FieldInfo

from shards.layout import KINDS, MANIFEST_TABLES, manifest_name
from shards.receipt import FrameRow, PairRow, Receipt, SceneRow
from shards.receipts import read_receipts
from shards.store import Store

__all__ = ["SCHEMAS", "manifest_rows", "write_manifest"]

#: Rows held before they are written as one row group: some 10 MB at most, whatever the size of the data set.
_GROUP_ROWS = 32_768

_LISTS = ("scenes", "frames", "pairs", "rejections", "failures")


def _schema(row: type[BaseModel], leave_out: Collection[str] = ()) -> pa.Schema:
    """The columns of a row of the receipts, in the order of its fields."""
    fields = {name: field for name, field in row.model_fields.items() if name not in leave_out}
    return pa.schema([_column(name, field) for name, field in fields.items()])


def _column(name: str, field: FieldInfo) -> pa.Field:
    kinds = get_args(field.annotation)
    if get_origin(field.annotation) is dict:
        value = pa.float64() if float in (kinds[1], *get_args(kinds[1])) else pa.string()
        return pa.field(name, pa.map_(pa.string(), pa.field("value", value, nullable=False)), nullable=False)
    nullable = type(None) in kinds
    kind = kinds[0] if nullable else field.annotation
    if kind is float:
        return pa.field(name, pa.float64(), nullable=nullable)
    if kind is int or isinstance(kind, NewType):
        return pa.field(name, pa.int64() if Lt(2**63) in field.metadata else pa.int32(), nullable=nullable)
    return pa.field(name, pa.string(), nullable=nullable)


SCHEMAS: Mapping[str, pa.Schema] = {
    "scenes": _schema(SceneRow),
    "frames": _schema(FrameRow),
    "pairs": _schema(PairRow),
    "shards": pa.schema(
        [
            *_schema(Receipt, leave_out=_LISTS),
            pa.field("rejections", pa.int64(), nullable=False),
            pa.field("failures", pa.int64(), nullable=False),
        ]
    ),
}


def write_manifest(store: Store, see: Callable[[Receipt], None] | None = None) -> dict[str, int]:
    """Write `manifest/{scenes,frames,pairs,shards}.parquet` from the receipts; return the rows of each table.

    `see` is called with each receipt, so that callers need not read them again: reading is most of the work.

    Memory is flat: one receipt and one row group of each table. The tables get their names together after the last
    row, so a crash on the way leaves the old ones. The same receipts give the same bytes. Raises ShardError.
    """
    with ExitStack() as stack:
        tables = {name: stack.enter_context(_TableWriter(store, stack, name)) for name in MANIFEST_TABLES}
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


class _TableWriter:
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
