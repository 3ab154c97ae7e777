"""One writer at a time in an output folder."""

import contextlib
import errno
import fcntl
import os
import socket
from collections.abc import Iterator

from shards import Store, printable
from shards.folder import Folder, open_regular
from verichrome.errors import UsageError

__all__ = ["hold_output"]

#: Beside the temporaries, hidden from every reader.
_NAME = ".tmp/lock"
#: Another command may remove the lock, and its folder, at any moment; more than a few times in a row is odd.
_TRIES = 100
_NEW = os.O_RDWR | os.O_CREAT | os.O_EXCL | os.O_NOFOLLOW | os.O_CLOEXEC


@contextlib.contextmanager
def hold_output(store: Store) -> Iterator[None]:
    """Keep other commands from writing to the same folder; raises UsageError where one is doing so.

    The kernel drops the lock when its process dies, however it dies. Object stores and some network file systems have
    no locks: two jobs at one URL waste work, but do no harm, since both write the same bytes under the same names.
    """
    if store.folder is None:
        yield
        return
    disk, is_new = Folder(store.folder), not store.folder.exists()
    try:
        descriptor = _locked(disk)
    except OSError as error:
        raise UsageError(
            f"Cannot use the output {store.url}: cannot write {store.where(_NAME)}: {error.strerror}."
        ) from error
    if descriptor is None:
        raise UsageError(
            f"Another job is writing to {store.url} ({_holder(disk)}); wait for it, or take another --out."
        )
    try:
        yield
    finally:
        _release(disk, descriptor, is_new)


def _locked(disk: Folder) -> int | None:
    """A descriptor that holds the lock, or None where another process does.

    The lock is always a new file. An existing one that no process holds is removed and never written to:
    it may be a hard link to a file of the user's.
    """
    for _ in range(_TRIES):
        with contextlib.suppress(FileNotFoundError), disk.parent(_NAME, make=True) as (folder, base):
            try:
                descriptor, created = os.open(base, _NEW, 0o666, dir_fd=folder), True
            except FileExistsError:
                descriptor, created = open_regular(base, os.O_RDWR, folder), False
            if not _flock(descriptor):
                os.close(descriptor)
                return None
            exists = os.fstat(descriptor).st_nlink > 0  # else another process removed it between open and lock
            if exists and created:
                os.write(descriptor, f"process {os.getpid()} on {socket.gethostname()}".encode())
                return descriptor
            if exists:
                os.unlink(base, dir_fd=folder)
            os.close(descriptor)
    raise OSError(errno.EAGAIN, "other processes make and remove it all the time")


def _flock(descriptor: int) -> bool:
    """False where another process holds the lock."""
    try:
        fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError:
        return False
    except OSError:
        pass  # a network file system without locks
    return True


def _release(disk: Folder, descriptor: int, is_new: bool) -> None:
    """Remove the lock, and the folders that were made for it where nothing else is in them."""
    with contextlib.suppress(OSError):
        disk.remove(_NAME)
        disk.remove_empty(_NAME.partition("/")[0])
        if is_new:
            disk.root.rmdir()
    os.close(descriptor)


def _holder(disk: Folder) -> str:
    with contextlib.suppress(OSError), disk.open(_NAME) as stream:
        return printable(stream.read(200).decode("utf-8", "replace")) or "it has just begun"
    return "it is just ending"
