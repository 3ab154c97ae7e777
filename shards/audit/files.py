"""Do the files of a store match: shards, receipts, manifest, and nothing else?"""

from collections.abc import Iterator
from itertools import zip_longest
from typing import Any

import pyarrow.parquet as pq

from encode.reading.short_text import short_repr
from shards.audit.report import AuditTotals
from shards.errors import ShardError
from shards.layout import (
    KINDS,
    MANIFEST_TABLES,
    TAR_INDEX_SUFFIX,
    Kind,
    ShardIndex,
    manifest_name,
    parse_gap,
    parse_receipt,
    parse_shard,
    receipt_name,
    shard_name,
)
from shards.manifest import SCHEMAS, manifest_rows
from shards.reading.parquet_file import check_parquet
from shards.receipt import Receipt
from shards.receipts import read_receipt, receipt_indices, shard_indices
from shards.store import Store

__all__ = ["audit_files"]

Row = dict[str, Any]

_FOLDERS = ("frames/", "pairs/", "receipts/", "manifest/")


def audit_files(store: Store, totals: AuditTotals) -> None:
    """Report orphans, missing files, receipts out of order, and a manifest that differs from the receipts."""
    for kind in KINDS:
        _unpaired_files(store, kind, totals)
        _key_order(store, kind, totals)
    _unknown_files(store, totals)
    for table in MANIFEST_TABLES:
        _table(store, table, totals)


def _unpaired_files(store: Store, kind: Kind, totals: AuditTotals) -> None:
    shards, receipts = shard_indices(store, kind), receipt_indices(store, kind)
    for index in sorted(shards - receipts):
        totals.add_problem(
            "orphan", store.where(shard_name(kind, index)), "a shard without a receipt was never committed"
        )
    for index in sorted(receipts - shards):
        totals.add_problem("missing shard", store.where(shard_name(kind, index)), "its receipt is there and it is not")


def _key_order(store: Store, kind: Kind, totals: AuditTotals) -> None:
    """Report keys that do not ascend within and across shards: so no sample is in two shards."""
    last = ""
    for receipt in _readable(store, kind, totals):
        where = store.where(receipt_name(kind, receipt.index))
        for key in receipt.keys:
            if key <= last:
                totals.add_problem("order", where, f"expected keys that ascend, got {key} after {last}")
                break
            last = key


def _readable(store: Store, kind: Kind, totals: AuditTotals | None = None) -> Iterator[Receipt]:
    for index in sorted(receipt_indices(store, kind)):
        try:
            yield read_receipt(store, kind, index)
        except ShardError as error:
            if totals is not None:
                totals.add_problem("receipt", store.where(receipt_name(kind, index)), str(error))


def _unknown_files(store: Store, totals: AuditTotals) -> None:
    known = {manifest_name(table) for table in MANIFEST_TABLES}
    for folder in _FOLDERS:
        try:
            names = list(store.names(folder))
        except ShardError as error:
            totals.add_problem("orphan", store.where(folder), str(error))
            continue
        for name in names:
            indexed = parse_shard(name.removesuffix(TAR_INDEX_SUFFIX))
            if name.endswith(TAR_INDEX_SUFFIX) and indexed:
                _energon_index(store, name, indexed, totals)
            elif not (parse_shard(name) or parse_receipt(name) or parse_gap(name) or name in known):
                totals.add_problem("orphan", store.where(name), "no such file belongs to a data set")


def _energon_index(store: Store, name: str, shard: tuple[Kind, ShardIndex], totals: AuditTotals) -> None:
    """Report an index of megatron-energon that is not of its shard: an offset for each sample, and one for the end."""
    where = store.where(name)
    try:
        expected = 8 * (read_receipt(store, *shard).samples + 1)
        got = store.size(name)
    except ShardError as error:
        totals.add_problem("orphan", where, str(error))
        return
    if got != expected:
        totals.add_problem("orphan", where, f"expected {expected} bytes for the samples of its shard, got {got}")


def _table(store: Store, table: str, totals: AuditTotals) -> None:
    name = manifest_name(table)
    where = store.where(name)
    try:
        if not store.exists(name):
            totals.add_problem("manifest", where, "it is not there; write_manifest makes it from the receipts")
            return
        for number, (got, expected) in enumerate(zip_longest(_stored_rows(store, table), _expected_rows(store, table))):
            if got != expected:
                totals.add_problem("manifest", where, f"row {number}: {_row_difference(got, expected)}")
                return
    except Exception as error:  # Arrow raises its own errors, and those of its parsers of thrift and zstd
        totals.add_problem("manifest", where, f"it does not read as this table: {error}")


def _stored_rows(store: Store, table: str) -> Iterator[Row]:
    with store.open(manifest_name(table)) as stream, pq.ParquetFile(stream) as file:
        check_parquet(file.metadata, SCHEMAS[table], table)
        for batch in file.iter_batches(batch_size=8192, use_threads=False):
            yield from batch.to_pylist(maps_as_pydicts="strict")


def _expected_rows(store: Store, table: str) -> Iterator[Row]:
    for kind in KINDS:
        for receipt in _readable(store, kind):
            for row in manifest_rows(receipt)[table]:
                yield {name: row[name] for name in SCHEMAS[table].names}


def _row_difference(got: Row | None, expected: Row | None) -> str:
    if got is None or expected is None:
        row = "no such row" if expected is None else short_repr(expected)
        return f"expected {row} by the receipts, got {short_repr(got) if got else 'none'}"
    name = next(name for name in expected if got[name] != expected[name])
    return f"expected {name} {short_repr(expected[name])} by the receipts, got {short_repr(got[name])}"
