"""A folder of the user's on this machine: as it is, or a copy of what an fsspec URL names."""

import hashlib
import json
import os
import unicodedata
from collections.abc import Iterator
from pathlib import Path

import fsspec

from render.library.allowed_folders import AllowedFolders
from render.library.cache import prepared_folder
from verichrome.errors import UsageError

__all__ = ["entries_in", "files_in", "is_there", "local_folder"]

KEYS = ".keys.json"  # beside a copy: the versions of the copied files


def local_folder(url: str, field: str, wanted: str = "a folder") -> Path:
    """The folder that the configuration's `field` names; raises UsageError with one sentence."""
    try:
        system, root = fsspec.core.url_to_fs(url)
        if not system.isdir(root):
            raise UsageError(f"{field} must name {wanted}, and {url} is none.")
        if isinstance(system, fsspec.get_filesystem_class("file")):
            return Path(root)
        return _copied(system, root, url)
    except (ImportError, ValueError, OSError) as error:
        raise UsageError(f"{field}: cannot read {url} ({error}).") from error


def entries_in(folder: Path, suffixes: tuple[str, ...]) -> Iterator[tuple[str, str]]:
    """Names below the folder that end so, sorted, each with why it must not be opened, a clause; "" where it may be.

    Hidden files and folders are left out.
    """
    inside = AllowedFolders([folder])
    for path in sorted(folder.rglob("*")):
        name = path.relative_to(folder)
        if path.suffix.lower() not in suffixes or path.is_dir() or any(part.startswith(".") for part in name.parts):
            continue
        text = name.as_posix()
        if any(unicodedata.category(letter) in ("Cc", "Cs") for letter in text):
            yield text.encode("unicode_escape").decode("ascii"), "its name is not plain UTF-8"
        elif problem := inside.problem(path):
            yield text, f"it {problem}"
        else:
            yield text, "" if os.access(path, os.R_OK) else "it cannot be read: permission denied"


def files_in(folder: Path, suffixes: tuple[str, ...]) -> Iterator[str]:
    """The names of `entries_in` that may be opened."""
    return (name for name, problem in entries_in(folder, suffixes) if not problem)


def is_there(path: Path, folder: Path) -> bool:
    """Whether there is such a file of the user's; raises UsageError where it must not be opened."""
    problem = AllowedFolders([folder]).problem(path)
    if problem and problem != "is missing":
        raise UsageError(f"{path} {problem}.")
    return not problem


def _copied(system: fsspec.AbstractFileSystem, root: str, url: str) -> Path:
    """The URL's files in the cache; only files that changed there are downloaded again."""
    folder = prepared_folder() / "sources" / hashlib.sha256(url.encode()).hexdigest()[:24]
    folder.mkdir(parents=True, exist_ok=True)
    record = folder / KEYS
    known = _known(record)
    versions = {}
    for path in sorted(system.find(root)):
        name = path.removeprefix(root).lstrip("/")
        if any(part.startswith(".") for part in name.split("/")) or "\0" in name:
            continue  # hidden, as everywhere, or leading elsewhere
        versions[name] = str(system.ukey(path))
        if known.get(name) != versions[name] or not (folder / name).is_file():
            (folder / name).parent.mkdir(parents=True, exist_ok=True)
            system.get_file(path, str(folder / name))
    for name in known.keys() - versions.keys():
        (folder / name).unlink(missing_ok=True)
    record.write_text(json.dumps(versions), encoding="utf-8")
    return folder


def _known(record: Path) -> dict[str, str]:
    try:
        document = json.loads(record.read_text(encoding="utf-8"))
    except (OSError, ValueError, RecursionError):
        return {}
    return document if isinstance(document, dict) else {}
