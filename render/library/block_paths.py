"""The paths that stand in a .blend, as Blender resolves them."""

import re
from pathlib import Path
from typing import Any

import bpy

__all__ = ["absolute_path"]

DRIVE = re.compile(r"^[A-Za-z]:(?=/)")


def absolute_path(path: str, block: Any) -> Path:
    r"""The file that Blender opens for a path of a data block.

    It takes `\` for `/` and ignores drive letters; `//` is the folder of the .blend that the block comes from.
    """
    plain = DRIVE.sub("", path.replace("\\", "/"))
    if not plain.startswith("//"):
        return Path(plain)
    library = block.parent if isinstance(block, bpy.types.Library) else block.library
    start = bpy.path.abspath(library.filepath) if library else bpy.data.filepath
    return Path(start).parent / plain[2:].lstrip("/")
