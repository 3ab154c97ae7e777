"""Whatever goes wrong with one thing under audit is one line of the report, never its end."""

from collections.abc import Iterator
from contextlib import contextmanager

from shards.audit.report import Tally
from shards.errors import StoreError

__all__ = ["one_line"]


@contextmanager
def one_line(tally: Tally, check: str, where: str) -> Iterator[None]:
    """Blame `where` for an error that no check foresaw; StoreErrors pass, since then nothing can be audited."""
    try:
        yield
    except StoreError:
        raise
    except Exception as error:
        tally.blame(check, where, f"it cannot be audited: {type(error).__name__}: {str(error)[:300]}")
