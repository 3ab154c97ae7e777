"""Small files of the user's own folders, read whole if they are regular files and not too large."""

import os
import stat
from pathlib import Path

from encode import FormatError

__all__ = ["read_file"]


def read_file(path: Path, most: int) -> bytes:
    """Content of the file; raises FormatError for a pipe, a device or more than `most` bytes, OSError as open does."""
    # Opening a pipe would wait for a writer.
    handle = os.open(path, os.O_RDONLY | os.O_NONBLOCK | os.O_CLOEXEC)
    with open(handle, "rb") as stream:
        if not stat.S_ISREG(os.fstat(handle).st_mode):
            raise FormatError(str(path), "a regular file", "a folder, a pipe or a device")
        content = stream.read(most + 1)
    if len(content) > most:
        raise FormatError(str(path), f"a file of at most {most:,} bytes", "a larger one")
    return content
