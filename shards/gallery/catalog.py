"""The tables of a data set: rows of its manifest, and of the receipts of shards that the manifest does not name."""

from functools import partial
from typing import Any

import pyarrow as pa
import pyarrow.compute as pc
import pyarrow.dataset as ds

from encode import FormatError
from shards.errors import StoreError
from shards.gallery.lru_cache import LruCache
from shards.gallery.rows import Rows, TablePart
from shards.layout import Kind, ShardIndex, manifest_name, receipt_name
from shards.manifest import SCHEMAS, manifest_rows
from shards.reading.parquet_file import check_parquet
from shards.receipt import Receipt
from shards.receipts import read_receipt, receipt_indices
from shards.store import Store

__all__ = ["RECEIPTS_READ", "Catalog"]

#: Receipts that are read and kept for a job without a manifest: a job of ten thousand scenes has hundreds.
RECEIPTS_READ = 512

#: Kinds of receipts that hold rows of a table.
_KINDS_OF: dict[str, tuple[Kind, ...]] = {
    "scenes": ("frames",),
    "frames": ("frames",),
    "pairs": ("pairs",),
    "shards": ("frames", "pairs"),
}


class Catalog:
    """The tables of a store; rows of the manifest first, then of newer shards. Opening reads no rows.

    A manifest is up to date if no shard follows its last one. If one does, a job is running or was stopped.
    Raises ShardError.
    """

    def __init__(self, store: Store) -> None:
        self.store = store
        self._receipts: LruCache[tuple[Kind, ShardIndex], Receipt] = LruCache(RECEIPTS_READ)
        self._tables: dict[str, Rows] = {}
        self._newer: dict[Kind, list[ShardIndex]] = {kind: self._beyond_manifest(kind) for kind in ("frames", "pairs")}

    @property
    def finished(self) -> bool:
        """Whether the manifest names every shard."""
        return not self.waiting

    @property
    def waiting(self) -> int:
        """How many shards the manifest does not name."""
        return sum(map(len, self._newer.values()))

    def rows(self, table: str) -> Rows:
        """`scenes`, `frames`, `pairs` or `shards`, with the columns that the manifest has."""
        if table not in self._tables:
            self._tables[table] = self._open(table)
        return self._tables[table]

    def _open(self, table: str) -> Rows:
        newer = [
            TablePart(partial(self._rows_of, kind, index, table), counted=False)
            for kind in _KINDS_OF[table]
            for index in self._newer[kind]
        ]
        return Rows([*self._written(table), *newer])

    def _beyond_manifest(self, kind: Kind) -> list[ShardIndex]:
        table = Rows(self._written("shards")).all(["kind", "index"])
        of_kind = table.filter(pc.equal(table["kind"], kind)) if len(table) else table
        known: set[ShardIndex] = set(of_kind["index"].to_pylist())
        if known and not self.store.exists(receipt_name(kind, ShardIndex(max(known) + 1))):
            return []
        return sorted(receipt_indices(self.store, kind) - known)

    def _written(self, table: str) -> list[TablePart]:
        name = manifest_name(table)
        if not self.store.exists(name):
            return []
        try:
            fragment = ds.ParquetFileFormat().make_fragment(_arrow_file(self.store, name))
            check_parquet(fragment.metadata, SCHEMAS[table], self.store.where(name))
            groups = fragment.split_by_row_group()
        except FormatError as error:
            raise StoreError(str(error)) from error
        except Exception as error:  # Arrow raises its own errors, and those of its parsers
            raise StoreError(f"{self.store.where(name)} does not read as parquet: {str(error)[:300]}") from error
        return [TablePart(partial(_same, group), counted=True) for group in groups]

    def _rows_of(self, kind: Kind, index: ShardIndex, table: str) -> ds.Dataset:
        rows = manifest_rows(self._receipt(kind, index))[table]
        schema = SCHEMAS[table]
        return ds.dataset(pa.Table.from_pylist(rows, schema=schema))

    def _receipt(self, kind: Kind, index: ShardIndex) -> Receipt:
        return self._receipts.get((kind, index), lambda: read_receipt(self.store, kind, index))


def _arrow_file(store: Store, name: str) -> Any:
    """Return an open file: a path could lead elsewhere by the time it is read."""
    stream = store.open(name)
    if store.folder is None:
        return stream
    with stream:
        return pa.OSFile(f"/dev/fd/{stream.fileno()}")  # Arrow's own, which is read and closed without Python


def _same(group: ds.Fragment) -> ds.Fragment:
    return group
