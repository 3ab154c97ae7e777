"""Where prepared files lie on this machine, by digest: made here, or fetched from the job's output."""

import os
import tempfile
from pathlib import Path

__all__ = ["MESH_NAME", "PLACE_NAME", "prepared", "prepared_folder"]

MESH_NAME = "asset"  # of the mesh in a prepared file
PLACE_NAME = "verichrome place"  # of the collection, and of the world, in a prepared place


def prepared_folder() -> Path:
    """$VERICHROME_CACHE, else verichrome/ in the user's cache folder, else in the temporary folder."""
    chosen = os.environ.get("VERICHROME_CACHE")
    if chosen:
        return Path(chosen)
    home = Path(os.environ.get("XDG_CACHE_HOME") or Path("~/.cache").expanduser())
    nearest = next(path for path in (home, *home.parents) if path.exists())
    if os.access(nearest, os.W_OK):
        return home / "verichrome"
    return Path(tempfile.gettempdir()) / f"verichrome-cache-{os.getuid()}"


def prepared(digest: str) -> Path:
    """The prepared file of this digest, whether it is there or not."""
    return prepared_folder() / "prepared" / digest[:2] / digest
