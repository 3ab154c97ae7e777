"""A folder on this machine: below it only regular files are opened, and no symbolic link is followed.

Data sets are untrusted: a link in place of `manifest/` or `.tmp/lock` would lead reads and writes elsewhere, and
a pipe in place of a shard would block forever. The folder itself is the user's choice and may be reached by links.
"""

import contextlib
import errno
import os
import stat
from collections.abc import Iterator
from pathlib import Path
from typing import BinaryIO

from shards.layout import checked_name

__all__ = ["Folder", "open_regular", "stat_regular"]

#: With O_PATH, where the system has it, a folder can be passed through without permission to list it.
_WALK = os.O_DIRECTORY | os.O_NOFOLLOW | os.O_CLOEXEC | getattr(os, "O_PATH", os.O_RDONLY)
_OPEN = os.O_NOFOLLOW | os.O_NONBLOCK | os.O_CLOEXEC


class Folder:
    """A folder whose files have relative names, with `/` between their parts.

    Each part is opened from the one before, so that a folder that is replaced by a link meanwhile is not followed.
    Raises StoreError for a name that leads out of the folder, OSError otherwise.
    """

    def __init__(self, root: Path) -> None:
        self.root = root

    def open(self, name: str) -> BinaryIO:
        """The regular file `name`, to be read from its start."""
        with self.parent(name) as (folder, base):
            return os.fdopen(open_regular(base, os.O_RDONLY, folder), "rb")

    def size(self, name: str) -> int:
        """Bytes of the regular file `name`."""
        with self.parent(name) as (folder, base):
            return stat_regular(base, folder).st_size

    def exists(self, name: str) -> bool:
        """Whether there is anything of this name but a folder; opening it may still be refused."""
        try:
            with self.parent(name) as (folder, base):
                return not stat.S_ISDIR(os.stat(base, dir_fd=folder, follow_symlinks=False).st_mode)
        except (FileNotFoundError, NotADirectoryError):
            return False

    def entries(self, name: str = "") -> list[tuple[str, bool]]:
        """Return the sorted names in the folder `name` ("": the root), each with whether it is a folder, not a link."""
        with self._reach(checked_name(name).split("/") if name else [], make=False) as folder:
            descriptor = os.open(".", os.O_RDONLY | os.O_DIRECTORY | os.O_CLOEXEC, dir_fd=folder)
            try:
                with os.scandir(descriptor) as files:
                    return sorted((file.name, file.is_dir(follow_symlinks=False)) for file in files)
            finally:
                os.close(descriptor)

    def check_regular(self, name: str) -> None:
        """Raise OSError where the folder `name` is a link, or an entry is neither a regular file nor a folder."""
        with contextlib.suppress(FileNotFoundError):
            for base, is_folder in self.entries(name):
                if not is_folder:
                    with self.parent(f"{name}/{base}") as (folder, _):
                        stat_regular(base, folder, f"{name}/{base}")

    def remove(self, name: str) -> None:
        """Remove the file `name`; of a link, the link."""
        with self.parent(name) as (folder, base):
            os.unlink(base, dir_fd=folder)

    def remove_empty(self, name: str) -> None:
        """Remove the folder `name` if it is empty."""
        with contextlib.suppress(OSError), self.parent(name) as (folder, base):
            os.rmdir(base, dir_fd=folder)

    @contextlib.contextmanager
    def parent(self, name: str, make: bool = False) -> Iterator[tuple[int, str]]:
        """A descriptor of the folder that holds `name`, made on request, and the last part of the name."""
        *way, base = checked_name(name).split("/")
        with self._reach(way, make) as folder:
            yield folder, base

    @contextlib.contextmanager
    def _reach(self, way: list[str], make: bool) -> Iterator[int]:
        if make:
            with contextlib.suppress(FileExistsError):  # a file, which the next line refuses
                self.root.mkdir(parents=True, exist_ok=True)
        folder = os.open(self.root, _WALK & ~os.O_NOFOLLOW)
        try:
            for depth, part in enumerate(way, start=1):
                deeper = _step(folder, part, "/".join(way[:depth]), make)
                os.close(folder)
                folder = deeper
            yield folder
        finally:
            os.close(folder)


def open_regular(base: str, flags: int, folder: int) -> int:
    """A descriptor of the regular file `base` in an open folder. Raises OSError."""
    stat_regular(base, folder)  # before the open, which has effects on some devices
    descriptor = os.open(base, flags | _OPEN, dir_fd=folder)
    if not stat.S_ISREG(os.fstat(descriptor).st_mode):
        os.close(descriptor)
        raise OSError(errno.EINVAL, "it is not a regular file")
    return descriptor


def stat_regular(base: str, folder: int, called: str = "it") -> os.stat_result:
    """Return the stat of the regular file `base` in an open folder. Raises OSError, whose message names it `called`."""
    status = os.stat(base, dir_fd=folder, follow_symlinks=False)
    if stat.S_ISLNK(status.st_mode):
        raise OSError(errno.ELOOP, f"{called} is a symbolic link, not a regular file")
    if not stat.S_ISREG(status.st_mode):
        raise OSError(errno.EINVAL, f"{called} is not a regular file")
    return status


def _step(folder: int, part: str, path: str, make: bool) -> int:
    if make:
        with contextlib.suppress(FileExistsError):
            os.mkdir(part, dir_fd=folder)
    try:
        return os.open(part, _WALK, dir_fd=folder)
    except OSError as error:
        if error.errno in (errno.ENOTDIR, errno.ELOOP) and _is_link(part, folder):
            raise OSError(errno.ELOOP, f"{path} is a symbolic link, not a folder") from error
        raise


def _is_link(part: str, folder: int) -> bool:
    return stat.S_ISLNK(os.stat(part, dir_fd=folder, follow_symlinks=False).st_mode)
