"""Opens a .blend of unknown origin: nothing of it is evaluated before it is sanitized and its size is checked."""

from typing import Any

import bpy
from bpy.app.handlers import persistent

from render.library.allowed_folders import AllowedFolders
from render.library.expansion import check_expansion
from render.library.requests import Unusable
from render.library.sanitizing import RemovedContent, sanitize

__all__ = ["open_blend"]


def open_blend(path: str, allowed: AllowedFolders) -> RemovedContent:
    """Open the file; returns what was removed from it. Raises Unusable."""
    removed: list[RemovedContent] = []
    problems: list[Exception] = []

    @persistent  # type: ignore[untyped-decorator]  # reading a file removes all other handlers
    def on_load(*_: Any) -> None:
        """Blender calls this when the file is read, and evaluates it afterwards."""
        try:
            removed.append(sanitize(allowed))
            check_expansion()
        except Exception as error:  # Blender would print it and go on
            problems.append(error)
            bpy.data.batch_remove(list(bpy.data.objects))

    bpy.app.handlers.load_post.append(on_load)
    try:
        _open(path)
    finally:
        bpy.app.handlers.load_post.remove(on_load)
    for problem in problems:
        raise problem
    if not removed:
        raise Unusable("Blender cannot read it")
    return removed[0]


def _open(path: str) -> None:
    preferences = bpy.context.preferences.filepaths
    preferences.use_scripts_auto_execute = False
    try:
        bpy.ops.wm.open_mainfile(filepath=path, load_ui=False, use_scripts=False)
    except RuntimeError as error:
        reason = str(error).splitlines()[0].removeprefix("Error: ").strip()
        raise Unusable(f"Blender cannot read it ({reason[:200]})") from error
