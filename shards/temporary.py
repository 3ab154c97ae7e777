"""Files that are being written: named so that readers ignore them, locked while their writer lives.

A temporary is `.tmp-{host}-{pid}-{n}` in a hidden folder. Its writer holds a lock (`flock`) on it until it is renamed
or removed, and the kernel drops that lock when the process dies, however it dies. So "can I lock it?" asks exactly
"is its writer dead?", which a pid cannot (pids are reused, and mean nothing on another host).
"""

import contextlib
import errno
import fcntl
import itertools
import os
import socket
import stat
import tempfile
from pathlib import Path
from types import TracebackType
from typing import BinaryIO, Self, cast

__all__ = ["Temporary", "Unnamed", "sweep"]

_PREFIX = ".tmp-"

#: Network file systems may not share locks between hosts: another host's temporary is kept this many seconds.
_FOREIGN_GRACE_S = 24 * 3600.0


class Temporary:
    """A new, empty, locked file in `folder` (made if missing), open as `stream` for writing and reading.

    `folder` itself must not be a symbolic link. Leaving the with-block removes the file unless `promote` gave it its
    final name. Raises OSError.
    """

    def __init__(self, folder: Path) -> None:
        folder.mkdir(parents=True, exist_ok=True)
        self._folder = _open_folder(folder)
        try:
            self._name, self.stream = _create_locked(self._folder)
        except BaseException:
            os.close(self._folder)
            raise
        self.path = folder / self._name
        self.folder = folder

    def sync(self) -> None:
        """Make the content durable: it is on the disk when this returns."""
        self.stream.flush()
        os.fsync(self.stream.fileno())

    def promote(self, folder: int, name: str) -> None:
        """Give the file its final name in an open folder of the same file system, in one step, durably."""
        self.sync()
        os.replace(self._name, name, src_dir_fd=self._folder, dst_dir_fd=folder)
        _sync_folder(folder)
        self._close()

    def discard(self) -> None:
        """Remove the file if it still has its temporary name."""
        if self._folder < 0:
            return
        # Before the close, which drops the lock: no process may see it unlocked and in place.
        with contextlib.suppress(FileNotFoundError):
            os.unlink(self._name, dir_fd=self._folder)
        self._close()

    def _close(self) -> None:
        os.close(self._folder)
        self._folder = -1
        # A full disk fails the flush once more here, and hides the first error.
        with contextlib.suppress(OSError):
            self.stream.close()

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.discard()


class Unnamed:
    """A file without a name in the system's temporary folder, so that nothing is left whatever happens.

    `path` leads to it while it is open; `folder` is where it takes up disk space.
    """

    def __init__(self) -> None:
        self.stream: BinaryIO = cast(BinaryIO, tempfile.TemporaryFile())  # noqa: SIM115 - open until `discard`
        self.path = Path(f"/dev/fd/{self.stream.fileno()}")
        self.folder = Path(tempfile.gettempdir())

    def sync(self) -> None:
        """Flush, and go to the start, where a reader of `path` begins."""
        self.stream.seek(0)  # which flushes

    def discard(self) -> None:
        """Close the file, which removes it."""
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
    try:
        descriptor = _open_folder(folder)
    except FileNotFoundError:
        return 0
    try:
        with Temporary(folder) as probe:  # its time is the file server's, like that of the others
            now = os.fstat(probe.stream.fileno()).st_mtime
            temporaries = [name for name in os.listdir(descriptor) if name.startswith(_PREFIX)]
            return sum(_remove_if_dead(name, descriptor, now) for name in temporaries)
    finally:
        os.close(descriptor)


def _open_folder(folder: Path) -> int:
    try:
        return os.open(folder, os.O_RDONLY | os.O_DIRECTORY | os.O_NOFOLLOW | os.O_CLOEXEC)
    except OSError as error:
        if folder.is_symlink():
            raise OSError(errno.ELOOP, f"{folder.name} is a symbolic link, not a folder") from error
        raise


def _create_locked(folder: int) -> tuple[str, BinaryIO]:
    for number in itertools.count():
        name = f"{_PREFIX}{_host()}-{os.getpid()}-{number}"
        try:
            # Not tempfile: its mode 0600 would stay with the file under its final name, which others must read.
            flags = os.O_RDWR | os.O_CREAT | os.O_EXCL | os.O_NOFOLLOW | os.O_CLOEXEC
            descriptor = os.open(name, flags, 0o666, dir_fd=folder)
        except FileExistsError:
            continue
        _lock(descriptor, fcntl.LOCK_EX)
        if os.fstat(descriptor).st_nlink:
            return name, os.fdopen(descriptor, "r+b")
        os.close(descriptor)  # a sweep between open and lock removed it as dead
    raise AssertionError("itertools.count() has no end")


def _remove_if_dead(name: str, folder: int, now: float) -> bool:
    try:
        flags = os.O_RDWR | os.O_NOFOLLOW | os.O_NONBLOCK | os.O_CLOEXEC
        descriptor = os.open(name, flags, dir_fd=folder)
    except OSError:  # gone meanwhile, another user's, or a link
        return False
    try:
        known = os.fstat(descriptor)
        foreign = not name.startswith(f"{_PREFIX}{_host()}-")
        young = now - known.st_mtime < _FOREIGN_GRACE_S
        if not stat.S_ISREG(known.st_mode) or (foreign and young):
            return False
        if not _lock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB):
            return False
        # Promoted between the listing and the lock: then the name is gone and nothing is removed.
        with contextlib.suppress(FileNotFoundError):
            os.unlink(name, dir_fd=folder)
            return True
        return False
    finally:
        os.close(descriptor)


def _lock(descriptor: int, how: int) -> bool:
    """Lock the file; false when another process has it, or when the file system has no locks."""
    try:
        fcntl.flock(descriptor, how)
    except OSError:
        return False
    return True


def _host() -> str:
    return socket.gethostname().replace("/", "_") or "localhost"


def _sync_folder(folder: int) -> None:
    descriptor = os.open(".", os.O_RDONLY, dir_fd=folder)  # `folder` may be open for walking alone
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)
