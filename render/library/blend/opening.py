"""Opens a .blend: which of its scenes is meant, and which other files it is linked to."""

import hashlib
from pathlib import Path
from typing import Any

import bpy

from render.library.order import Unusable

__all__ = ["linked_files", "missing_files", "open_blend"]


def open_blend(path: str, wanted: str = "") -> Any:
    """The scene that is wanted, current; the file's own active one where none is named. Raises Unusable."""
    try:
        bpy.ops.wm.open_mainfile(filepath=path, load_ui=False, use_scripts=False)
    except RuntimeError as error:
        raise Unusable(
            f"Blender cannot read it ({str(error).splitlines()[0].removeprefix('Error: ').strip()})"
        ) from error
    if wanted and wanted not in bpy.data.scenes:
        raise Unusable(f"it has no scene {wanted!r}, only {', '.join(scene.name for scene in bpy.data.scenes)}")
    scene = bpy.data.scenes[wanted] if wanted else bpy.context.scene
    bpy.context.window.scene = scene
    return scene


def linked_files() -> tuple[tuple[str, str], ...]:
    """Files that the open one is linked to, each with the SHA-256 of its content, "" where it is not there."""
    libraries = [library for library in bpy.data.libraries if library.users_id and not library.is_archive]
    paths = sorted({Path(bpy.path.abspath(library.filepath)) for library in libraries})
    return tuple((str(path), _digest(path)) for path in paths)


def missing_files(linked: tuple[tuple[str, str], ...]) -> list[str]:
    """A clause for each of the linked files that is not there."""
    return [f"{Path(path).name}, which it is linked to, is missing, and with it all that comes from there"
            for path, digest in linked if not digest]  # fmt: skip


def _digest(path: Path) -> str:
    if not path.is_file():
        return ""
    with path.open("rb") as stream:
        return hashlib.file_digest(stream, "sha256").hexdigest()
