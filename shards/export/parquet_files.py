"""Parquet files of a part, one a split."""

from collections.abc import Mapping
from contextlib import ExitStack
from types import TracebackType
from typing import Any, Self

import pyarrow as pa
import pyarrow.parquet as pq

from shards.export.choice import Split
from shards.export.part_writer import PartWriter

__all__ = ["ParquetFiles"]

#: Rows of a row group, which readers hold in memory whole: some 30 MB at 512x512.
_GROUP_ROWS = 64


class ParquetFiles:
    """Context manager: `{folder}{split}/pairs-000000.parquet` of a part; `facts["parquet"]` counts their row groups."""

    def __init__(self, part: PartWriter, schema: pa.Schema) -> None:
        self._part = part
        self._schema = schema
        self._stack = ExitStack()
        self._writers: dict[str, pq.ParquetWriter] = {}
        self._pending: dict[str, list[Mapping[str, Any]]] = {}
        self._counts: dict[str, dict[str, int]] = {}

    def add(self, split: Split, row: Mapping[str, Any]) -> None:
        """Add a row to the file of its split."""
        name = f"{split}/pairs-{self._part.shard:06d}.parquet"
        if name not in self._writers:
            stream = self._stack.enter_context(self._part.large_file(name))
            # Images are compressed already.
            writer = pq.ParquetWriter(stream, self._schema, compression="none", use_dictionary=False)
            self._writers[name] = self._stack.enter_context(writer)
            self._pending[name] = []
            self._counts[name] = {"row_groups": 0, "rows": 0}
        self._pending[name].append(row)
        if len(self._pending[name]) == _GROUP_ROWS:
            self._flush(name)

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        try:
            if kind is None:
                for name, rows in self._pending.items():
                    if rows:
                        self._flush(name)
                self._part.facts["parquet"] = self._counts
        finally:
            self._stack.__exit__(kind, error, trace)

    def _flush(self, name: str) -> None:
        rows, self._pending[name] = self._pending[name], []
        self._writers[name].write_table(pa.Table.from_pylist(rows, schema=self._schema))
        self._counts[name]["row_groups"] += 1
        self._counts[name]["rows"] += len(rows)
