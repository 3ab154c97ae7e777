"""The only check of untrusted parquet files, by their metadata, before a row is read."""

import pyarrow as pa
import pyarrow.parquet as pq

from encode import FormatError
from encode.reading.short_text import short_repr

__all__ = ["check_parquet"]

#: What a row group may hold; those that `write_manifest` writes have 32,768 rows, some 10 MB.
_MOST_ROWS = 1 << 20
_MOST_BYTES = 256 << 20


def check_parquet(metadata: pq.FileMetaData, schema: pa.Schema, where: str) -> None:
    """Raise FormatError unless columns are those of `schema`, and row groups of a size that is read at once."""
    got = metadata.schema.to_arrow_schema().remove_metadata()
    if got != schema:
        raise FormatError(where, f"the columns {schema.names} with their types", short_repr(got.names))
    for number in range(metadata.num_row_groups):
        group = metadata.row_group(number)
        if not 0 <= group.num_rows <= _MOST_ROWS or not 0 <= group.total_byte_size <= _MOST_BYTES:
            size = f"{group.num_rows:,} rows in {group.total_byte_size:,} bytes"
            raise FormatError(where, f"row groups of at most {_MOST_ROWS:,} rows and {_MOST_BYTES:,} bytes", size)
