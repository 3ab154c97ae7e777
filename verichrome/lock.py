"""One writer at a time in an output folder."""

import contextlib
import fcntl
import os
import socket
from collections.abc import Iterator
from pathlib import Path

from shards import Store
from verichrome.errors import UsageError

__all__ = ["hold_output"]

#: Beside the temporaries, hidden from every reader.
_NAME = ".tmp/lock"


@contextlib.contextmanager
def hold_output(store: Store) -> Iterator[None]:
    """Keep other commands from writing to the same folder; raises UsageError where one is at it.

    The kernel drops the lock when its process dies, however it dies. Object stores have no locks: two jobs at one URL
    waste work, but do no harm, since both write the same bytes under the same names. Nor has every network file system.
    """
    if store.folder is None:
        yield
        return
    path = store.folder / _NAME
    ours = not store.folder.exists()
    try:
        descriptor = _locked(path)
    except OSError as error:
        raise UsageError(f"Cannot use the output {store.url}: cannot write {path}: {error.strerror}.") from error
    if descriptor is None:
        raise UsageError(
            f"Another job is writing to {store.url} ({_holder(path)}); wait for it, or take another --out."
        )
    try:
        yield
    finally:
        _release(path, descriptor, ours)


def _locked(path: Path) -> int | None:
    """A descriptor that holds the lock, or None where another process does."""
    while True:
        path.parent.mkdir(parents=True, exist_ok=True)
        descriptor = os.open(path, os.O_RDWR | os.O_CREAT | os.O_CLOEXEC, 0o666)
        try:
            fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            os.close(descriptor)
            return None
        except OSError:
            pass  # a network file system without locks
        if os.fstat(descriptor).st_nlink:
            os.truncate(descriptor, 0)
            os.write(descriptor, f"process {os.getpid()} on {socket.gethostname()}".encode())
            return descriptor
        os.close(descriptor)  # its last holder removed it between our open and lock


def _release(path: Path, descriptor: int, ours: bool) -> None:
    """Remove the lock, and the folders that were made for it where nothing else stands in them."""
    with contextlib.suppress(OSError):
        path.unlink()
        path.parent.rmdir()
        if ours:
            path.parent.parent.rmdir()
    os.close(descriptor)


def _holder(path: Path) -> str:
    with contextlib.suppress(OSError):
        return path.read_text(encoding="utf-8") or "it has just begun"
    return "it is just ending"
