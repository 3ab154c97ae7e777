"""A single file that a command writes: whether it can be written, checked before the work, and the writing."""

import contextlib
import os
import stat
import tempfile
from collections.abc import Mapping
from pathlib import Path

from verichrome.errors import UsageError

__all__ = ["check_folder", "check_png", "refusal_reason", "write_files", "write_whole"]


def check_png(path: Path) -> None:
    """Raise UsageError where `path` (the value of --out) cannot become a PNG file."""
    if path.suffix != ".png" or path.is_dir():
        raise UsageError(f"--out must name a .png file for the picture, got {path}.")
    with contextlib.suppress(OSError):
        if not stat.S_ISREG(path.lstat().st_mode):
            raise UsageError(f"--out must name a regular file or none that exists yet, and {path} is neither.")
    folder = path.absolute().parent
    if not folder.is_dir():
        raise UsageError(f"{path} cannot be written: {folder} is not a folder.")
    try:
        # Only writing a file shows that the folder accepts one, and one with so long a name.
        descriptor = os.open(_aside(path), os.O_WRONLY | os.O_CREAT | os.O_EXCL | os.O_NOFOLLOW, 0o600)
    except OSError as error:
        raise UsageError(f"{path} cannot be written: {folder} takes no such file ({error.strerror}).") from error
    os.close(descriptor)
    _aside(path).unlink()


def check_folder(path: Path) -> None:
    """Raise UsageError where `path` (the value of --out) cannot be a folder to write files into; it is made."""
    try:
        path.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise UsageError(f"--out must name a folder, and {path} cannot be one ({error.strerror}).") from error
    if refusal := refusal_reason(path):
        raise UsageError(f"--out {path} takes no files ({refusal}).")


def write_files(folder: Path, files: Mapping[str, bytes]) -> None:
    """Write files by name into a folder, which is made, each in one step. Raises OSError."""
    folder.mkdir(parents=True, exist_ok=True)
    for name, content in files.items():
        write_whole(folder / name, content)


def write_whole(path: Path, content: bytes) -> None:
    """Write the file in one step, replacing an older one. Raises OSError."""
    aside = _aside(path)
    try:
        with open(os.open(aside, os.O_WRONLY | os.O_CREAT | os.O_EXCL | os.O_NOFOLLOW, 0o666), "wb") as stream:
            stream.write(content)
        aside.replace(path)
    finally:
        aside.unlink(missing_ok=True)


def refusal_reason(folder: Path) -> str:
    """Why no file can be written to a folder; empty if one can."""
    try:
        # Checking permissions is not enough: a full or read-only disk and /proc refuse anyway.
        with tempfile.TemporaryFile(dir=folder):
            return ""
    except OSError as error:
        return error.strerror or str(error)


def _aside(path: Path) -> Path:
    return path.with_name(f".{os.getpid()}{path.name}")
