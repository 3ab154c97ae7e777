"""The cache of prepared files on this machine, by digest: made here, or downloaded from the job's output."""

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
SETTING_NAME = "verichrome place"  # of the collection and the world in a prepared setting


def prepared_folder() -> Path:
    """$VERICHROME_CACHE, else verichrome/ in the user's cache folder, else in the temporary folder.

    It is created where it is missing, for this user alone. Raises RenderError where others could write to it, since
    Blender opens its files.
    """
    folder = _configured_folder()
    try:
        folder.mkdir(mode=0o700, parents=True, exist_ok=True)
        status, link = folder.stat(), folder.lstat()
    except OSError as error:
        raise RenderError(f"The cache {folder} cannot be made ({error.strerror}).") from error
    if status.st_uid != os.getuid() or link.st_uid not in (0, os.getuid()):
        raise RenderError(f"The cache {folder} belongs to another user: set VERICHROME_CACHE to a folder of your own.")
    if status.st_mode & (stat.S_IWGRP | stat.S_IWOTH):
        raise RenderError(f"The cache {folder} can be written by others: chmod go-w {folder}.")
    return folder


def prepared(digest: str) -> Path:
    """The path of the prepared file with this digest, whether it exists or not."""
    return prepared_folder() / "prepared" / digest[:2] / digest


def file_digest(path: Path) -> str:
    """SHA-256 of the file's content, computed again only where the file has changed; "" where there is no file."""
    try:
        status = path.stat()
    except OSError:
        return ""
    return (
        _content_digest(path, status.st_ino, status.st_size, status.st_mtime_ns) if stat.S_ISREG(status.st_mode) else ""
    )


@lru_cache(maxsize=4096)
def _content_digest(path: Path, *_stamp: int) -> str:
    with path.open("rb") as stream:
        return hashlib.file_digest(stream, "sha256").hexdigest()


@contextmanager
def work_folder() -> Iterator[Path]:
    """A folder to prepare files in, beside the prepared ones; those that killed processes left behind are removed."""
    parent = prepared_folder() / "work"
    parent.mkdir(exist_ok=True)
    host = socket.gethostname()
    for leftover in parent.glob(f"{host}.*"):
        if not Path("/proc", leftover.name.rpartition(".")[0].rpartition(".")[2]).exists():
            rmtree(leftover, ignore_errors=True)
    with tempfile.TemporaryDirectory(prefix=f"{host}.{os.getpid()}.", dir=parent) as folder:
        yield Path(folder)


def _configured_folder() -> Path:
    chosen = os.environ.get("VERICHROME_CACHE")
    if chosen:
        return Path(chosen).absolute()
    home = Path(os.environ.get("XDG_CACHE_HOME") or Path("~/.cache").expanduser())
    nearest = next(path for path in (home, *home.parents) if path.exists())
    if os.access(nearest, os.W_OK):
        return home / "verichrome"
    return Path(tempfile.gettempdir()) / f"verichrome-cache-{os.getuid()}"
