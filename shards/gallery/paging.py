"""Pages of a table of samples: filtered by its columns, or by what must be looked up in each sample."""

import time
from collections.abc import Callable, Iterator
from typing import Any

from shards.gallery.list_query import ListQuery
from shards.gallery.rows import RowFilter, Rows

__all__ = ["Row", "plain_page", "searched_page"]

Row = dict[str, Any]

#: A search that must open samples returns what it has after this many seconds, or this many samples.
_SECONDS = 2.0
_ROWS = 5_000
_BATCH = 32


def plain_page(
    table: Rows, columns: tuple[str, ...], query: ListQuery, where: RowFilter, finish: Callable[[list[Row]], list[Row]]
) -> dict[str, Any]:
    """`rows`, `next` (where to go on, null at the end), `total` (null if unknown), `looked` (rows looked at)."""
    page = table.page(columns, query.start, query.limit + 1, where)
    rows, more = page.rows[: query.limit], len(page.rows) > query.limit
    following = query.start + query.limit if more else None
    return {"rows": finish(rows), "next": following, "total": page.total, "looked": len(rows)}


def searched_page(
    table: Rows, columns: tuple[str, ...], query: ListQuery, where: RowFilter, keep: Callable[[Row], Row | None]
) -> dict[str, Any]:
    """Like `plain_page`, of the rows that `keep` returns; reads batches until a page is full or the time is up."""
    rows_found: list[Row] = []
    index = query.start
    ended = False
    for rows in _batches(table, columns, query.start, where):
        ended = len(rows) < _BATCH
        for row in rows:
            index += 1
            result = keep(row)
            if result is not None:
                rows_found.append(result)
            if len(rows_found) == query.limit:
                return {"rows": rows_found, "next": index, "total": None, "looked": index - query.start}
    return {"rows": rows_found, "next": None if ended else index, "total": None, "looked": index - query.start}


def _batches(table: Rows, columns: tuple[str, ...], start: int, where: RowFilter) -> Iterator[list[Row]]:
    end = time.monotonic() + _SECONDS
    for index in range(start, start + _ROWS, _BATCH):
        rows = table.page(columns, index, _BATCH, where).rows
        yield rows
        if len(rows) < _BATCH or time.monotonic() > end:
            return
