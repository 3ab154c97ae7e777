"""Small files of a store, read whole if they are not larger than such files may be."""

from encode import FormatError
from shards.store import Store

__all__ = ["read_small"]


def read_small(store: Store, name: str, most: int) -> bytes:
    """Content of the file; raises FormatError for more than `most` bytes, StoreError where it cannot be read."""
    if store.folder is None and store.size(name) == 0:
        return b""  # object stores have no empty ranges
    content = store.read_range(name, 0, most + 1)
    if len(content) > most:
        raise FormatError(store.where(name), f"a file of at most {most:,} bytes", "a larger one")
    return content
