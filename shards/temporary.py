"""Files that are being written: named so that no reader takes them for data, locked so that a sweep spares the living.

A temporary is `.tmp-{host}-{pid}-{n}` in a hidden folder. Its writer holds a lock (`flock`) on it until it is renamed
or removed, and the kernel drops that lock when the process dies, however it dies. So "can I lock it?" asks exactly
"is its writer dead?", which a pid cannot (pids are reused, and mean nothing on another host).
"""

import contextlib
import fcntl
import itertools
import os
import socket
from pathlib import Path
from types import TracebackType
from typing import BinaryIO, Self

__all__ = ["Temporary", "sweep"]

_PREFIX = ".tmp-"

#: Network file systems may not carry locks from host to host: another host's temporary is left alone this long.
_FOREIGN_GRACE_S = 24 * 3600.0


class Temporary:
    """A new, empty, locked file in `folder` (made if missing), open as `stream` for writing and reading.

    Leaving the with-block removes it unless `promote` gave it its final name. Raises OSError.
    """

    def __init__(self, folder: Path) -> None:
        folder.mkdir(parents=True, exist_ok=True)
        self.path, self.stream = _create_locked(folder)

    def sync(self) -> None:
        """Make the content durable: it is on the disk when this returns."""
        self.stream.flush()
        os.fsync(self.stream.fileno())

    def promote(self, path: Path) -> None:
        """Give the file its final name in one step, durably; the two must be on one file system."""
        self.sync()
        path.parent.mkdir(parents=True, exist_ok=True)
        os.replace(self.path, path)
        _sync_folder(path.parent)
        self.stream.close()

    def discard(self) -> None:
        """Remove the file if it still has its temporary name."""
        # Before the close, which drops the lock: nobody may see it unlocked and in place.
        with contextlib.suppress(FileNotFoundError):
            self.path.unlink()
        # A full disk fails the flush once more here, and hides the error that tells why.
        with contextlib.suppress(OSError):
            self.stream.close()

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.discard()


def sweep(folder: Path) -> int:
    """Remove the temporaries in `folder` whose writers are dead; return how many there were. Raises OSError."""
    if not folder.is_dir():
        return 0
    with Temporary(folder) as probe:  # tells the time by the file server's clock, which stamped the others
        now = os.fstat(probe.stream.fileno()).st_mtime
        found = [Path(entry) for entry in os.scandir(folder) if entry.name.startswith(_PREFIX)]
        return sum(_remove_if_dead(path, now) for path in found)


def _create_locked(folder: Path) -> tuple[Path, BinaryIO]:
    for number in itertools.count():
        path = folder / f"{_PREFIX}{_host()}-{os.getpid()}-{number}"
        try:
            # Not tempfile: its mode 0600 would stay with the file under its final name, which others must read.
            descriptor = os.open(path, os.O_RDWR | os.O_CREAT | os.O_EXCL | os.O_CLOEXEC, 0o666)
        except FileExistsError:
            continue
        _lock(descriptor, fcntl.LOCK_EX)
        if os.fstat(descriptor).st_nlink:
            return path, os.fdopen(descriptor, "r+b")
        os.close(descriptor)  # a sweep came between open and lock, and took it for a dead one
    raise AssertionError("itertools.count() has no end")


def _remove_if_dead(path: Path, now: float) -> bool:
    try:
        descriptor = os.open(path, os.O_RDWR | os.O_CLOEXEC)
    except OSError:  # gone meanwhile, or another user's
        return False
    try:
        foreign = not path.name.startswith(f"{_PREFIX}{_host()}-")
        young = now - os.fstat(descriptor).st_mtime < _FOREIGN_GRACE_S
        if (foreign and young) or not _lock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB):
            return False
        # Promoted between the listing and the lock: then the name is gone and nothing is removed.
        with contextlib.suppress(FileNotFoundError):
            path.unlink()
            return True
        return False
    finally:
        os.close(descriptor)


def _lock(descriptor: int, how: int) -> bool:
    """Lock the file; false when somebody else has it, or when this file system has no locks at all."""
    try:
        fcntl.flock(descriptor, how)
    except OSError:
        return False
    return True


def _host() -> str:
    return socket.gethostname().replace("/", "_") or "localhost"


def _sync_folder(folder: Path) -> None:
    descriptor = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)
