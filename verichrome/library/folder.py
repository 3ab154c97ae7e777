"""A folder of the user's, on this machine: as it is, or a copy of what an fsspec URL names."""

import hashlib
import json
from collections.abc import Iterator
from pathlib import Path

import fsspec

from render.library.cache import prepared_folder
from verichrome.errors import UsageError

__all__ = ["files_in", "local_folder"]


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


def files_in(folder: Path, suffixes: tuple[str, ...]) -> Iterator[str]:
    """Names below the folder that end so, sorted; hidden files and folders are left out."""
    for path in sorted(folder.rglob("*")):
        name = path.relative_to(folder)
        if path.suffix.lower() in suffixes and path.is_file() and not any(part.startswith(".") for part in name.parts):
            yield name.as_posix()


def _copied(system: fsspec.AbstractFileSystem, root: str, url: str) -> Path:
    """The URL's files in the cache; only those come again that changed there."""
    folder = prepared_folder() / "sources" / hashlib.sha256(url.encode()).hexdigest()[:24]
    folder.mkdir(parents=True, exist_ok=True)
    record = folder / ".keys.json"
    known = json.loads(record.read_text(encoding="utf-8")) if record.is_file() else {}
    found = {}
    for path in sorted(system.find(root)):
        name = path.removeprefix(root).lstrip("/")
        found[name] = str(system.ukey(path))
        if known.get(name) != found[name] or not (folder / name).is_file():
            (folder / name).parent.mkdir(parents=True, exist_ok=True)
            system.get_file(path, str(folder / name))
    for name in known.keys() - found.keys():
        (folder / name).unlink(missing_ok=True)
    record.write_text(json.dumps(found), encoding="utf-8")
    return folder
