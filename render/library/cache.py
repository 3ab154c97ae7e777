"""Where prepared files lie on this machine, by digest: made here, or fetched from the job's output."""

import hashlib
import os
import socket
import stat
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from functools import lru_cache
from pathlib import Path
from shutil import rmtree

from render.errors import RenderError

__all__ = ["MESH_NAME", "SETTING_NAME", "file_digest", "prepared", "prepared_folder", "work_folder"]

MESH_NAME = "asset"  # of the mesh in a prepared file
SETTING_NAME = "verichrome place"  # of the collection, and of the world, in a prepared place


def prepared_folder() -> Path:
    """$VERICHROME_CACHE, else verichrome/ in the user's cache folder, else in the temporary folder.

    It is made where it is missing, for this user alone. Raises RenderError where others could write to it: what lies in
    it is opened by Blender.
    """
    folder = _chosen()
    try:
        folder.mkdir(mode=0o700, parents=True, exist_ok=True)
        found, link = folder.stat(), folder.lstat()
    except OSError as error:
        raise RenderError(f"The cache {folder} cannot be made ({error.strerror}).") from error
    if found.st_uid != os.getuid() or link.st_uid not in (0, os.getuid()):
        raise RenderError(f"The cache {folder} belongs to another user: set VERICHROME_CACHE to a folder of your own.")
    if found.st_mode & (stat.S_IWGRP | stat.S_IWOTH):
        raise RenderError(f"The cache {folder} can be written by others: chmod go-w {folder}.")
    return folder


def prepared(digest: str) -> Path:
    """The prepared file of this digest, whether it is there or not."""
    return prepared_folder() / "prepared" / digest[:2] / digest


def file_digest(path: Path) -> str:
    """SHA-256 of the file's content, read again only where the file has changed; "" where there is none."""
    try:
        found = path.stat()
    except OSError:
        return ""
    return _content_digest(path, found.st_ino, found.st_size, found.st_mtime_ns) if stat.S_ISREG(found.st_mode) else ""


@lru_cache(maxsize=4096)
def _content_digest(path: Path, *_stamp: int) -> str:
    with path.open("rb") as stream:
        return hashlib.file_digest(stream, "sha256").hexdigest()


@contextmanager
def work_folder() -> Iterator[Path]:
    """A folder to prepare files in, beside the prepared ones; those that killed processes left are removed."""
    above = prepared_folder() / "work"
    above.mkdir(exist_ok=True)
    here = socket.gethostname()
    for left in above.glob(f"{here}.*"):
        if not Path("/proc", left.name.rpartition(".")[0].rpartition(".")[2]).exists():
            rmtree(left, ignore_errors=True)
    with tempfile.TemporaryDirectory(prefix=f"{here}.{os.getpid()}.", dir=above) as folder:
        yield Path(folder)


def _chosen() -> Path:
    chosen = os.environ.get("VERICHROME_CACHE")
    if chosen:
        return Path(chosen).absolute()
    home = Path(os.environ.get("XDG_CACHE_HOME") or Path("~/.cache").expanduser())
    nearest = next(path for path in (home, *home.parents) if path.exists())
    if os.access(nearest, os.W_OK):
        return home / "verichrome"
    return Path(tempfile.gettempdir()) / f"verichrome-cache-{os.getuid()}"
