"""A long table in parts, of which only those that a page needs are read."""

from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Any

import pyarrow as pa
import pyarrow.compute as pc
import pyarrow.dataset as ds

from shards.errors import StoreError

__all__ = ["RowFilter", "RowPage", "Rows", "TablePart"]

#: Parts that may be read only to count rows: reading this many receipts takes a quarter of a second.
_MOST_UNCOUNTED = 64


@dataclass(frozen=True, slots=True)
class RowFilter:
    """Which rows are wanted: an Arrow expression, None for all, and a text that no other expression has."""

    expression: pc.Expression | None = None
    name: str = ""


@dataclass(frozen=True, slots=True)
class RowPage:
    """Some of the wanted rows; `total` counts all of them, None where counting takes too long."""

    rows: list[dict[str, Any]]
    total: int | None


class TablePart:
    """Rows that are read together, when they are first needed. `counted`: they are counted without being read.

    load: gives an Arrow `Fragment` (a row group of a parquet file) or `Dataset` (a table); both count and filter alike.
    """

    def __init__(self, load: Callable[[], Any], counted: bool) -> None:
        self._load = load
        self.counted = counted
        self._counts: dict[str, int] = {}

    @cached_property
    def _source(self) -> Any:
        return self._load()

    def known(self, where: RowFilter) -> bool:
        """Whether counting is cheap, or was done before."""
        return self.counted or where.name in self._counts

    def count(self, where: RowFilter) -> int:
        """How many of its rows are wanted."""
        if where.name not in self._counts:
            self._counts[where.name] = self._count(where)
        return self._counts[where.name]

    def _count(self, where: RowFilter) -> int:
        if where.expression is None and isinstance(self._source, ds.ParquetFileFragment):
            # Arrow 25 counts the whole file if it reads no row group.
            return sum(group.num_rows for group in self._source.row_groups)
        return int(self._source.count_rows(filter=where.expression))

    def table(self, where: RowFilter, columns: Sequence[str]) -> pa.Table:
        """The rows that are wanted."""
        return self._source.to_table(columns=list(columns), filter=where.expression)


class Rows:
    """The rows of all parts in order. Raises StoreError where they cannot be read."""

    def __init__(self, parts: Sequence[TablePart]) -> None:
        self._parts = parts
        self._value_counts: dict[str, dict[str, int]] = {}

    def page(self, columns: Sequence[str], start: int, limit: int, where: RowFilter | None = None) -> RowPage:
        """At most `limit` of the wanted rows, from the one with the number `start` on."""
        where = where or RowFilter()
        try:
            return RowPage(self._slice(columns, start, limit, where), self._total(where))
        except (pa.ArrowException, OSError) as error:
            raise StoreError(f"the manifest does not read: {error}") from error

    def value_counts(self, column: str, most: int) -> dict[str, int]:
        """How often each value of a column occurs, the most frequent first; of parts as in `all`."""
        if column not in self._value_counts:
            total = Counter[str]()
            for table in self._tables([column], RowFilter(), most):
                for entry in pc.value_counts(table[column]).to_pylist():
                    total[entry["values"]] += entry["counts"]
            self._value_counts[column] = dict(sorted(total.items(), key=lambda entry: (-entry[1], entry[0])))
        return self._value_counts[column]

    def all(self, columns: Sequence[str], where: RowFilter | None = None, most: int | None = None) -> pa.Table:
        """The wanted rows as one table: those of the first `most` parts that must be read to be counted."""
        tables = list(self._tables(columns, where or RowFilter(), most))
        return pa.concat_tables(tables, promote_options="default") if tables else pa.table({c: [] for c in columns})

    def _tables(self, columns: Sequence[str], where: RowFilter, most: int | None) -> Iterator[pa.Table]:
        read = 0  # parts without a count
        try:
            for part in self._parts:
                read += not part.counted
                if most is not None and read > most:
                    return
                yield part.table(where, columns)
        except (pa.ArrowException, OSError) as error:
            raise StoreError(f"the manifest does not read: {error}") from error

    def _slice(self, columns: Sequence[str], start: int, limit: int, where: RowFilter) -> list[dict[str, Any]]:
        rows: list[dict[str, Any]] = []
        for part in self._parts:
            if len(rows) >= limit:
                break
            count = part.count(where)
            if start < count:
                part = part.table(where, columns).slice(start, limit - len(rows))
                rows.extend(part.to_pylist())
            start = max(0, start - count)
        return rows

    def _total(self, where: RowFilter) -> int | None:
        if sum(not part.known(where) for part in self._parts) > _MOST_UNCOUNTED:
            return None
        return sum(part.count(where) for part in self._parts)
