"""Folders for the life of a process, where other users and programs keep theirs: nobody else's, and none left behind.

A process that is killed cannot clear up. So all such folders of a user lie in one, each is locked (`flock`) by who uses
it, the kernel drops that lock when the process dies, and the next one that comes removes what nobody holds.
"""

import fcntl
import os
import shutil
import stat
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

__all__ = ["hold_folder", "run_folder", "scratch_file", "sweep_beside"]

RAM_DISK = Path("/dev/shm")
ROOM = 256 * 2**20  # bytes: a full RAM disk kills the run, so a nearly full one is not used
#: Seconds in which a new folder is left alone, for its maker locks it a moment after.
GRACE = 60.0


@contextmanager
def scratch_file(suffix: str) -> Iterator[Path]:
    """A path for one file between Blender and numpy, on a RAM disk where there is one; removed whatever happens."""
    with run_folder("scratch-", _ram_disk()) as folder:
        yield folder / f"scratch{suffix}"


@contextmanager
def run_folder(prefix: str, place: Path | None = None) -> Iterator[Path]:
    """A new folder of this process's, in `place` or the system's temporary folder; removed on the way out.

    What dead processes of this user left there is removed on the way in. Raises OSError.
    """
    own = _own_folder(place or Path(tempfile.gettempdir()))
    folder = Path(tempfile.mkdtemp(prefix=prefix, dir=own))
    held = hold_folder(folder)
    sweep_beside(folder)
    try:
        yield folder
    finally:
        shutil.rmtree(folder, ignore_errors=True)
        os.close(held)


def hold_folder(folder: Path) -> int:
    """Keep a folder from being swept while the descriptor that is returned is open. Raises OSError.

    Raises PermissionError where the folder is a link, another user's, or one that others may write to.
    """
    descriptor = os.open(folder, os.O_RDONLY | os.O_DIRECTORY | os.O_NOFOLLOW | os.O_CLOEXEC)
    found = os.fstat(descriptor)
    if found.st_uid != os.getuid() or stat.S_IMODE(found.st_mode) & 0o022:
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


def _own_folder(place: Path) -> Path:
    """`verichrome-UID` in a place that others write to; a new name where another user has taken that one."""
    folder = place / f"verichrome-{os.getuid()}"
    with suppress(FileExistsError):
        folder.mkdir(mode=0o700)
    try:
        descriptor = os.open(folder, os.O_RDONLY | os.O_DIRECTORY | os.O_NOFOLLOW | os.O_CLOEXEC)
    except OSError:
        return Path(tempfile.mkdtemp(prefix="verichrome-", dir=place))
    try:
        if os.fstat(descriptor).st_uid != os.getuid():
            return Path(tempfile.mkdtemp(prefix="verichrome-", dir=place))
        os.fchmod(descriptor, 0o700)
    finally:
        os.close(descriptor)
    return folder


def _ram_disk() -> Path | None:
    if not (RAM_DISK.is_dir() and os.access(RAM_DISK, os.W_OK)):
        return None
    state = os.statvfs(RAM_DISK)
    return RAM_DISK if state.f_bavail * state.f_frsize > ROOM else None
