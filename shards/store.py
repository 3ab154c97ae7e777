"""Where shards live: a folder, or any object store that fsspec knows by URL. Files are written whole, in one step."""

import contextlib
import os
from collections.abc import Iterator
from functools import partial
from pathlib import Path
from typing import BinaryIO, cast

import fsspec

from encode.reading.short_text import printable
from shards.errors import StoreError
from shards.folder import Folder
from shards.layout import checked_name
from shards.retry import with_retries
from shards.temporary import Temporary, Unnamed, sweep

__all__ = ["Store"]

#: Holds the temporaries of a folder store: on the same file system, and outside every data glob.
_HIDDEN = ".tmp"


class Store:
    """A folder (`out`, `/data/out`) or an fsspec URL (`s3://bucket/out`), addressed by names like `frames/x.tar`.

    A file exists whole or not at all: locally it is written under a temporary name, synced and renamed; an object store
    gets one upload. Folders whose names begin with a dot are hidden: they are listed only by a prefix inside one. A
    name never leads out of the store, and in a folder only to a regular file, by no symbolic link below the folder.

    Transient errors (timeouts, a busy server) are retried for half a minute. Every other failure is a
    StoreError that names the path and the cause. Holds no connection: it may be pickled.
    """

    def __init__(self, url: str | os.PathLike[str]) -> None:
        self.url = os.fspath(url)
        try:
            if "://" in self.url:
                # No cached listings: other workers add names meanwhile.
                self._fs, root = fsspec.core.url_to_fs(self.url, use_listings_cache=False)
            else:  # fsspec would take `a::b` for two file systems
                self._fs, root = fsspec.filesystem("file"), os.path.abspath(os.path.expanduser(self.url))
        except (ImportError, ValueError) as error:
            raise StoreError(f"{printable(self.url)}: no file system for this URL ({error})") from error
        self._root = str(root).rstrip("/")
        local = isinstance(self._fs, fsspec.get_filesystem_class("file"))
        self._disk = Folder(Path(self._root or "/")) if local else None

    @property
    def folder(self) -> Path | None:
        """Where the files are, None for a URL."""
        return self._disk.root if self._disk is not None else None

    def __repr__(self) -> str:
        return f"Store({self.url!r})"

    def where(self, name: str) -> str:
        """Full path or URL of `name`, for messages."""
        return f"{self.url.rstrip('/')}/{name}".rstrip("/")

    def exists(self, name: str) -> bool:
        """Whether there is a file of this name, which is then complete; opening it may still fail."""
        with self._store_errors("look for", name):
            if self._disk is not None:
                return with_retries(partial(self._disk.exists, name))
            # Not isfile, which is false after any error.
            try:
                return bool(with_retries(lambda: self._fs.info(self._path(name)))["type"] == "file")
            except (FileNotFoundError, NotADirectoryError):
                return False

    def size(self, name: str) -> int:
        """Bytes of the file."""
        with self._store_errors("look at", name):
            if self._disk is not None:
                return with_retries(partial(self._disk.size, name))
            return with_retries(lambda: int(self._fs.size(self._path(name))))

    def read_bytes(self, name: str) -> bytes:
        """Content of the whole file."""
        with self._store_errors("read", name):
            if self._disk is not None:
                with with_retries(partial(self._disk.open, name)) as stream:
                    return stream.read()
            return with_retries(lambda: bytes(self._fs.cat_file(self._path(name))))

    def read_range(self, name: str, start: int, stop: int) -> bytes:
        """Bytes `start` to `stop` of the file, fewer where it ends before; `start` must lie within it."""
        with self._store_errors("read", name):
            if self._disk is not None:
                with with_retries(partial(self._disk.open, name)) as stream:
                    stream.seek(start)
                    return stream.read(stop - start)
            return with_retries(lambda: bytes(self._fs.cat_file(self._path(name), start=start, end=stop)))

    def open(self, name: str) -> BinaryIO:
        """Open the file for streaming from its start; the caller closes it. It can be sought in."""
        with self._store_errors("open", name):
            if self._disk is not None:
                return with_retries(partial(self._disk.open, name))
            return with_retries(lambda: cast(BinaryIO, self._fs.open(self._path(name), "rb")))

    def entries(self) -> list[tuple[str, bool]]:
        """Return the sorted names at the top, hidden or not, each with whether it is a folder."""
        with self._store_errors("list", ""):
            return self._listed("")

    def names(self, prefix: str = "") -> Iterator[str]:
        """Yield, folder by folder and sorted within each, the names that begin with `prefix`.

        Hidden folders (`.tmp`) are left out, unless `prefix` leads into one. What is neither a folder nor a regular
        file is named too; opening it is refused.
        """
        with self._store_errors("list", prefix):
            yield from self._walk(prefix.rpartition("/")[0], prefix)

    def check_regular(self, folder: str) -> None:
        """Raise StoreError if the folder is a link or holds anything but regular files and folders.

        Object stores hold objects alone.
        """
        with self._store_errors("use", folder):
            if self._disk is not None:
                self._disk.check_regular(folder)

    def put(self, name: str, content: bytes) -> None:
        """Write a file in one step, replacing an older one."""
        with self._store_errors("write", name):
            if self._disk is None:
                with_retries(lambda: self._fs.pipe_file(self._path(name), content))
                return
            with self.temporary() as temporary:
                temporary.stream.write(content)
                self.adopt(temporary, name)

    def put_file(self, local_path: Path, name: str) -> None:
        """Copy a finished local file to `name` in one step, replacing an older one."""
        with self._store_errors("write", name):
            if self._disk is None:
                with_retries(lambda: self._fs.put_file(str(local_path), self._path(name)))
                return
            with self.temporary() as temporary, open(local_path, "rb") as source:
                while block := source.read(1 << 20):
                    temporary.stream.write(block)
                self.adopt(temporary, name)

    def remove(self, name: str) -> None:
        """Remove a file; nothing happens if it is not there."""
        with self._store_errors("remove", name), contextlib.suppress(FileNotFoundError):
            if self._disk is not None:
                self._disk.remove(name)
                return
            with_retries(lambda: self._fs.rm_file(self._path(name)))

    def remove_empty(self, folder: str) -> None:
        """Remove an empty folder; object stores have none."""
        if self._disk is not None:
            self._disk.remove_empty(folder)

    def temporary(self) -> Temporary | Unnamed:
        """Open a file to write aside: beside the data of a folder, in the system's temporary folder for a URL."""
        with self._store_errors("write", ""):
            return Temporary(self._disk.root / _HIDDEN) if self._disk is not None else Unnamed()

    @contextlib.contextmanager
    def writing(self, name: str) -> Iterator[BinaryIO]:
        """Open a stream whose content becomes `name` when the with-block succeeds, and is discarded when it fails."""
        with self._store_errors("write", name), self.temporary() as temporary:
            yield temporary.stream
            self.adopt(temporary, name)

    def adopt(self, temporary: Temporary | Unnamed, name: str) -> None:
        """Give a file made by `temporary()` its name in the store: one rename, or one upload."""
        with self._store_errors("write", name):
            if self._disk is not None and isinstance(temporary, Temporary):
                with self._disk.parent(name, make=True) as (folder, base):
                    temporary.promote(folder, base)
                return
            temporary.sync()
            with_retries(lambda: self._fs.put_file(str(temporary.path), self._path(name)))

    def sweep(self) -> int:
        """Remove the temporaries of dead processes and return how many there were."""
        with self._store_errors("sweep", ""):
            return sweep(self._disk.root / _HIDDEN) if self._disk is not None else 0

    def _path(self, name: str) -> str:
        return f"{self._root}/{checked_name(name)}"

    def _listed(self, folder: str) -> list[tuple[str, bool]]:
        if self._disk is not None:
            try:
                return with_retries(partial(self._disk.entries, folder))
            except FileNotFoundError:
                return []
        path = self._path(folder) if folder else self._root
        try:
            listing = with_retries(lambda: self._fs.ls(path, detail=True))
        except FileNotFoundError:
            return []
        entries = ((str(entry["name"]).rstrip("/"), entry["type"] == "directory") for entry in listing)
        # A bucket may hold an empty object that represents the folder itself.
        return sorted((name.rpartition("/")[2], is_folder) for name, is_folder in entries if name != path.rstrip("/"))

    def _walk(self, folder: str, prefix: str) -> Iterator[str]:
        for base, is_folder in self._listed(folder):
            name = f"{folder}/{base}" if folder else base
            if is_folder:
                if not base.startswith(".") and (name + "/").startswith(prefix[: len(name) + 1]):
                    yield from self._walk(name, prefix)
            elif name.startswith(prefix):
                yield name

    @contextlib.contextmanager
    def _store_errors(self, verb: str, name: str) -> Iterator[None]:
        try:
            yield
        except FileNotFoundError as error:
            what = "there is no such bucket" if verb == "write" and self._disk is None else "it is not there"
            raise StoreError(f"cannot {verb} {self.where(name)}: {what}") from error
        except OSError as error:
            raise StoreError(f"cannot {verb} {self.where(name)}: {error.strerror or error}") from error
