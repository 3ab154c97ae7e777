"""Temporary folders of a process, private to its user, and removed even after a crash.

A process that is killed cannot clean up. So all such folders of a user are in one; each is locked (`flock`) by the
process that uses it, the kernel drops the lock when the process dies, and the next process removes unlocked folders.
"""

import fcntl
import os
import shutil
import stat
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

__all__ = ["hold_folder", "one_process", "run_folder", "scratch_file", "sweep_beside"]

RAM_DISK = Path("/dev/shm")
ROOM = 256 * 2**20  # bytes that must be free: a full RAM disk would end the job
#: Seconds in which a new folder is not removed, since it is locked a moment after it is made.
GRACE = 60.0


@contextmanager
def scratch_file(suffix: str) -> Iterator[Path]:
    """A path for one file between Blender and numpy, on a RAM disk where there is one; removed whatever happens."""
    with run_folder("scratch-", _ram_disk()) as folder:
        yield folder / f"scratch{suffix}"


@contextmanager
def run_folder(prefix: str, parent: Path | None = None) -> Iterator[Path]:
    """A new folder of this process's, in `parent` or the system's temporary folder; removed on the way out.

    Folders that dead processes of this user left there are removed first. Raises OSError.
    """
    own = _own_folder(parent or Path(tempfile.gettempdir()))
    folder = Path(tempfile.mkdtemp(prefix=prefix, dir=own))
    held = hold_folder(folder)
    sweep_beside(folder)
    try:
        yield folder
    finally:
        shutil.rmtree(folder, ignore_errors=True)
        os.close(held)


@contextmanager
def one_process(name: str) -> Iterator[None]:
    """Wait until no other process of this user with the same temporary folder is in here under this name.

    Raises OSError.
    """
    path = _own_folder(Path(tempfile.gettempdir())) / f"{name}.lock"
    descriptor = os.open(path, os.O_RDWR | os.O_CREAT | os.O_NOFOLLOW | os.O_CLOEXEC, 0o600)
    try:
        with suppress(OSError):  # a file system without locks
            fcntl.flock(descriptor, fcntl.LOCK_EX)
        yield
    finally:
        os.close(descriptor)


def hold_folder(folder: Path) -> int:
    """Keep a folder from being swept while the descriptor that is returned is open. Raises OSError.

    Raises PermissionError where the folder is a link, another user's, or one that others may write to.
    """
    descriptor = os.open(folder, os.O_RDONLY | os.O_DIRECTORY | os.O_NOFOLLOW | os.O_CLOEXEC)
    status = os.fstat(descriptor)
    if status.st_uid != os.getuid() or stat.S_IMODE(status.st_mode) & 0o022:
        os.close(descriptor)
        raise PermissionError(f"{folder} is another user's, or one that others may write to")
    with suppress(OSError):  # a file system without locks: it is swept once it is old
        fcntl.flock(descriptor, fcntl.LOCK_SH)
    return descriptor


def sweep_beside(folder: Path) -> None:
    """Remove the older folders beside `folder`, which was just made, that no living process holds."""
    now = folder.stat().st_mtime
    for path in sorted(folder.parent.iterdir()):
        with suppress(OSError):
            descriptor = os.open(path, os.O_RDONLY | os.O_DIRECTORY | os.O_NOFOLLOW | os.O_CLOEXEC)
            try:
                if now - os.fstat(descriptor).st_mtime > GRACE:
                    fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
                    shutil.rmtree(path, ignore_errors=True)
            finally:
                os.close(descriptor)


def _own_folder(parent: Path) -> Path:
    """`verichrome-UID` in a folder that others write to; a new name where another user has taken that one."""
    folder = parent / f"verichrome-{os.getuid()}"
    with suppress(FileExistsError):
        folder.mkdir(mode=0o700)
    try:
        descriptor = os.open(folder, os.O_RDONLY | os.O_DIRECTORY | os.O_NOFOLLOW | os.O_CLOEXEC)
    except OSError:
        return Path(tempfile.mkdtemp(prefix="verichrome-", dir=parent))
    try:
        if os.fstat(descriptor).st_uid != os.getuid():
            return Path(tempfile.mkdtemp(prefix="verichrome-", dir=parent))
        os.fchmod(descriptor, 0o700)
    finally:
        os.close(descriptor)
    return folder


def _ram_disk() -> Path | None:
    if not (RAM_DISK.is_dir() and os.access(RAM_DISK, os.W_OK)):
        return None
    state = os.statvfs(RAM_DISK)
    return RAM_DISK if state.f_bavail * state.f_frsize > ROOM else None
