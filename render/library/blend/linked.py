"""Which other files an open .blend is linked to."""

import hashlib
from pathlib import Path

import bpy

__all__ = ["linked_files", "missing_files"]


def linked_files() -> tuple[tuple[str, str], ...]:
    """The files that the open one is linked to, sorted, each with its SHA-256, "" where it is missing."""
    libraries = [library for library in bpy.data.libraries if library.users_id and not library.is_archive]
    paths = sorted({Path(bpy.path.abspath(library.filepath)) for library in libraries})
    return tuple((str(path), _digest(path)) for path in paths)


def missing_files(linked: tuple[tuple[str, str], ...]) -> list[str]:
    """A clause for each of the linked files that is missing."""
    return [f"{Path(path).name}, which it is linked to, is missing, and with it all that comes from there"
            for path, digest in linked if not digest]  # fmt: skip


def _digest(path: Path) -> str:
    if not path.is_file():
        return ""
    with path.open("rb") as stream:
        return hashlib.file_digest(stream, "sha256").hexdigest()
