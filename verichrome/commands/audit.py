"""`verichrome audit`."""

from rich.console import Console

from shards import Store, StoreError
from shards.audit import audit as audit_store
from verichrome.errors import UsageError
from verichrome.machine import cores

__all__ = ["audit"]


def audit(url: str, frames: str | None) -> int:
    """Print the report; 0 if nothing is wrong."""
    try:
        store = Store(url)
        if not any(store.names("receipts/")):
            raise UsageError(f"{url} is no output folder of Verichrome: it has no receipts.")
        report = audit_store(store, Store(frames) if frames else None, workers=cores())
    except StoreError as error:
        raise UsageError(f"Cannot audit {url}: {error}.") from error
    Console().print(str(report), highlight=False, markup=False, soft_wrap=True)
    return 0 if report.ok else 1
