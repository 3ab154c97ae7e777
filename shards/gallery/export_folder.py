"""The folder that a gallery is exported to: only what an export wrote is removed from it, and no link is followed."""

import os
from contextlib import suppress
from io import FileIO
from pathlib import Path, PurePosixPath
from typing import Self

from shards.errors import StoreError, WriteRefused
from shards.folder import Folder
from shards.gallery.response import Response
from shards.layout import checked_name

__all__ = ["MARK", "ExportFolder"]

#: Names a folder as a gallery, and every file in it that an export has written, a line each.
MARK = ".verichrome-gallery"
_HEADING = b"Files of a gallery that `verichrome view --out` wrote; the next export into this folder removes them.\n"


class ExportFolder:
    """The folder that is written to. Its mark file names every file that was written: only those are removed.

    Raises WriteRefused for a folder that holds something else, and for a mark that is not one.
    """

    def __init__(self, folder: Path) -> None:
        if folder.exists() and not folder.is_dir():
            raise WriteRefused(f"{folder} is a file")
        self._disk = Folder(folder)
        there = [name for name, _ in self._disk.entries()] if folder.exists() else []
        if there and MARK not in there:
            raise WriteRefused(f"{folder} is not empty and holds no gallery")
        self._old = self._read_mark(folder) if there else []

    def __enter__(self) -> Self:
        """Remove an older gallery, whose frames may be others."""
        for name in (*self._old, MARK):
            with suppress(FileNotFoundError, NotADirectoryError):
                self._disk.remove(name)
        folders = {str(parent) for name in self._old for parent in PurePosixPath(name).parents} - {"."}
        for name in sorted(folders, key=len, reverse=True):
            self._disk.remove_empty(name)
        self._written: set[str] = set()
        self._mark = self._create(MARK)
        self._mark.write(_HEADING)
        return self

    def __exit__(self, *_: object) -> None:
        self._mark.close()

    def write(self, name: str, answer: Response) -> None:
        """Write a new file, after adding its name to the mark file; nothing happens if it was written already."""
        if name in self._written:
            return
        self._written.add(name)
        self._mark.write(f"{name}\n".encode())
        with self._create(name) as stream:
            stream.write(answer.content)

    def _create(self, name: str) -> FileIO:
        with self._disk.parent(name, make=True) as (folder, base):
            flags = os.O_WRONLY | os.O_CREAT | os.O_EXCL | os.O_NOFOLLOW | os.O_CLOEXEC
            return FileIO(os.open(base, flags, 0o666, dir_fd=folder), "wb")

    def _read_mark(self, folder: Path) -> list[str]:
        try:
            with self._disk.open(MARK) as stream:
                heading, *lines = stream.read().decode().splitlines(keepends=True)
            if heading.encode() != _HEADING:
                raise ValueError(heading)
            # The last line may have been cut short together with the export.
            return [checked_name(line.rstrip("\n")) for line in lines if line.endswith("\n")]
        except (OSError, ValueError, StoreError) as error:
            raise WriteRefused(f"{folder / MARK} is not the list of a gallery's files") from error
