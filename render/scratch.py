"""Files that live for a moment between Blender and numpy, on a RAM disk where there is one."""

import os
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

__all__ = ["scratch_file"]

RAM_DISK = Path("/dev/shm")
ROOM = 256 * 2**20  # bytes: a full RAM disk kills the run, so a nearly full one is not used


@contextmanager
def scratch_file(suffix: str) -> Iterator[Path]:
    """A path for one file, removed on the way out whatever happens."""
    with tempfile.TemporaryDirectory(prefix="verichrome-", dir=_folder()) as folder:
        yield Path(folder) / f"scratch{suffix}"


def _folder() -> Path | None:
    if not (RAM_DISK.is_dir() and os.access(RAM_DISK, os.W_OK)):
        return None
    state = os.statvfs(RAM_DISK)
    return RAM_DISK if state.f_bavail * state.f_frsize > ROOM else None
